import { SvelteMap } from 'svelte/reactivity'
import type { EngineApi, EventListQuery, EventPage } from '../../worker/api'

export type EventRow = EventPage['rows'][number]

const PAGE = 100
/** Pages kept: what is scrolled out of them is fetched again. */
const KEPT = 60

interface Page {
  readonly rows: readonly EventRow[]
  readonly generation: number
}

/**
 * The rows of one list, fetched a page at a time as they are wanted. One request is
 * under way at most, and it is always for what is wanted now: a dragged scrollbar leaves
 * no queue behind. A new list drops every answer to the old one; a new version of the
 * events keeps the old rows until theirs come.
 */
export class EventPages {
  total = $state(0)
  failed = $state(false)
  /** Set once something of this list has come. */
  known = $state(false)

  readonly #pages = new SvelteMap<number, Page>()
  readonly #api: () => EngineApi
  #query: EventListQuery = { fields: [] }
  #generation = 0
  #first = 0
  #last = PAGE
  #pumping = -1

  constructor(api: () => EngineApi) {
    this.#api = api
  }

  /** Starts another list, or the same one over newer events. */
  show(query: EventListQuery): void {
    const isSame = JSON.stringify(query) === JSON.stringify(this.#query)
    this.#query = query
    this.#generation++
    this.failed = false
    if (!isSame) {
      this.#pages.clear()
      this.known = false
    }
    void this.#pump()
  }

  /** Tells which rows are on screen. */
  want(first: number, last: number): void {
    this.#first = first
    this.#last = Math.max(last, first + 1)
    void this.#pump()
  }

  /** The row at a place of the list; undefined while it is not here. */
  rowAt(place: number): EventRow | undefined {
    return this.#pages.get(Math.floor(place / PAGE))?.rows[place % PAGE]
  }

  async #pump(): Promise<void> {
    const generation = this.#generation
    if (this.#pumping === generation) return
    this.#pumping = generation
    for (let page = this.#missing(); page >= 0; page = this.#missing()) {
      const answer = await this.#fetch(page)
      if (generation !== this.#generation) return
      if (!answer) break
      this.#keep(page, answer)
    }
    this.#pumping = -1
  }

  /** Worker calls fail only when the worker itself does. */
  async #fetch(page: number): Promise<EventPage | undefined> {
    try {
      return await this.#api().events(this.#query, page * PAGE, PAGE)
    } catch {
      this.failed = true
      return undefined
    }
  }

  #keep(page: number, answer: EventPage): void {
    this.#pages.delete(page)
    this.#pages.set(page, { rows: answer.rows, generation: this.#generation })
    this.total = answer.total
    this.known = true
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) break
      this.#pages.delete(oldest)
    }
  }

  /** The first page on screen that is not here or is of older events, -1 when none. */
  #missing(): number {
    // An empty list is asked for too: the newer events may be its first.
    const isFilled = this.known && this.total > 0
    const end = isFilled ? Math.min(this.#last, this.total) : this.#first + 1
    for (let page = Math.floor(this.#first / PAGE); page * PAGE < end; page++)
      if (this.#pages.get(page)?.generation !== this.#generation) return page
    return -1
  }
}
