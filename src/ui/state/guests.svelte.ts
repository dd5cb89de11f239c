import { looksLikeBundle, readBundle } from '../../share/bundle'
import type { LinkProblem } from '../../share/link-problem'
import { looksLikeLink, readLink } from '../../share/link-text'
import { readReproduction } from '../../share/reproduction'
import { makeGuest, type GuestSession } from './guest-session'
import type { SessionKeeper } from './session-keeper.svelte'
import { sayFileProblem, sayNoReproduction } from './wording'
import type { Workbench } from './workbench.svelte'

/** What others made and passed on: opened apart, and kept only when one says so. */
export class Guests {
  readonly #bench: Workbench
  readonly #keeper: SessionKeeper
  /** Where the page stands, and how it is asked for files beside it. */
  readonly #place: Place
  /** Why what the address held could not be opened; it is said until one has seen it. */
  refused = $state.raw<string | undefined>()

  constructor(bench: Workbench, keeper: SessionKeeper, place: Place = thisPage) {
    this.#bench = bench
    this.#keeper = keeper
    this.#place = place
  }

  /** What the address of the page holds; undefined when that is nothing to be opened. */
  async read(): Promise<(GuestSession & { readonly address: string }) | undefined> {
    const address = this.#place.fragment()
    if (address !== '') this.refused = undefined
    const guest = await this.#readAddress(address)
    return guest && { ...guest, address }
  }

  async #readAddress(fragment: string): Promise<GuestSession | undefined> {
    const path = /^repro=(.+)$/.exec(fragment)?.[1]
    if (path !== undefined) return this.#readHosted(fragment, decode(path))
    if (!looksLikeLink(fragment)) return undefined
    const link = await readLink(fragment)
    const read = link.ok ? readReproduction(link.text) : link
    if (read.ok) return makeGuest(read.reproduction)
    this.#refuse(fragment, read.problem.sentence)
    return undefined
  }

  /** The address is that of what is open again: else loading the page would lose that. */
  #refuse(fragment: string, sentence: string): void {
    if (this.#isLate(fragment)) return
    this.refused = sentence
    this.#place.write(this.#keeper.guest?.address ?? '')
  }

  /** A file beside the page takes a while: meanwhile another link may have been opened. */
  #isLate(fragment: string): boolean {
    const now = this.#place.fragment()
    return now !== '' && now !== fragment
  }

  /** Opens what the address holds now. */
  async openAddress(): Promise<void> {
    const guest = await this.read()
    if (guest && !this.#isLate(guest.address)) await this.#keeper.openGuest(guest)
  }

  /** Whatever the address holds is open no more: loading the page again would open it. */
  leaveAddress(): void {
    if (this.#place.fragment() !== '') this.#place.write('')
  }

  async openBundle(file: File): Promise<void> {
    const guest = await this.#readBundle(file, (problem) =>
      this.#bench.notices.fail(sayFileProblem(file.name, undefined, problem.sentence)),
    )
    if (!guest) return
    this.refused = undefined
    await this.#keeper.openGuest(guest)
  }

  /** Makes it a session of one's own. */
  async keep(): Promise<void> {
    this.#place.write('')
    await this.#keeper.keepGuest()
  }

  /** Goes back to what was open before. */
  async close(): Promise<void> {
    this.#place.write('')
    await this.#keeper.closeGuest()
  }

  /** A bundle that lies beside the page. */
  async #readHosted(fragment: string, path: string): Promise<GuestSession | undefined> {
    const isPath = PATH.test(path) && !path.includes('..')
    const blob = isPath ? await this.#place.fetch(`r/${path}.maxspan`) : undefined
    // A host may answer with a page of its own where there is nothing.
    const head = blob && new Uint8Array(await blob.slice(0, 64).arrayBuffer())
    if (blob && head && looksLikeBundle(head))
      return this.#readBundle(blob, ({ sentence }) => this.#refuse(fragment, sentence))
    this.#refuse(fragment, sayNoReproduction(path))
    return undefined
  }

  async #readBundle(
    blob: Blob,
    refuse: (problem: LinkProblem) => void,
  ): Promise<GuestSession | undefined> {
    const read = await readBundle(blob)
    if (!read.ok) {
      refuse(read.problem)
      return undefined
    }
    return makeGuest(read.bundle.reproduction, read.bundle.originals)
  }
}

/** The page's address, as far as it holds something to be opened. */
export interface Place {
  /** Behind the `#`. */
  fragment(): string
  /** Puts another there, or none; the page stays. */
  write(fragment: string): void
  /** A file beside the page; undefined where there is none. */
  fetch(path: string): Promise<Blob | undefined>
}

const thisPage: Place = {
  fragment: () => location.hash.slice(1),
  write: (fragment) => {
    const { pathname, search } = location
    history.replaceState(null, '', pathname + search + (fragment && `#${fragment}`))
  },
  fetch: async (path) => {
    try {
      const answer = await fetch(new URL(path, document.baseURI))
      return answer.ok ? await answer.blob() : undefined
    } catch {
      return undefined
    }
  },
}

/** Names, one in the other. */
const PATH = /^[\w.-]+(?:\/[\w.-]+)*$/

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
