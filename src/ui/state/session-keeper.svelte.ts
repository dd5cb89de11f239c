import { startAutosave, type Autosave } from '../../session/autosave'
import {
  EMPTY_SESSION,
  type Session,
  type SessionData,
  type SessionSummary,
  type StoredRule,
} from '../../session/session'
import { openSessions, type Sessions } from '../../session/sessions'
import { exampleRules, readExampleSources } from './example'
import type { GuestSession } from './guest-session'
import { modeOf, withoutMode } from './map-mode'
import type { OpenRule } from './open-rule.svelte'
import type { RunLoop } from './run-loop.svelte'
import type { AddedSource, SourceLoader } from './source-loader.svelte'
import { openStoredRule, storeRule } from './stored-rule'
import { Turns } from './turns'
import { SAY, saySessionDeleted, saySourceLost } from './wording'
import type { Workbench } from './workbench.svelte'

const UNNAMED_MAPPING = 'Index mapping'
const EXAMPLE_NAME = 'Scheduled tasks (example)'

/** Opens a session into the workbench, keeps what is done there, and lists the others. */
export class SessionKeeper {
  readonly #bench: Workbench
  readonly #loop: RunLoop
  readonly #loader: SourceLoader
  readonly #turns = new Turns()
  #sessions: Sessions | undefined
  #autosave: Autosave | undefined
  /** Sources whose Blobs are stored or being stored. */
  readonly #stored = new Set<string>()
  #isFirst = true
  /** The last change of the open session; the next one begins when it is through. */
  #turn: Promise<void> = Promise.resolve()
  id = $state<string | undefined>()
  name = $state('')
  list = $state.raw<readonly SessionSummary[]>([])
  /** What others passed on and is open, apart from all sessions: nothing of it is stored. */
  guest = $state.raw<GuestSession | undefined>()
  /** False while another session is being brought into the workbench: nothing is saved then. */
  isOpen = $state(false)

  constructor(bench: Workbench, loop: RunLoop, loader: SourceLoader) {
    this.#bench = bench
    this.#loop = loop
    this.#loader = loader
  }

