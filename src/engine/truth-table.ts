import type { Code } from '../events/column'

/** What is known of a code. */
export const UNKNOWN = 0
const FALSE = 1
export const TRUE = 2

/**
 * Whether a leaf is true of the codes of a column, a quarter of a byte each. It grows
 * with the column; new codes are unknown.
 */
export class TruthTable {
  /** Two bits a code, the lowest first. */
  packed = new Uint8Array(0)

  get bytes(): number {
    return this.packed.length
  }

  /** Makes room for the codes 0 … size. */
  reserve(size: number): void {
    const needed = (size >>> 2) + 1
    if (needed <= this.packed.length) return
    const isFirst = this.packed.length === 0
    const longer = new Uint8Array(isFirst ? needed : needed + (needed >>> 2))
    longer.set(this.packed)
    this.packed = longer
  }

  get(code: Code): number {
    return (this.packed[code >>> 2]! >>> ((code & 3) << 1)) & 3
  }

  /** Takes the codes `from` … `to` for false where nothing is known of them. */
  settleFalse(from: Code, to: Code): void {
    for (let code = from; code <= to; code++)
      if (this.get(code) === UNKNOWN) this.set(code, false)
  }

  set(code: Code, isTrue: boolean): void {
    const shift = (code & 3) << 1
    const others = this.packed[code >>> 2]! & ~(3 << shift)
    this.packed[code >>> 2] = others | ((isTrue ? TRUE : FALSE) << shift)
  }
}
