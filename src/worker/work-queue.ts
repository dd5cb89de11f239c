import { nextTask } from '../ingest/pace'
import { isOutOfMemory } from './out-of-memory'

/**
 * What someone looks at goes first, then verdicts, then what explains them: what was asked
 * for before what is looked for unasked.
 */
const LANES = ['view', 'run', 'why', 'analysis', 'near-misses'] as const
export type Lane = (typeof LANES)[number]

/** Messages are let in this often, ms, or when a piece of work that is longer is done. */
const SLICE_MS = 12

/** Work that has been handed in. */
interface Job {
  /** Works until that time; true when it is over, or not wanted any more. */
  readonly workUntil: (until: number) => boolean
  readonly drop: () => void
}

/** What becomes of work: done, or too large. */
type Worked<T> = { readonly end: 'done'; readonly value: T } | { readonly end: 'no-room' }

/** The same, or it was dropped by hand, or no longer worth doing; `ms` it took. */
export type Ended<T> =
  (Worked<T> & { readonly ms: number }) | { readonly end: 'dropped' | 'stale' }

/**
 * All that takes long, in slices, one after another:
 *
 *     view         list of events
 *     run          rule 7   rule 8   rule 9 …
 *     why          one event, one clause …
 *     analysis     other maxspans, other keys …
 *     near-misses  rule 1   rule 2 …
 *
 * At every slice the first lane with work goes on, and in it the preferred rule, else
 * what came first. Of each name a lane holds the newest work alone.
 */
export class WorkQueue {
  /** The name that goes first in its lane. */
  preferred: string | undefined
  private readonly lanes = new Map(LANES.map((lane) => [lane, new Map<string, Job>()]))
  private isWorking = false

  /** `makeRoom`: gives up what can be made again, where memory runs out. */
  constructor(private readonly makeRoom: () => void = () => undefined) {}

  /**
   * Hands work in. `isStale` is asked before every slice. Rejects with what it throws, but
   * that memory ran out, which is an end like others.
   */
  do<T>(
    lane: Lane,
    name: string,
    work: Generator<void, T>,
    isStale: () => boolean = () => false,
  ): Promise<Ended<T>> {
    this.drop(lane, name)
    return new Promise((resolve, reject) => {
      this.lanes.get(lane)!.set(name, {
        workUntil: workOf(orNoRoom(work, this.makeRoom), isStale, resolve, reject),
        drop: () => resolve({ end: 'dropped' }),
      })
      void this.workOff()
    })
  }

  /** Whether work of that name waits or is under way. */
  has(lane: Lane, name: string): boolean {
    return this.lanes.get(lane)!.has(name)
  }

  /** Drops the work of that name, or all. */
  drop(lane: Lane, name?: string): void {
    const jobs = this.lanes.get(lane)!
    for (const each of name === undefined ? [...jobs.keys()] : [name]) {
      const job = jobs.get(each)
      jobs.delete(each)
      job?.drop()
    }
  }

  private async workOff(): Promise<void> {
    if (this.isWorking) return
    this.isWorking = true
    // Whoever hands work in goes on first, and may hand in more.
    await Promise.resolve()
    let until = performance.now() + SLICE_MS
    for (let next = this.next(); next; next = this.next()) {
      const { jobs, name, job } = next
      if (job.workUntil(until) && jobs.get(name) === job) jobs.delete(name)
      if (performance.now() < until) await Promise.resolve()
      else {
        await nextTask()
        until = performance.now() + SLICE_MS
      }
    }
    this.isWorking = false
  }

  private next() {
    for (const lane of LANES) {
      const jobs = this.lanes.get(lane)!
      const name = this.nameFirstIn(jobs)
      const job = name === undefined ? undefined : jobs.get(name)
      if (name !== undefined && job) return { jobs, name, job }
    }
    return undefined
  }

  private nameFirstIn(jobs: ReadonlyMap<string, Job>): string | undefined {
    const { preferred } = this
    if (preferred !== undefined && jobs.has(preferred)) return preferred
    return jobs.keys().next().value
  }
}

/** Runs out of memory with an answer instead of an error. */
function* orNoRoom<T>(
  work: Generator<void, T>,
  makeRoom: () => void,
): Generator<void, Worked<T>> {
  try {
    return { end: 'done', value: yield* work }
  } catch (error) {
    if (!isOutOfMemory(error)) throw error
    makeRoom()
    return { end: 'no-room' }
  }
}

function workOf<T>(
  work: Generator<void, Worked<T>>,
  isStale: () => boolean,
  resolve: (done: Ended<T>) => void,
  reject: (error: unknown) => void,
): Job['workUntil'] {
  let ms = 0
  return (until) => {
    const started = performance.now()
    try {
      if (isStale()) {
        resolve({ end: 'stale' })
        return true
      }
      let step = work.next()
      while (!step.done && performance.now() < until) step = work.next()
      ms += performance.now() - started
      if (step.done) resolve({ ...step.value, ms })
      return step.done ?? false
    } catch (error) {
      reject(error)
      return true
    }
  }
}
