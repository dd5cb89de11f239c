import type { Sessions } from '../../session/sessions'
import type { OpenSource } from './open-source.svelte'
import type { Workbench } from './workbench.svelte'

/** Puts the contents of sources into the browser's storage, each once. */
export class SourceStoring {
  readonly #bench: Workbench
  readonly #sessions: Sessions
  /** Stored, or being stored, or tried in vain. */
  readonly #tried = new Set<string>()
  readonly #writing = new Set<Promise<boolean>>()
  /** Called when there is more than before: another tab may miss it. */
  readonly #onStored: () => void
  /** Content ids of the open sources for which there was no room. */
  failed = $state.raw<ReadonlySet<string>>(new Set())

  constructor(bench: Workbench, sessions: Sessions, onStored: () => void) {
    this.#bench = bench
    this.#sessions = sessions
    this.#onStored = onStored
  }

  /** What is stored of a source; undefined when nothing is. */
  async getBlob(id: string): Promise<Blob | undefined> {
    const blob = await this.#sessions.getBlob(id)
    if (blob) this.#tried.add(id)
    return blob
  }

  /** What was dropped meanwhile is to be stored again if its file is opened again. */
  forget(): void {
    this.#tried.clear()
  }

  /** Sources that were not seen before. */
  unseen(): readonly OpenSource[] {
    if (this.#bench.eventsOut) return []
    return this.#bench.sources.filter(
      ({ contentId: id }) => id !== undefined && !this.#tried.has(id),
    )
  }

  /** Stores all that is open and not stored yet; resolves when that is done. */
  async storeAll(): Promise<void> {
    await Promise.all(this.unseen().map((source) => this.#store(source)))
  }

  /** Tries again what there was no room for, of sessions that were left, too. */
  async tryAgain(): Promise<void> {
    await this.#sessions.tryAgain()
    for (const id of this.failed) this.#tried.delete(id)
    const again = this.unseen().filter((source) => this.hasFailed(source))
    await Promise.all(again.map((source) => this.#store(source)))
  }

  /** Whether there was no room for the content of a source. */
  hasFailed({ contentId: id }: OpenSource): boolean {
    return id !== undefined && this.failed.has(id)
  }

  /** Drops what is stored of the open sources, where no other session has it. */
  async drop(): Promise<void> {
    const ids = this.#bench.sources.flatMap(({ contentId }) => contentId ?? [])
    // What is written after it was dropped would stay.
    await Promise.all(this.#writing)
    for (const id of ids) this.#tried.delete(id)
    this.failed = new Set()
    await this.#sessions.dropBlobs(ids)
  }

  async #store({ contentId: id, blob }: OpenSource): Promise<void> {
    if (id === undefined) return
    this.#tried.add(id)
    const writing = this.#sessions.putBlob(id, blob)
    this.#writing.add(writing)
    const isStored = await writing
    this.#writing.delete(writing)
    if (isStored) this.#onStored()
    if (isStored === !this.failed.has(id)) return
    const failed = new Set(this.failed)
    if (isStored) failed.delete(id)
    else failed.add(id)
    this.failed = failed
  }
}
