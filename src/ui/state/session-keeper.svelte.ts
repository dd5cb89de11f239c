import { startAutosave, type Autosave } from '../../session/autosave'
import { EMPTY_SESSION, type SessionData } from '../../session/session'
import { SessionLocks } from '../../session/session-locks'
import { nameOfUnsaved, openSessions, type Sessions } from '../../session/sessions'
import { tabMemory } from '../../session/tab-memory'
import { exampleRules, readExample } from './example'
import type { GuestSession } from './guest-session'
import { KnownSessions } from './known-sessions.svelte'
import { OpenSession, type OpenWork } from './open-session.svelte'
import type { RunLoop } from './run-loop.svelte'
import { SessionOpener } from './session-opener'
import type { SourceLoader } from './source-loader.svelte'
import { SessionStage, type Blobs } from './session-stage'
import { SourceStoring } from './source-storing.svelte'
import { tellProblems } from './storage-notices'
import { TabGuest } from './tab-guest'
import {
  SAY,
  sayKeptOfOther,
  saySessionDeleted,
  saySessionHeld,
  sayUnsavedKept,
} from './wording'
import type { Workbench } from './workbench.svelte'

const EXAMPLE_NAME = 'Scheduled tasks (example)'

/** Opens a session into the workbench, keeps what is done there, and lists the others. */
export class SessionKeeper {
  readonly #bench: Workbench
  readonly #opener: SessionOpener
  readonly known = new KnownSessions()
  readonly session: OpenSession
  #sessions: Sessions | undefined
  #autosave: Autosave | undefined
  #locks: SessionLocks | undefined
  #tabGuest: TabGuest | undefined
  readonly #stage: SessionStage
  /** The last change of the open session; the next one begins when it is through. */
  #turn: Promise<void> = Promise.resolve()
  storing = $state.raw<SourceStoring | undefined>()

  constructor(bench: Workbench, loop: RunLoop, loader: SourceLoader) {
    this.#bench = bench
    this.#opener = new SessionOpener(bench, loop, loader)
    this.session = new OpenSession(bench)
    this.#stage = new SessionStage(bench, this.#opener, this.session, this.known)
  }

  get list(): KnownSessions['list'] {
    return this.known.list
  }
  get id(): string | undefined {
    return this.session.id
  }
  get name(): string {
    return this.session.name
  }
  /** What others passed on and is open, apart from all sessions: nothing of it is stored. */
  get guest(): GuestSession | undefined {
    return this.session.guest
  }
  /** False while another session is being brought into the workbench: nothing is saved then. */
  get isOpen(): boolean {
    return this.session.isOpen
  }

  /** Opens a guest where there is one, else what was open last, else the example. */
  start(readGuest?: () => Promise<GuestSession | undefined>): Promise<void> {
    return this.#inTurn(() => this.#start(readGuest))
  }

