import type { Code, CodeArray } from '../events/column'
import { bitCount, type RowBits } from '../events/row-bits'
import type { RowList } from '../events/row-list'

/** What is known of a code. */
export const UNKNOWN = 0
const FALSE = 1
export const TRUE = 2

/**
 * Whether a leaf is true of the codes of a column, a quarter of a byte each. It grows
 * with the column; new codes are unknown.
 */
export class TruthTable {
  /** Two bits a code, the lowest first, of sixteen codes a word. */
  packed = new Int32Array(0)

  get bytes(): number {
    return this.packed.byteLength
  }

  /** Makes room for the codes 0 … size. */
  reserve(size: number): void {
    const needed = (size >>> 4) + 1
    if (needed <= this.packed.length) return
    const isFirst = this.packed.length === 0
    const longer = new Int32Array(isFirst ? needed : needed + (needed >>> 2))
    longer.set(this.packed)
    this.packed = longer
  }

  get(code: Code): number {
    return (this.packed[code >>> 4]! >>> ((code & 15) << 1)) & 3
  }

  /**
   * Writes which of the rows in the words `from` … `to`-1 it is true for, by their codes.
   * Those of codes it does not know go to `doubtful`; how many they are.
   */
  keepTrue(
    words: Readonly<RowBits>,
    from: number,
    to: number,
    byRow: Readonly<CodeArray>,
    into: RowBits,
    doubtful: RowList,
  ): number {
    const { packed } = this
    let count = 0
    for (let at = from; at < to; at++) {
      let found = 0
      // No branch depends on what is known: guessing it wrong would cost more than the rest.
      for (let rest = words[at]!; rest !== 0; rest &= rest - 1) {
        const place = 31 - Math.clz32(rest & -rest)
        const row = (at << 5) + place
        const code = byRow[row]!
        const known = packed[code >>> 4]! >>> ((code & 15) << 1)
        doubtful[count] = row
        count += ~(known | (known >>> 1)) & 1
        found |= ((known >>> 1) & 1) << place
      }
      into[at] = found
    }
    return count
  }

  /** Takes the codes `from` … `to` for false where nothing is known of them. */
  settleFalse(from: Code, to: Code): void {
    for (let code = from; code <= to; code++)
      if (this.get(code) === UNKNOWN) this.set(code, false)
  }

  /**
   * As `settleFalse`, for those of the 32 codes from `first` on whose bit is not set; of
   * how many nothing was known.
   */
  settleOthers(first: Code, bits: number): number {
    const at = first >>> 4
    const low = this.settleHalf(at, spread(~bits & 0xffff))
    return bitCount(low | (this.settleHalf(at + 1, spread(~bits >>> 16)) << 1))
  }

  /** The lower bit of each that it settles. */
  private settleHalf(at: number, isFalse: number): number {
    const { packed } = this
    if (at >= packed.length) return 0
    const known = packed[at]!
    const settled = isFalse & ~(known | (known >>> 1))
    packed[at] = known | settled
    return settled
  }

  set(code: Code, isTrue: boolean): void {
    const shift = (code & 15) << 1
    const others = this.packed[code >>> 4]! & ~(3 << shift)
    this.packed[code >>> 4] = others | ((isTrue ? TRUE : FALSE) << shift)
  }
}

/** Sixteen bits, each becoming two, of which the higher is 0. */
function spread(bits: number): number {
  const eights = (bits | (bits << 8)) & 0x00ff00ff
  const fours = (eights | (eights << 4)) & 0x0f0f0f0f
  const twos = (fours | (fours << 2)) & 0x33333333
  return (twos | (twos << 1)) & 0x55555555
}
