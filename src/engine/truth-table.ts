import type { Code } from '../events/column'
import type { Truth } from './evidence'

/** Numbers that stand for truths in a table; 0 is "not known yet". */
const marks: readonly (Truth | undefined)[] = [undefined, false, true, null]

/**
 * What is known of the codes 0 … size. Few entries are kept one by one, many as a byte
 * for every code, so that it never takes much more than that.
 */
export class TruthTable {
  private few = new Map<Code, Truth>()
  private all: Uint8Array | undefined

  constructor(private readonly size: number) {}

  get(code: Code): Truth | undefined {
    return this.all ? marks[this.all[code] ?? 0] : this.few.get(code)
  }

  set(code: Code, truth: Truth): void {
    if (!this.all && this.few.size * 32 > this.size) this.spread()
    if (this.all) this.all[code] = marks.indexOf(truth)
    else this.few.set(code, truth)
  }

  private spread(): void {
    this.all = new Uint8Array(this.size + 1)
    for (const [code, truth] of this.few) this.all[code] = marks.indexOf(truth)
    this.few = new Map()
  }
}
