import type { Code } from '../events/column'
import type { Truth } from './evidence'

/** Two bits each: not known yet, false, true, null. */
const marks: readonly (Truth | undefined)[] = [undefined, false, true, null]
const markOf = (truth: Truth): number => (truth === null ? 3 : truth ? 2 : 1)

/** What is known of the codes 0 … size, a quarter of a byte each once anything is. */
export class TruthTable {
  private packed: Uint8Array | undefined

  constructor(private readonly size: number) {}

  get(code: Code): Truth | undefined {
    const { packed } = this
    return packed && marks[(packed[code >>> 2]! >>> ((code & 3) << 1)) & 3]
  }

  /** Each code is set at most once. */
  set(code: Code, truth: Truth): void {
    this.packed ??= new Uint8Array((this.size >>> 2) + 1)
    this.packed[code >>> 2]! |= markOf(truth) << ((code & 3) << 1)
  }
}
