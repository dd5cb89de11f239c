import { bitsFor, setListed, type RowBits } from './row-bits'
import type { RowList } from './row-list'
import { RowSet } from './row-set'

/** Gathers rows that come in ascending order, in no more room than they need. */
export class RowCollector {
  private list = new Uint32Array(64)
  private count = 0
  private bits: RowBits | undefined

  /** `size`: rows of the table. */
  constructor(private readonly size: number) {}

  /** Takes the first `count` of these rows. */
  add(rows: RowList, count: number): void {
    const more = rows.subarray(0, count)
    const bits = this.bits ?? this.makeRoom(this.count + count)
    if (bits) return setListed(bits, more)
    this.list.set(more, this.count)
    this.count += count
  }

  rows(): RowSet {
    return this.bits
      ? RowSet.ofBits(this.size, this.bits)
      : RowSet.ofList(this.size, this.list.slice(0, this.count))
  }

  /** Room in the list; bits once there are too many rows for one. */
  private makeRoom(count: number): RowBits | undefined {
    if (count <= this.list.length) return undefined
    const kept = this.list.subarray(0, this.count)
    if (count * 32 >= this.size) {
      this.bits = bitsFor(this.size)
      setListed(this.bits, kept)
      return this.bits
    }
    this.list = new Uint32Array(Math.max(count, this.list.length * 2))
    this.list.set(kept)
    return undefined
  }
}
