import type { Session, SessionData } from '../../session/session'
import type { KnownSessions } from './known-sessions.svelte'
import type { NamedWork, OpenSession } from './open-session.svelte'
import type { SessionOpener } from './session-opener'
import type { SourceStoring } from './source-storing.svelte'
import type { TabGuest } from './tab-guest'
import { SAY, sayLeftUnsaved, saySourcesLost } from './wording'
import type { Workbench } from './workbench.svelte'

export type Blobs = ReadonlyMap<string, Blob>

/** What is stored, and by whom; known when the storage is open. */
export interface StageStorage {
  readonly storing: SourceStoring
  readonly tabGuest: TabGuest
  /** Writes what is not written yet. */
  readonly flush: () => Promise<unknown>
}

/** Puts one session after the other into the workbench, of which none is lost unsaid. */
export class SessionStage {
  readonly #bench: Workbench
  readonly #opener: SessionOpener
  readonly #session: OpenSession
  readonly #known: KnownSessions
  #storage: StageStorage | undefined
  #hasTheme = false

  constructor(
    bench: Workbench,
    opener: SessionOpener,
    session: OpenSession,
    known: KnownSessions,
  ) {
    this.#bench = bench
    this.#opener = opener
    this.#session = session
    this.#known = known
  }

  useStorage(storage: StageStorage): void {
    this.#storage = storage
  }

  /** The theme is the person's, not the session's: taken from storage once. */
  takeTheme(theme: SessionData['view']['theme'] | undefined): void {
    if (!this.#hasTheme) this.#bench.theme = theme ?? this.#bench.theme
    this.#hasTheme = true
  }

  /** The same of a session that is read for it, unless there is a theme. */
  async takeThemeOf(read: () => Promise<Session | undefined>): Promise<void> {
    if (!this.#hasTheme) this.takeTheme((await read())?.data.view.theme)
  }

  /** Brings it in; `blobs` are those of its sources that may not be stored. */
  async show(work: NamedWork, isOurs: boolean, blobs?: Blobs): Promise<void> {
    const { id, data, guest } = work
    this.#session.begin(work, isOurs ? 'own' : 'elsewhere')
    await this.#opener.showRules(data.rules, data.view.selectedRule)
    this.takeTheme(data.view.theme)
    await this.refresh()
    await this.#opener.show(
      data,
      async (source) => blobs?.get(source) ?? (await this.#getStored(source)),
    )
    const { lost, eventsOut } = this.#bench
    if (lost.length > 0 && !eventsOut) this.#bench.notices.warn(saySourcesLost(lost))
    // A page that was left too soon may have left it there.
    if (id !== undefined && eventsOut) void this.#storage?.storing.drop()
    if (guest && guest.address === undefined) this.#storage?.tabGuest.keep(guest)
    this.#session.opened()
  }

  /** Writes what is not written yet, as it is to be found again. */
  async flush(): Promise<void> {
    // What is kept under an id that is not of its content would not be.
    await Promise.all(this.#bench.sources.map(({ identified }) => identified))
    await this.#storage?.flush()
  }

  /** Takes out what is open; `keep` makes a session of work that no session keeps. */
  async leave(keep: (work: NamedWork, blobs: Blobs) => void): Promise<void> {
    await this.flush()
    if (this.#session.isEditedApart) this.#offerUnsaved(keep)
    this.#session.leave()
    await this.#opener.clear()
    await this.letGuestGo()
    // Other tabs may drop what no session needs now.
    this.#storage?.storing.forget()
  }

  /** A guest that was left, or is a session now, is kept for the tab no more. */
  async letGuestGo(): Promise<void> {
    if (!this.#session.guest) return
    this.#session.guest = undefined
    await this.#storage?.tabGuest.drop()
  }

  #offerUnsaved(keep: (work: NamedWork, blobs: Blobs) => void): void {
    const { name } = this.#session
    const work = { id: undefined, name, data: this.#session.read() }
    const blobs = new Map(
      this.#bench.sources.map(({ id, contentId, blob }) => [contentId ?? id, blob]),
    )
    const keepIt = { label: SAY.keepIt, run: () => keep(work, blobs) }
    this.#bench.notices.info(sayLeftUnsaved(name), [keepIt])
  }

  /** Another tab changed the list, or stored what was missed here. */
  async refresh(): Promise<void> {
    await this.#known.refresh()
    this.#session.name = this.#known.nameOf(this.#session.id) ?? this.#session.name
  }

  /** Opens what another tab has stored meanwhile. */
  async findLost(): Promise<void> {
    const { lost, eventsOut } = this.#bench
    if (!this.#session.isOpen || eventsOut || lost.length === 0) return
    await this.#opener.findLost((source) => this.#getStored(source))
  }

  async #getStored(source: string): Promise<Blob | undefined> {
    return this.#storage?.storing.getBlob(source)
  }
}
