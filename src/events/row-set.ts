/** Position of an event in its table: 0-based, in load order over all sources. */
export type Row = number

/**
 * A set of rows of one table, one bit a row. The same events answer to many
 * rules, so a filter is never a copy of events: it is one of these.
 */
export class RowSet {
  readonly size: number
  readonly words: Uint32Array

  /** An empty set over rows 0 … size-1; `words` is taken over, not copied. */
  constructor(size: number, words: Uint32Array = new Uint32Array((size + 31) >>> 5)) {
    this.size = size
    this.words = words
  }

  static all(size: number): RowSet {
    const set = new RowSet(size)
    set.words.fill(0xffffffff)
    const rest = size & 31
    if (rest) set.words[set.words.length - 1] = 2 ** rest - 1
    return set
  }

  static of(size: number, rows: Iterable<Row>): RowSet {
    const set = new RowSet(size)
    for (const row of rows) set.add(row)
    return set
  }

  has(row: Row): boolean {
    return ((this.words[row >>> 5]! >>> (row & 31)) & 1) === 1
  }

  add(row: Row): void {
    this.words[row >>> 5]! |= 1 << (row & 31)
  }

  delete(row: Row): void {
    this.words[row >>> 5]! &= ~(1 << (row & 31))
  }

  // Plain loops: an iterator, or a function handed in per word, costs more than the work.

  /** How many rows are in the set. */
  count(): number {
    const { words } = this
    let total = 0
    for (let i = words.length; i-- > 0;) total += bitCount(words[i]!)
    return total
  }

  isEmpty(): boolean {
    const { words } = this
    let i = words.length
    while (i > 0 && words[i - 1] === 0) i--
    return i === 0
  }

  and(other: RowSet): RowSet {
    const words = new Uint32Array(this.words)
    for (let i = 0; i < words.length; i++) words[i]! &= other.words[i]!
    return new RowSet(this.size, words)
  }

  or(other: RowSet): RowSet {
    const words = new Uint32Array(this.words)
    for (let i = 0; i < words.length; i++) words[i]! |= other.words[i]!
    return new RowSet(this.size, words)
  }

  /** The rows of this set that are not in the other. */
  without(other: RowSet): RowSet {
    const words = new Uint32Array(this.words)
    for (let i = 0; i < words.length; i++) words[i]! &= ~other.words[i]!
    return new RowSet(this.size, words)
  }

  /** Calls `visit` for every row, ascending. */
  forEach(visit: (row: Row) => void): void {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i]!
      while (word !== 0) {
        const lowest = word & -word
        visit((i << 5) + 31 - Math.clz32(lowest))
        word ^= lowest
      }
    }
  }

  rows(): Row[] {
    const rows: Row[] = []
    this.forEach((row) => rows.push(row))
    return rows
  }
}

const bitCount = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
