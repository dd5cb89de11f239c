import type { StoreValue } from 'idb'
import type { Database, StoreName, Stores } from './database'
import { readProblem } from './problems'
import type { StorageProblem } from './problems'

/**
 * One store of the database, with the page's memory standing in for whatever the
 * database does not take: without a database, all of it.
 */
export class Shelf<Name extends StoreName> {
  /** What could not be written, by id. Newer than what the database holds. */
  readonly #unwritten = new Map<string, StoreValue<Stores, Name>>()

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
    if (this.database === undefined) {
      this.#unwritten.set(value.id, structuredClone(value))
      return false
    }
    // What is older is not to be written after it.
    this.#unwritten.delete(value.id)
    try {
      await this.#write(this.database, value)
      this.#unwritten.delete(value.id)
      return true
    } catch (error) {
      if (isNotPlain(error)) throw error
      this.#unwritten.set(value.id, value)
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
    for (const value of [...this.#unwritten.values()]) await this.put(value, true)
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
    const kept = this.#unwritten.get(id)
    if (kept !== undefined) return kept
    return this.#ask(undefined, (database) => database.get(this.name, id))
  }

  async all(): Promise<readonly StoreValue<Stores, Name>[]> {
    const stored = await this.#ask([], (database) => database.getAll(this.name))
    const byId = new Map(stored.map((value) => [value.id, value]))
    for (const [id, value] of this.#unwritten) byId.set(id, value)
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

/** A value that cannot be copied at all is a fault of the caller, not of the storage. */
function isNotPlain(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'DataCloneError'
}
