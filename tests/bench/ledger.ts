import { now } from './clock'
import { median } from './median'

export const PARSE = 'parse: decode, split, JSON.parse'

/** One line of the table. */
export interface Figure {
  readonly name: string
  readonly ms: number
  /** Of the time of parse in the same repeat; NaN where no repeat had one. */
  readonly partOfParse: number
}

/**
 * Times of a run, by repeat: times on a shared machine drift, so every time is compared
 * with the parse of its own repeat, and of these ratios the median is told.
 */
export class Ledger {
  private readonly repeats: Map<string, number[]>[] = []

  beginRepeat(): void {
    this.repeats.push(new Map())
  }

  note(name: string, ms: number): void {
    const times = this.repeats.at(-1)
    times?.set(name, [...(times.get(name) ?? []), ms])
  }

  /** Does the work and notes how long it took. */
  async time<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const started = await now()
    const result = await work()
    this.note(name, (await now()) - started)
    return result
  }

  /** All lines, in the order of their first note. */
  figures(): readonly Figure[] {
    const names = new Set(this.repeats.flatMap((times) => [...times.keys()]))
    return [...names].map((name) => this.figure(name))
  }

  figure(name: string): Figure {
    const noted = this.repeats.filter((times) => times.has(name))
    const ofRepeat = (times: Map<string, number[]>, what: string): number =>
      median(times.get(what) ?? [])
    return {
      name,
      ms: median(noted.map((times) => ofRepeat(times, name))),
      partOfParse: median(
        noted.map((times) => ofRepeat(times, name) / ofRepeat(times, PARSE)),
      ),
    }
  }
}
