import { randomId } from './content-id'
import { DATABASE_NAME, openDatabase } from './database'
import type { Database, NoteRecord } from './database'
import { printProblem } from './problems'
import type { StorageProblem } from './problems'
import { EMPTY_SESSION } from './session'
import type { Session, SessionData, SessionSummary } from './session'
import { measureSessions, outlineOf } from './session-sizes'
import type { MeasuredSession, SessionSize } from './session-sizes'
import { Shelf } from './shelf'

/** A Blob nobody refers to may belong to a tab that has not saved yet: give it a day. */
const LEFTOVER_AGE = 24 * 60 * 60 * 1000

export interface SessionsOptions {
  /** Called with a plain sentence, once per kind of problem; work goes on in memory. */
  readonly onProblem: (sentence: string, problem: StorageProblem) => void
  /** Called when there is a session more that nobody asked for: an edit was overtaken. */
  readonly onOvertaken?: () => void
  /** Name of the database; another one only in tests. */
  readonly name?: string
}

/**
 * Notes that hold Blobs for a day: of a session, while its removal can be undone, and of
 * what a tab shows apart from all sessions.
 */
const REMOVED = 'removed '
const APART = 'apart '

/** A session that was removed: gone from the list, to be put back or let go. */
export interface RemovedSession {
  restore(): Promise<void>
  /** Drops the Blobs that only this session used. Without it `sweep` does, a day later. */
  forget(): Promise<void>
}

/**
 * Opens what is stored here. Always succeeds: when the browser refuses, everything lives
 * in memory and `onProblem` is told.
 */
export async function openSessions(options: SessionsOptions): Promise<Sessions> {
  const told = new Set<StorageProblem>()
  const tell = (problem: StorageProblem) => {
    if (told.has(problem)) return
    told.add(problem)
    options.onProblem(printProblem(problem), problem)
  }
  const database = await openDatabase(options.name ?? DATABASE_NAME, tell)
  const { onOvertaken = () => undefined } = options
  return new Sessions(database, tell, { hasRoom: () => told.delete('full'), onOvertaken })
}

interface SessionsListener {
  /** There is room: the next time there is none is told again. */
  readonly hasRoom: () => void
  readonly onOvertaken: () => void
}

/** The sessions stored in this browser. Plain data in and out; storage never rejects. */
export class Sessions {
  readonly #summaries
  readonly #states
  readonly #saves
  readonly #blobs
  readonly #notes
  readonly #told: SessionsListener

  constructor(
    database: Database | undefined,
    tell: (problem: StorageProblem) => void,
    listener: SessionsListener,
  ) {
    this.#told = listener
    this.#summaries = new Shelf('summaries', database, tell)
    this.#states = new Shelf('states', database, tell)
    this.#saves = new Shelf('saves', database, tell)
    this.#blobs = new Shelf('blobs', database, tell)
    this.#notes = new Shelf('notes', database, tell)
  }

  /** All sessions, the one used last first. */
  async list(): Promise<readonly SessionSummary[]> {
    const [summaries, saves] = await Promise.all([
      this.#summaries.all(),
      this.#saves.all(),
    ])
    const times = new Map(saves.map((save) => [save.id, save]))
    return summaries
      .map((summary) => {
        const { saved = summary.created, used = saved } = times.get(summary.id) ?? {}
        return { ...summary, saved, used }
      })
      .sort((a, b) => b.used - a.used || a.name.localeCompare(b.name))
  }

  /** What each session holds and takes, by its id. It reads every session, one by one. */
  async measure(): Promise<ReadonlyMap<string, SessionSize>> {
    const outlines: MeasuredSession[] = []
    for (const { id } of await this.#summaries.all()) {
      const state = await this.#states.get(id)
      outlines.push(outlineOf(id, state?.data ?? EMPTY_SESSION))
    }
    const blobs = await this.#blobs.all()
    return measureSessions(
      outlines,
      new Map(blobs.map(({ id, blob }) => [id, blob.size])),
    )
  }