  async #start(readGuest?: () => Promise<GuestSession | undefined>): Promise<void> {
    const sessions = await openSessions({
      onProblem: tellProblems(this.#bench, () => this.name),
      onOvertaken: () => void this.known.changed(),
    })
    const locks = new SessionLocks({
      onAsked: () => this.#handOver(),
      onTaken: () => (this.session.mode = 'taken'),
      onFree: () => void this.#inTurn(() => this.#adopt()),
      onListChanged: () => void this.#inTurn(() => this.#hearOfOthers()),
    })
    this.#sessions = sessions
    this.#locks = locks
    const storing = new SourceStoring(this.#bench, sessions, () =>
      locks.tellListChanged(),
    )
    this.storing = storing
    this.#tabGuest = new TabGuest(sessions)
    this.session.useStorage(sessions)
    this.known.useStorage(sessions, () => locks.tellListChanged())
    this.#autosave = startAutosave<OpenWork>({
      read: () => (this.isOpen ? { id: this.id, data: this.session.read() } : undefined),
      save: (work) => this.session.save(work),
    })
    const flush = async () => this.#autosave?.flush()
    this.#stage.useStorage({ storing, tabGuest: this.#tabGuest, flush })
    addEventListener('beforeunload', (event) => {
      void this.#autosave?.flush()
      if (this.session.hasUnsaved) event.preventDefault()
    })
    const guest = await readGuest?.()
    await this.#openFirst(guest)
    void sessions.sweep()
  }

  /** Tells the autosave of a change; called inside an effect, which then watches all of it. */
  watch(): void {
    this.session.read()
    if (!this.isOpen) return
    this.#autosave?.changed()
    if (!this.session.isKept || !this.storing?.unseen().length) return
    // First what is small and was made by hand; contents can be opened again.
    const saved = this.#autosave?.flush()
    void saved?.then(() => this.storing?.storeAll())
  }

  /** What each session holds and takes, by its id. */
  async measure(): ReturnType<KnownSessions['measure']> {
    await this.#autosave?.flush()
    return this.known.measure()
  }

  addEmpty(): Promise<void> {
    return this.#inTurn(() => this.#addEmpty())
  }

  addExample(): Promise<void> {
    return this.#inTurn(() => this.#addExample())
  }

  open(id: string): Promise<void> {
    return this.#inTurn(() => this.#openById(id))
  }

  /** Makes a copy of a session, and opens that when it is the open one. */
  duplicate(id = this.id): Promise<void> {
    return this.#inTurn(() => this.#duplicate(id))
  }

  /** Deletes a session, and opens another when it was open; the notice can bring it back. */
  remove(id = this.id): Promise<void> {
    return this.#inTurn(() => this.#remove(id))
  }

  async rename(name: string, id = this.id): Promise<void> {
    const wanted = name.trim()
    if (id === undefined || !wanted) return
    if (id === this.id) this.session.name = wanted
    await this.known.rename(id, wanted)
  }

  /** Opens what others passed on, apart: what was open is left as it is. */
  openGuest(guest: GuestSession): Promise<void> {
    return this.#inTurn(() => this.#openGuest(guest))
  }

  /** Makes a session of the guest as it stands now. */
  keepGuest(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.guest) await this.#keepAs(this.guest.name)
    })
  }

  /** Lets the guest go, and opens again what was open before. */
  closeGuest(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.guest) return
      await this.#leave()
      await this.#openLast()
    })
  }

  /** Has this tab save the session that another one has open, once that has written it. */
  takeOver(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.session.isKept) return
      await this.#locks?.takeOver()
      await this.#adopt()
    })
  }

  /** Goes on with what stands in this tab, as a session of its own. */
  workOnCopy(): Promise<void> {
    return this.#inTurn(() => this.#keepAs(`${this.name} (copy)`))
  }

  /** Drops what is stored of the contents of this session's sources, or stores them again. */
  async keepEventsOut(isOut: boolean): Promise<void> {
    this.#bench.eventsOut = isOut
    if (!this.session.isKept) return
    await this.session.save({ id: this.id, data: this.session.read() })
    await (isOut ? this.storing?.drop() : this.storing?.storeAll())
  }

  /** Stores what there was no room for. */
  async tryAgain(): Promise<void> {
    await this.storing?.tryAgain()
    const { id, session } = this
    if (session.isKept && !session.isStored)
      await session.save({ id, data: session.read() })
    await this.known.changed()
  }

  /**
   * When all that was asked for is through, whether a session could be brought in or not.
   * What comes into the workbench before would go with the one that leaves it.
   */
  async whenThrough(): Promise<void> {
    let last
    do {
      last = this.#turn
      await last
    } while (last !== this.#turn)
  }

  // Two sessions brought in at once would run together, and be saved so.
  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** A guest; else what this tab had before it was loaded again; else what was open last. */
  async #openFirst(guest: GuestSession | undefined): Promise<void> {
    const unsaved = tabMemory.unsaved()
    tabMemory.keepUnsaved(undefined)
    if (guest) await this.#tabGuest?.drop()
    const back = guest ?? (await this.#tabGuest?.read())
    if (unsaved?.guest === undefined) {
      if (unsaved) await this.#keepUnsaved(unsaved.name, unsaved.data)
      if (back) await this.#openGuest(back)
      else if (!unsaved) await this.#openLast()
      return
    }
    const { name, data, guest: address } = unsaved
    if (guest && guest.address !== address) return this.#openGuest(guest)
    const lost = { name, data, address, blobs: new Map(), expected: [] }
    await this.#openGuest(back ?? lost, data)
  }

  async #openLast(): Promise<void> {
    const mine = tabMemory.session()
    if (mine !== undefined && (await this.#openStored(mine))) return
    const current = await this.#sessions?.current()
    if (!current || !(await this.#openStored(current.id))) await this.#addExample()
  }

  /** With `edited` it is opened as it was left. */
  async #openGuest(guest: GuestSession, edited?: SessionData): Promise<void> {
    await this.#leave()
    await this.#stage.takeThemeOf(async () => this.#sessions?.current())
    this.#locks?.release()
    const { name, data } = guest
    const work = { id: undefined, name, data: edited ?? data, guest }
    await this.#stage.show(work, true, guest.blobs)
    if (edited) this.session.markEdited()
    this.#bench.chosen = guest.chosen
    this.#bench.destination = 'result'
  }

  async #keepUnsaved(name: string, data: SessionData): Promise<void> {
    this.#bench.notices.info(sayUnsavedKept(name))
    await this.known.refresh()
    await this.#addNew(nameOfUnsaved(name), data)
  }

  async #addEmpty(): Promise<void> {
    await this.#leave()
    await this.#addNew('Session', EMPTY_SESSION)
  }

  async #addExample(): Promise<void> {
    await this.#leave()
    // The rules are on screen before their events are here.
    await this.#opener.showRules(exampleRules, undefined)
    const { data, blobs } = await readExample(this.#bench.theme)
    await this.#addNew(EXAMPLE_NAME, data, blobs)
  }

  async #addNew(name: string, data: SessionData, blobs?: Blobs): Promise<void> {
    const session = await this.#sessions?.create(this.known.freeName(name), data)
    if (!session) return
    await this.#locks?.hold(session.id)
    await this.#stage.show(session, true, blobs)
    await this.known.changed()
    await this.storing?.storeAll()
  }

  async #openById(id: string): Promise<void> {
    if (id === this.id) return
    await this.#leave()
    if (!(await this.#openStored(id))) await this.#openLast()
  }

  /** False when there is no such session. */
  async #openStored(id: string): Promise<boolean> {
    const isOurs = (await this.#locks?.hold(id)) ?? true
    const session = await this.#sessions?.load(id)
    if (session) await this.#stage.show(session, isOurs)
    return session !== undefined
  }

  async #duplicate(id: string | undefined): Promise<void> {
    if (id === undefined) return
    const name = `${this.known.nameOf(id) ?? this.name} (copy)`
    if (id === this.id && !this.session.isKept) return this.#keepAs(name)
    await this.#stage.flush()
    const copy = await this.#sessions?.duplicate(id, this.known.freeName(name))
    if (copy && id === this.id) await this.#openById(copy.id)
    await this.known.changed()
  }

  async #remove(id: string | undefined): Promise<void> {
    const name = this.known.nameOf(id)
    if (name === undefined || id === undefined) return
    if (await this.#locks?.isHeldElsewhere(id)) {
      this.#bench.notices.warn(saySessionHeld(name))
      return
    }
    const isOpen = id === this.id
    if (isOpen) await this.#leave()
    if (isOpen) this.session.id = undefined
    const removed = await this.#sessions?.remove(id)
    await this.known.changed()
    const [next] = this.list
    if (isOpen) await (next ? this.#openById(next.id) : this.#addEmpty())
    const restore = async () => {
      await removed?.restore()
      await this.known.changed()
      if (isOpen) await this.open(id)
    }
    const forget = () => {
      this.storing?.forget()
      void removed?.forget().then(() => this.tryAgain())
    }
    const undo = [{ label: SAY.undo, run: () => void restore() }]
    this.#bench.notices.info(saySessionDeleted(name), undo, forget)
  }

  /** Makes a new session of what is in the workbench, and goes on with it. */
  async #keepAs(name: string): Promise<void> {
    const data = this.session.read()
    const session = await this.#sessions?.create(this.known.freeName(name), data)
    if (!session) return
    // Said to be kept when all of it is; other tabs may have dropped some.
    this.storing?.forget()
    await this.storing?.storeAll()
    await this.#locks?.hold(session.id)
    this.session.id = session.id
    this.session.name = session.name
    this.session.beOwn(data)
    await this.#stage.letGuestGo()
    await this.known.changed()
  }

  #leave(): Promise<void> {
    return this.#stage.leave(({ name, data }, blobs) => {
      void this.#inTurn(async () => {
        await this.#leave()
        await this.#addNew(name, data, blobs)
      })
    })
  }

  /** The other tab has let the session go. Whatever either of them holds is kept. */
  async #adopt(): Promise<void> {
    const { id, name } = this
    if (id === undefined || this.session.isKept) return
    const stored = await this.#sessions?.load(id)
    if (!stored) return this.#keepAs(name)
    const isEdited = this.session.isEditedApart
    const isOther = !this.session.isAsKnown(stored.data)
    if (isOther && !isEdited) {
      await this.#leave()
      return this.#stage.show(stored, true)
    }
    if (isOther) {
      const copy = this.known.freeName(`${name} (other tab)`)
      await this.#sessions?.duplicate(id, copy)
      this.#bench.notices.info(sayKeptOfOther(copy))
    }
    this.session.beOwn()
    if (isEdited) await this.session.save({ id, data: this.session.read() })
    await this.known.changed()
  }

  /** Another tab takes the session over: what stands is written, and nothing after. */
  async #handOver(): Promise<void> {
    const written = this.#autosave?.flush()
    this.session.mode = 'taken'
    await written
  }

  async #hearOfOthers(): Promise<void> {
    await this.#stage.refresh()
    await this.#stage.findLost()
  }
}