  /** Opens a guest where there is one, else what was open last, else the example. */
  async start(readGuest?: () => Promise<GuestSession | undefined>): Promise<void> {
    const sessions = await openSessions({
      onProblem: (sentence) => this.#bench.notices.warn(sentence),
    })
    this.#sessions = sessions
    this.#autosave = startAutosave({
      read: () =>
        this.id === undefined ? undefined : { id: this.id, data: this.#data() },
      save: (id, data) => sessions.save(id, data),
    })
    const guest = await readGuest?.()
    await this.#inTurn(() => (guest ? this.#openGuest(guest) : this.#openCurrent()))
    void sessions.sweep()
  }

  /** Tells the autosave of a change; called inside an effect, which then watches all of it. */
  watch(): void {
    const data = this.#data()
    if (!this.isOpen || this.id === undefined) return
    for (const { id } of data.sources) this.#storeBlob(id)
    this.#autosave?.changed()
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

  duplicate(): Promise<void> {
    return this.#inTurn(() => this.#duplicate())
  }

  /** Deletes the open session and opens another; the notice can bring it back. */
  remove(): Promise<void> {
    return this.#inTurn(() => this.#remove())
  }

  /** Opens what others passed on, apart: what was open is left as it is. */
  openGuest(guest: GuestSession): Promise<void> {
    return this.#inTurn(() => this.#openGuest(guest))
  }

  /** Makes a session of the guest as it stands now. */
  keepGuest(): Promise<void> {
    return this.#inTurn(() => this.#keepGuest())
  }

  /** Lets the guest go, and opens again what was open before. */
  closeGuest(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.guest) return
      await this.#leave()
      await this.#openCurrent()
    })
  }

  // Two sessions brought in at once would run together, and be saved so.
  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #openCurrent(): Promise<void> {
    const current = await this.#sessions?.current()
    await (current ? this.#open(current) : this.#addExample())
  }

  async #openGuest(guest: GuestSession): Promise<void> {
    await this.#leave()
    if (this.#isFirst) {
      const current = await this.#sessions?.current()
      this.#bench.theme = current?.data.view.theme ?? this.#bench.theme
      this.#isFirst = false
    }
    await this.#open({ id: undefined, ...guest }, guest.blobs)
    this.guest = guest
    this.#bench.chosen = guest.chosen
    this.#bench.destination = 'result'
  }

  async #keepGuest(): Promise<void> {
    const { guest } = this
    if (!guest) return
    for (const { id, blob } of this.#bench.sources) {
      this.#stored.add(id)
      await this.#sessions?.putBlob(id, blob)
    }
    const session = await this.#sessions?.create(this.#freeName(guest.name), this.#data())
    if (!session) return
    this.guest = undefined
    this.id = session.id
    this.name = session.name
    await this.#refresh()
  }

  async #addEmpty(): Promise<void> {
    await this.#leave()
    const session = await this.#sessions?.create(this.#freeName('Session'))
    if (session) await this.#open(session)
  }

  async #addExample(): Promise<void> {
    await this.#leave()
    // The rules are on screen before their events are here.
    await this.#showRules(exampleRules, undefined)
    const files = await readExampleSources()
    for (const { id, blob } of files) await this.#sessions?.putBlob(id, blob)
    const session = await this.#sessions?.create(this.#freeName(EXAMPLE_NAME), {
      ...EMPTY_SESSION,
      rules: exampleRules,
      sources: files.map(({ id, name }) => ({ id, name, active: true })),
      view: { ...EMPTY_SESSION.view, theme: this.#bench.theme },
    })
    if (session)
      await this.#open(session, new Map(files.map(({ id, blob }) => [id, blob])))
  }

  async #openById(id: string): Promise<void> {
    if (id === this.id) return
    await this.#leave()
    const session = await this.#sessions?.load(id)
    if (session) await this.#open(session)
  }

  async rename(name: string): Promise<void> {
    if (this.id === undefined || !name.trim()) return
    this.name = name.trim()
    await this.#sessions?.rename(this.id, this.name)
    await this.#refresh()
  }

  async #duplicate(): Promise<void> {
    if (this.id === undefined) return
    await this.#autosave?.flush()
    const copy = await this.#sessions?.duplicate(
      this.id,
      this.#freeName(`${this.name} (copy)`),
    )
    if (copy) await this.#openById(copy.id)
  }

  async #remove(): Promise<void> {
    const { id, name } = this
    if (id === undefined) return
    await this.#leave()
    this.id = undefined
    const removed = await this.#sessions?.remove(id)
    await this.#refresh()
    const [next] = this.list
    if (next) await this.#openById(next.id)
    else await this.#addEmpty()
    if (!removed) return
    const undo = () => void removed.restore().then(() => this.open(id))
    const forget = () => {
      // What is dropped now is to be stored again if its file is opened again.
      this.#stored.clear()
      void removed.forget()
    }
    this.#bench.notices.info(
      saySessionDeleted(name),
      [{ label: SAY.undo, run: undo }],
      forget,
    )
  }

  async #leave(): Promise<void> {
    await this.#autosave?.flush()
    this.isOpen = false
    for (const rule of this.#bench.rules)
      await this.#loop.close(rule).catch(() => undefined)
    this.#bench.rules = []
    this.#bench.ruleId = undefined
    this.#bench.row = undefined
    this.#bench.showsEvent = false
    await this.#loader.clear().catch(() => undefined)
  }

  async #open(
    {
      id,
      name,
      data,
    }: Pick<Session, 'name' | 'data'> & { readonly id: string | undefined },
    blobs?: ReadonlyMap<string, Blob>,
  ): Promise<void> {
    const bench = this.#bench
    this.id = id
    this.name = name
    this.guest = undefined
    await this.#showRules(data.rules, data.view.selectedRule)
    // The theme is the person's, not the session's: taken from storage once.
    if (this.#isFirst) bench.theme = data.view.theme
    this.#isFirst = false
    bench.panes = Object.fromEntries(
      Object.entries(data.view.panes).map(([split, sizes]) => [split, [...sizes]]),
    )
    bench.tabs = { ...data.view.tabs }
    bench.memoryLimit = data.memoryLimit
    bench.mapMode = modeOf(data)
    await this.#refresh()
    const files = await this.#readSources(data, blobs)
    const { mapping: text, mappingName = UNNAMED_MAPPING } = data
    if (text !== null) await this.#loader.setMapping({ name: mappingName, text })
    // The sources are in the workbench when this returns, and read only after: another
    // session can be opened meanwhile.
    void this.#loader.add(files)
    this.isOpen = true
  }

  async #showRules(
    stored: readonly StoredRule[],
    selected: string | undefined,
  ): Promise<void> {
    const rules: OpenRule[] = []
    for (const rule of stored) {
      const open = openStoredRule(rule)
      if (open) rules.push(open)
      await this.#turns.next()
    }
    this.#bench.rules = rules
    const ids = rules.map(({ id }) => id)
    this.#bench.openRule(ids.find((id) => id === selected) ?? ids[0])
  }

  async #readSources(data: SessionData, blobs?: ReadonlyMap<string, Blob>) {
    const files: AddedSource[] = []
    for (const { id, name, active, keep, readAs } of data.sources) {
      if (this.id !== undefined) this.#stored.add(id)
      const blob = blobs?.get(id) ?? (await this.#sessions?.getBlob(id))
      if (blob)
        files.push({
          file: { id, name, blob },
          active,
          keep,
          readAs: withoutMode(readAs),
        })
      else this.#bench.notices.warn(saySourceLost(name))
    }
    return files
  }

  #storeBlob(id: string): void {
    const source = this.#bench.sources.find((other) => other.id === id)
    if (!source || this.#stored.has(id)) return
    this.#stored.add(id)
    void this.#sessions?.putBlob(id, source.blob)
  }

  #data(): SessionData {
    const { rules, sources, mapping, memoryLimit, mapMode } = this.#bench
    const { ruleId, theme, panes, tabs } = this.#bench
    return {
      rules: rules.map(storeRule),
      sources: sources.map(({ id, name, active, keep, readAs }) => ({
        id,
        name,
        active,
        keep,
        readAs,
      })),
      mapping: mapping?.text ?? null,
      mappingName: mapping?.name,
      memoryLimit,
      mapMode: mapMode === 'extended' ? mapMode : undefined,
      view: {
        selectedRule: ruleId,
        theme,
        panes: $state.snapshot(panes),
        tabs: $state.snapshot(tabs),
      },
    }
  }

  async #refresh(): Promise<void> {
    this.list = (await this.#sessions?.list()) ?? []
  }

  #freeName(wanted: string): string {
    const taken = new Set(this.list.map(({ name }) => name))
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`
    return name
  }
}