  /** The session last open here, in this tab or another. */
  async current(): Promise<Session | undefined> {
    const note = await this.#notes.get('current')
    return note === undefined ? undefined : this.#read(note.value)
  }

  /** Reads a session and makes it the current one. */
  async load(id: string): Promise<Session | undefined> {
    await this.#keepOvertaken()
    const session = await this.#read(id)
    if (session === undefined) return undefined
    await this.#notes.put({ id: 'current', value: id })
    const save = await this.#saves.get(id)
    if (save !== undefined) await this.#saves.put({ ...save, used: Date.now() })
    return session
  }

  /** Reads a session; which one is current stays as it is. */
  peek(id: string): Promise<Session | undefined> {
    return this.#read(id)
  }

  /** Makes a new session the current one. */
  async create(name: string, data: SessionData = EMPTY_SESSION): Promise<Session> {
    const session = await this.#add(name, data)
    await this.#notes.put({ id: 'current', value: session.id })
    return session
  }

  /**
   * Keeps the content of a session. The write has begun when this returns, so that it
   * may be called as the page goes away. False when it could not be stored.
   */
  async save(id: string, data: SessionData): Promise<boolean> {
    const now = Date.now()
    const [isStored] = await Promise.all([
      this.#states.put({ id, data }),
      this.#saves.put({ id, saved: now, used: now }),
    ])
    if (isStored) {
      this.#told.hasRoom()
      void this.#writeTextsAgain()
    }
    return isStored
  }

  /** Whether an edit waits for room, of whatever session. */
  get lacksRoom(): boolean {
    return this.#states.lacks
  }

  /** Stores what there was no room for, of whatever session. */
  async tryAgain(): Promise<void> {
    await this.#writeTextsAgain()
    await this.#blobs.writeAgain()
  }

