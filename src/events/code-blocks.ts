import type { Code, CodeArray } from './column'
import type { Row } from './row-set'

/** Rows a block. An offset within a block fits 16 bits. */
export const BLOCK_ROWS = 4096
export const BLOCK_SHIFT = 12
export const OFFSET_MASK = BLOCK_ROWS - 1

/**
 * One block, finished. Dense: `codes` by offset, 0 where the field is absent.
 * Sparse: `codes` beside the ascending offsets of the rows that have the field.
 */
interface Block {
  readonly offsets: Uint16Array | undefined
  readonly codes: CodeArray
}

/**
 * The codes of a column by row, packed block by block. Blocks without the field cost
 * nothing, and a code takes as many bytes as the largest of its block needs.
 *
 *     rows      0 … 4095     4096 … 8191    8192 …
 *     blocks    (absent)     sparse, u16    open: offsets and codes as they come
 */
export class CodeBlocks {
  /** Rows that have a code. */
  filled = 0
  private readonly blocks: (Block | undefined)[] = []
  /** Number of the block that `blocks` begins with. */
  private first = 0
  private openNumber = -1
  private openCount = 0
  private offsets = new Uint16Array(8)
  private codes = new Uint32Array(8)

  /** Rows must come in ascending order, each at most once; the code is not 0. */
  append(row: Row, code: Code): void {
    const number = row >>> BLOCK_SHIFT
    if (number !== this.openNumber) this.open(number)
    else if (this.openCount === this.codes.length) this.widen()
    this.offsets[this.openCount] = row & OFFSET_MASK
    this.codes[this.openCount++] = code
    this.filled++
  }

  /** Appends rows of one block, given by their offsets in it. */
  appendMany(number: number, offsets: Uint16Array, codes: Uint32Array): void {
    if (number !== this.openNumber) this.open(number)
    const count = this.openCount + codes.length
    while (this.codes.length < count) this.widen()
    this.offsets.set(offsets, this.openCount)
    this.codes.set(codes, this.openCount)
    this.openCount = count
    this.filled += codes.length
  }

  codeAt(row: Row): Code {
    const number = row >>> BLOCK_SHIFT
    const offset = row & OFFSET_MASK
    if (number === this.openNumber) {
      const at = findOffset(this.offsets, this.openCount, offset)
      return at < 0 ? 0 : this.codes[at]!
    }
    const block = this.blocks[number - this.first]
    if (block === undefined) return 0
    if (block.offsets === undefined) return block.codes[offset] ?? 0
    const at = findOffset(block.offsets, block.offsets.length, offset)
    return at < 0 ? 0 : block.codes[at]!
  }

  /** Visits every row of `from` … `to`-1 that has a code, ascending. */
  forEach(
    visit: (row: Row, code: Code) => void,
    from: Row = 0,
    to: Row = Infinity,
  ): void {
    const { blocks, first } = this
    const end = Math.min(blocks.length, Math.ceil(to / BLOCK_ROWS) - first)
    for (let i = Math.max(0, (from >>> BLOCK_SHIFT) - first); i < end; i++) {
      const block = blocks[i]
      if (block !== undefined)
        visitBlock(block, (first + i) * BLOCK_ROWS, visit, from, to)
    }
    const base = this.openNumber * BLOCK_ROWS
    if (base >= to) return
    for (let i = 0; i < this.openCount; i++) {
      const row = base + this.offsets[i]!
      if (row >= from && row < to) visit(row, this.codes[i]!)
    }
  }

  /** Writes the code of each row of `from` … `to`-1 to the place of the row less `from`. */
  copyTo(into: CodeArray, from: Row, to: Row): void {
    const { blocks, first } = this
    const end = Math.min(blocks.length, Math.ceil(to / BLOCK_ROWS) - first)
    for (let i = Math.max(0, (from >>> BLOCK_SHIFT) - first); i < end; i++) {
      const block = blocks[i]
      if (block !== undefined) copyBlock(block, (first + i) * BLOCK_ROWS, into, from, to)
    }
    const base = this.openNumber * BLOCK_ROWS
    for (let i = 0; i < this.openCount; i++) {
      const row = base + this.offsets[i]!
      if (row >= from && row < to) into[row - from] = this.codes[i]!
    }
  }

  private open(number: number): void {
    if (this.openNumber < 0) this.first = number
    else this.blocks[this.openNumber - this.first] = this.pack()
    this.openNumber = number
    this.openCount = 0
  }

  private widen(): void {
    const offsets = new Uint16Array(this.offsets.length * 2)
    offsets.set(this.offsets)
    this.offsets = offsets
    const codes = new Uint32Array(this.codes.length * 2)
    codes.set(this.codes)
    this.codes = codes
  }

  private pack(): Block {
    const count = this.openCount
    const codes = this.codes.subarray(0, count)
    const width = arrayFor(codes)
    if (count < BLOCK_ROWS / 4)
      return { offsets: this.offsets.slice(0, count), codes: new width(codes) }
    const length = this.offsets[count - 1]! + 1
    if (length === count) return { offsets: undefined, codes: new width(codes) }
    spread.fill(0, 0, length)
    for (let i = 0; i < count; i++) spread[this.offsets[i]!] = codes[i]!
    return { offsets: undefined, codes: new width(spread.subarray(0, length)) }
  }
}

/** Room to put the codes of a block where their rows are. */
const spread = new Uint32Array(BLOCK_ROWS)

function arrayFor(codes: Uint32Array) {
  // A plain loop: an iterator costs several times as much as the work.
  let all = 0
  for (let i = 0; i < codes.length; i++) all |= codes[i]!
  if (all >>> 8 === 0) return Uint8Array
  return all >>> 16 === 0 ? Uint16Array : Uint32Array
}

function visitBlock(
  { offsets, codes }: Block,
  base: Row,
  visit: (row: Row, code: Code) => void,
  from: Row,
  to: Row,
): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    const row = base + (offsets === undefined ? i : offsets[i]!)
    if (code !== 0 && row >= from && row < to) visit(row, code)
  }
}

function copyBlock(
  { offsets, codes }: Block,
  base: Row,
  into: CodeArray,
  from: Row,
  to: Row,
): void {
  const begin = Math.max(from - base, 0)
  const end = Math.min(to - base, BLOCK_ROWS)
  if (offsets === undefined)
    into.set(codes.subarray(begin, Math.min(end, codes.length)), base + begin - from)
  else
    for (let i = 0; i < codes.length; i++)
      if (offsets[i]! >= begin && offsets[i]! < end)
        into[base + offsets[i]! - from] = codes[i]!
}

/** Where an offset is among the first `count` ascending ones, -1 when it is not. */
export function findOffset(offsets: Uint16Array, count: number, offset: number): number {
  if (offset < count && offsets[offset] === offset) return offset
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = offsets[middle]!
    if (found === offset) return middle
    if (found < offset) low = middle + 1
    else high = middle - 1
  }
  return -1
}
