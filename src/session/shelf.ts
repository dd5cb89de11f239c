import type { StoreValue } from 'idb'
import type { Database, StoreName, Stores } from './database'
import { readProblem } from './problems'
import type { StorageProblem } from './problems'

interface Unwritten<Value> {
  readonly value: Value
  /** What the database held then. Something else since is of another tab, and newer. */
  readonly over: Promise<Value | undefined>
}

/**
 * One store of the database, with the page's memory standing in for whatever the
 * database does not take: without a database, all of it.
 */
export class Shelf<Name extends StoreName> {
  /** What could not be written, by id, in place of what the database holds. */
  readonly #unwritten = new Map<string, Unwritten<StoreValue<Stores, Name>>>()

  constructor(
    readonly name: Name,
    readonly database: Database | undefined,
    readonly onProblem: (problem: StorageProblem) => void,
  ) {}

  /**
   * The value is copied and the write begun before this returns, and committed without
   * waiting, so that a put in the last moment of a page still lands. False when only
   * the page's memory has it, of which `quietly` nobody is told.
   */
  async put(value: StoreValue<Stores, Name>, quietly = false): Promise<boolean> {
    const { id } = value
    if (this.database === undefined) {
      const over = Promise.resolve(undefined)
      this.#unwritten.set(id, { value: structuredClone(value), over })
      return false
    }
    const before = this.#unwritten.get(id)
    // What is older is not to be written after it.
    this.#unwritten.delete(id)
    try {
      await this.#write(this.database, value)
      this.#unwritten.delete(id)
      return true
    } catch (error) {
      if (isNotPlain(error)) throw error
      this.#unwritten.set(id, { value, over: before?.over ?? this.#stored(id) })
      if (!quietly) this.onProblem(readProblem(error))
      return false
    }
  }

  /** Whether the database is there, but did not take all. */
  get lacks(): boolean {
    return this.database !== undefined && this.#unwritten.size > 0
  }

  /** Writes what could not be written before, as far as there is room now. */
  async writeAgain(): Promise<void> {
    if (this.database === undefined) return
    for (const [id, unwritten] of [...this.#unwritten])
      // There may be a newer one by now.
      if (this.#unwritten.get(id) === unwritten) await this.put(unwritten.value, true)
  }

  /** Lets go of what another tab has written over since: it would replace what is newer. */
  async takeOvertaken(): Promise<readonly StoreValue<Stores, Name>[]> {
    if (this.database === undefined) return []
    const overtaken: StoreValue<Stores, Name>[] = []
    for (const [id, unwritten] of [...this.#unwritten]) {
      const [over, stored] = await Promise.all([unwritten.over, this.#stored(id)])
      if (isSame(over, stored) || this.#unwritten.get(id) !== unwritten) continue
      this.#unwritten.delete(id)
      overtaken.push(unwritten.value)
    }
    return overtaken
  }

  /** Whether it is stored, and not in the page's memory alone. */
  async holds(id: string): Promise<boolean> {
    if (this.#unwritten.has(id)) return false
    const key = await this.#ask(undefined, (database) => database.getKey(this.name, id))
    return key !== undefined
  }

  async #write(database: Database, value: StoreValue<Stores, Name>): Promise<void> {
    const writing = database.transaction(this.name, 'readwrite')
    const put = writing.store.put(value)
    writing.commit()
    await Promise.all([put, writing.done])
  }

  async get(id: string): Promise<StoreValue<Stores, Name> | undefined> {
    return this.#unwritten.get(id)?.value ?? this.#stored(id)
  }

  #stored(id: string): Promise<StoreValue<Stores, Name> | undefined> {
    return this.#ask(undefined, (database) => database.get(this.name, id))
  }

  async all(): Promise<readonly StoreValue<Stores, Name>[]> {
    const stored = await this.#ask([], (database) => database.getAll(this.name))
    const byId = new Map(stored.map((value) => [value.id, value]))
    for (const [id, { value }] of this.#unwritten) byId.set(id, value)
    return [...byId.values()]
  }

  async ids(): Promise<readonly string[]> {
    const stored = await this.#ask([], (database) => database.getAllKeys(this.name))
    return [...new Set([...stored, ...this.#unwritten.keys()])]
  }

  async delete(id: string): Promise<void> {
    this.#unwritten.delete(id)
    await this.#ask(undefined, (database) => database.delete(this.name, id))
  }

  async #ask<T>(otherwise: T, ask: (database: Database) => Promise<T>): Promise<T> {
    if (this.database === undefined) return otherwise
    try {
      return await ask(this.database)
    } catch (error) {
      this.onProblem(readProblem(error))
      return otherwise
    }
  }
}

/** Of plain data, both as the database gives it. */
const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** A value that cannot be copied at all is a fault of the caller, not of the storage. */
function isNotPlain(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'DataCloneError'
}