  /** First what is small and was made by hand. */
  async #writeTextsAgain(): Promise<void> {
    await this.#keepOvertaken()
    for (const shelf of [this.#states, this.#saves, this.#summaries, this.#notes])
      await shelf.writeAgain()
  }

  /**
   * An edit that waits for room, of a session that another tab has written since, becomes
   * a session of its own: neither of the two replaces the other.
   */
  async #keepOvertaken(): Promise<void> {
    for (const shelf of [this.#saves, this.#summaries, this.#notes])
      await shelf.takeOvertaken()
    for (const { id, data } of await this.#states.takeOvertaken()) {
      const summary = await this.#summaries.get(id)
      if (summary === undefined) continue
      await this.#add(nameOfUnsaved(summary.name), data)
      this.#told.onOvertaken()
    }
  }

  async rename(id: string, name: string): Promise<void> {
    const summary = await this.#summaries.get(id)
    if (summary !== undefined) await this.#summaries.put({ ...summary, name })
  }

  /** A second session with the same content; its sources share the stored Blobs. */
  async duplicate(id: string, name: string): Promise<Session | undefined> {
    const session = await this.#read(id)
    return session && this.#add(name, session.data)
  }

  async remove(id: string): Promise<RemovedSession> {
    const shelves = [this.#summaries, this.#states, this.#saves] as const
    const [summary, state, save] = await Promise.all([
      this.#summaries.get(id),
      this.#states.get(id),
      this.#saves.get(id),
    ])
    const sources = (state?.data.sources ?? []).map((source) => source.id)
    const note = REMOVED + id
    // Nobody refers to its Blobs from here on, and other tabs sweep.
    await this.#hold(note, sources)
    await Promise.all(shelves.map((shelf) => shelf.delete(id)))
    return {
      restore: async () => {
        if (state !== undefined) await this.#states.put(state)
        if (save !== undefined) await this.#saves.put(save)
        if (summary !== undefined) await this.#summaries.put(summary)
        await this.#notes.delete(note)
      },
      forget: async () => {
        await this.#notes.delete(note)
        await this.dropBlobs(sources)
      },
    }
  }

  /**
   * Stores a Blob under its content id (`readContentId`); does nothing if it is there.
   * False when it could not be stored. The session that refers to it is to be saved
   * before: what none refers to may be dropped.
   */
  async putBlob(id: string, blob: Blob, quietly = false): Promise<boolean> {
    if (await this.#blobs.holds(id)) return true
    return this.#blobs.put({ id, added: Date.now(), blob }, quietly)
  }

  /**
   * Keeps Blobs that belong to no session until `dropApart`, and at most for a day from
   * when it was last called; as far as there is room, of which nobody is told.
   */
  async putApart(id: string, blobs: ReadonlyMap<string, Blob>): Promise<void> {
    await this.#hold(APART + id, [...blobs.keys()])
    for (const [blobId, blob] of blobs) await this.putBlob(blobId, blob, true)
  }

  async dropApart(id: string): Promise<void> {
    const note = await this.#notes.get(APART + id)
    await this.#notes.delete(APART + id)
    await this.dropBlobs(note ? heldBy(note) : [])
  }

  /** Drops stored Blobs, but for those that a session still refers to. */
  async dropBlobs(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const used = await this.#usedBlobs()
    const unused = ids.filter((id) => !used.has(id))
    await Promise.all(unused.map((id) => this.#blobs.delete(id)))
  }

  /** True the first time it is called in this browser with this matter. */
  async isFirst(matter: string): Promise<boolean> {
    const id = `asked ${matter}`
    if ((await this.#notes.get(id)) !== undefined) return false
    await this.#notes.put({ id, value: String(Date.now()) })
    return true
  }

  /** Undefined when the browser has dropped it, or never had room for it. */
  async getBlob(id: string): Promise<Blob | undefined> {
    return (await this.#blobs.get(id))?.blob
  }

  /**
   * Drops Blobs that no session refers to and that are older than a day. One removed
   * counts for a day: its tab may put it back; and so does what a tab shows apart. For
   * once the page is up: it reads every session.
   */
  async sweep(now = Date.now()): Promise<void> {
    for (const { id, value } of await this.#holds())
      if (now - parseFloat(value) > LEFTOVER_AGE) await this.#notes.delete(id)
    const blobs = await this.#blobs.all()
    const old = blobs.filter((record) => now - record.added > LEFTOVER_AGE)
    await this.dropBlobs(old.map((record) => record.id))
  }

  async #usedBlobs(): Promise<ReadonlySet<string>> {
    const used = new Set<string>()
    // One state at a time: all of them at once could hold the page up.
    for (const id of await this.#states.ids()) {
      const { data } = (await this.#states.get(id)) ?? {}
      if (data?.eventsOut) continue
      for (const source of data?.sources ?? []) used.add(source.id)
    }
    for (const note of await this.#holds())
      for (const source of heldBy(note)) used.add(source)
    return used
  }

  /** When, epoch ms, then the ids of the Blobs. */
  async #hold(note: string, blobs: readonly string[]): Promise<void> {
    await this.#notes.put({ id: note, value: [Date.now(), ...blobs].join('\n') })
  }

  async #holds(): Promise<readonly NoteRecord[]> {
    const notes = await this.#notes.all()
    return notes.filter(({ id }) => id.startsWith(REMOVED) || id.startsWith(APART))
  }

  async #add(name: string, data: SessionData): Promise<Session> {
    const id = randomId()
    const created = Date.now()
    await this.save(id, data)
    await this.#summaries.put({ id, name, created })
    return { id, name, data }
  }

  async #read(id: string): Promise<Session | undefined> {
    const [summary, state] = await Promise.all([
      this.#summaries.get(id),
      this.#states.get(id),
    ])
    if (summary === undefined) return undefined
    return { id, name: summary.name, data: state?.data ?? EMPTY_SESSION }
  }
}

/** What a session of edits is called that could not be written into their own. */
export const nameOfUnsaved = (name: string): string => `${name} (unsaved edits)`

const heldBy = ({ value }: NoteRecord): readonly string[] => value.split('\n').slice(1)
