import type { BlockPage, BlockPages } from './block-pages'
import type { Code, CodeArray } from './column'
import { grownTo } from './grown-to'
import type { RowList } from './row-list'
import type { Row } from './row-set'

/** Rows a block. An offset within a block fits 16 bits. */
export const BLOCK_ROWS = 4096
export const BLOCK_SHIFT = 12
export const OFFSET_MASK = BLOCK_ROWS - 1

/**
 * One finished block, among others in a page: `count` numbers from `from` on. Dense: codes
 * by offset, 0 where the field is absent. Sparse: codes of rows, whose ascending offsets
 * are the page's numbers of 2 bytes from `offsets` on.
 */
interface Block {
  readonly page: BlockPage
  readonly from: number
  /** 0: dense. */
  readonly offsets: number
  readonly count: number
  /** As a power of 2, how many bytes a code takes. */
  readonly width: number
}

// A finished block in four words: the number of its page, from, offsets, count and width.
const WORDS = 4
const WIDTH_BITS = 2
const WIDTH = 3

/**
 * The codes of a column by row, packed block by block. Blocks without the field cost
 * next to nothing, and a code takes as many bytes as the largest of its block needs.
 *
 *     rows      0 … 4095     4096 … 8191    8192 …
 *     blocks    (absent)     sparse, u16    open: offsets and codes as they come
 */
export class CodeBlocks {
  /** Rows that have a code. */
  filled = 0
  /** Those with finished blocks of this column. */
  private readonly pages: BlockPage[] = []
  private words = new Int32Array(0)
  /** Finished blocks, absent ones too, and the number of the first. */
  private finished = 0
  private first = 0
  private openNumber = -1
  private openCount = 0
  private offsets = new Uint16Array(8)
  private codes = new Uint32Array(8)

  /** `room`: where finished blocks go; it may be that of other columns too. */
  constructor(private readonly room: BlockPages) {}

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
      const at = findOffset(this.offsets, 0, this.openCount, offset)
      return at < 0 ? 0 : this.codes[at]!
    }
    const index = number - this.first
    if (index < 0 || index >= this.finished) return 0
    // As `blockAt` does, without making an object.
    const { words } = this
    const word = index * WORDS
    const count = words[word + 3]! >>> WIDTH_BITS
    if (count === 0) return 0
    const page = this.pages[words[word]!]!
    const offsets = words[word + 2]!
    const at = offsets === 0 ? offset : findOffset(page.halves, offsets, count, offset)
    if (at < 0 || at >= count) return 0
    return page.numberAt(words[word + 3]! & WIDTH, words[word + 1]! + at)
  }

  /** Visits every row of `from` … `to`-1 that has a code, ascending. */
  forEach(
    visit: (row: Row, code: Code) => void,
    from: Row = 0,
    to: Row = Infinity,
  ): void {
    const { finished, first } = this
    const end = Math.min(finished, Math.ceil(to / BLOCK_ROWS) - first)
    for (let i = Math.max(0, (from >>> BLOCK_SHIFT) - first); i < end; i++) {
      const block = this.blockAt(i)
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
    const { finished, first } = this
    const end = Math.min(finished, Math.ceil(to / BLOCK_ROWS) - first)
    for (let i = Math.max(0, (from >>> BLOCK_SHIFT) - first); i < end; i++) {
      const block = this.blockAt(i)
      if (block !== undefined) copyBlock(block, (first + i) * BLOCK_ROWS, into, from, to)
    }
    const base = this.openNumber * BLOCK_ROWS
    if (base >= to || base + BLOCK_ROWS <= from) return
    for (let i = 0; i < this.openCount; i++) {
      const row = base + this.offsets[i]!
      if (row >= from && row < to) into[row - from] = this.codes[i]!
    }
  }

  /** Writes the code of each row, 0 where it has none, block by block. */
  read(rows: Readonly<RowList>, into: CodeArray | Int32Array): void {
    for (let at = 0; at < rows.length;) {
      const number = rows[at]! >>> BLOCK_SHIFT
      const from = at++
      while (at < rows.length && rows[at]! >>> BLOCK_SHIFT === number) at++
      const index = number - this.first
      const isFinished = number !== this.openNumber && index >= 0 && index < this.finished
      const block = isFinished ? this.blockAt(index) : undefined
      if (block !== undefined) readBlock(block, rows, into, from, at)
      else if (number !== this.openNumber) into.fill(0, from, at)
      else for (let i = from; i < at; i++) into[i] = this.codeAt(rows[i]!)
    }
  }

  /** A finished block, by its place among them. */
  private blockAt(index: number): Block | undefined {
    const { words } = this
    const word = index * WORDS
    const shape = words[word + 3]!
    if (shape === 0) return undefined
    return {
      page: this.pages[words[word]!]!,
      from: words[word + 1]!,
      offsets: words[word + 2]!,
      count: shape >>> WIDTH_BITS,
      width: shape & WIDTH,
    }
  }

  private open(number: number): void {
    if (this.openNumber < 0) this.first = number
    else this.pack(this.openNumber - this.first)
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

  /** Copies the open block to a page, in as little room as it needs. */
  private pack(index: number): void {
    const { openCount } = this
    const offsets = this.offsets.subarray(0, openCount)
    const codes = this.codes.subarray(0, openCount)
    const width = widthOf(codes)
    if (openCount < BLOCK_ROWS / 4) {
      const bytes = openCount << width
      const at = this.room.take(bytes + 1 + openCount * 2)
      const { page } = this.room
      const behind = (at + bytes + 1) >>> 1
      page.numbers(width).set(codes, at >>> width)
      page.halves.set(offsets, behind)
      this.keep(index, {
        page,
        from: at >>> width,
        offsets: behind,
        count: openCount,
        width,
      })
      return
    }
    const count = offsets[openCount - 1]! + 1
    const from = this.room.take(count << width) >>> width
    const { page } = this.room
    const into = page.numbers(width)
    if (count === openCount) into.set(codes, from)
    else for (let i = 0; i < openCount; i++) into[from + offsets[i]!] = codes[i]!
    this.keep(index, { page, from, offsets: 0, count, width })
  }

  private keep(index: number, { page, from, offsets, count, width }: Block): void {
    const { pages } = this
    const word = index * WORDS
    if (pages.at(-1) !== page) pages.push(page)
    if (word >= this.words.length) this.words = grownTo(this.words, word + WORDS)
    this.words[word] = pages.length - 1
    this.words[word + 1] = from
    this.words[word + 2] = offsets
    this.words[word + 3] = (count << WIDTH_BITS) | width
    this.finished = index + 1
  }
}

function widthOf(codes: Uint32Array): number {
  // A plain loop: an iterator costs several times as much as the work.
  let all = 0
  for (let i = 0; i < codes.length; i++) all |= codes[i]!
  if (all >>> 8 === 0) return 0
  return all >>> 16 === 0 ? 1 : 2
}

function visitBlock(
  { page, from: at, offsets, count, width }: Block,
  base: Row,
  visit: (row: Row, code: Code) => void,
  from: Row,
  to: Row,
): void {
  const codes = page.numbers(width)
  for (let i = 0; i < count; i++) {
    const code = codes[at + i]!
    const row = base + (offsets === 0 ? i : page.halves[offsets + i]!)
    if (code !== 0 && row >= from && row < to) visit(row, code)
  }
}

function copyBlock(
  { page, from: at, offsets, count, width }: Block,
  base: Row,
  into: CodeArray,
  from: Row,
  to: Row,
): void {
  const codes = page.numbers(width)
  const begin = Math.max(from - base, 0)
  const end = Math.min(to - base, BLOCK_ROWS)
  if (offsets === 0) {
    if (begin < count)
      into.set(codes.subarray(at + begin, at + Math.min(end, count)), base + begin - from)
    return
  }
  for (let i = 0; i < count; i++) {
    const offset = page.halves[offsets + i]!
    if (offset >= begin && offset < end) into[base + offset - from] = codes[at + i]!
  }
}

/** Writes the codes of the rows at the places `begin` … `end`-1, all of the block. */
function readBlock(
  { page, from, offsets, count, width }: Block,
  rows: Readonly<RowList>,
  into: CodeArray | Int32Array,
  begin: number,
  end: number,
): void {
  const codes = page.numbers(width)
  const isWalked = (end - begin) * WALKED > count
  let near = 0
  for (let i = begin; i < end; i++) {
    const offset = rows[i]! & OFFSET_MASK
    let at = offset
    if (offsets !== 0 && isWalked) {
      if (near > 0 && page.halves[offsets + near - 1]! >= offset) near = 0
      while (near < count && page.halves[offsets + near]! < offset) near++
      at = page.halves[offsets + near] === offset ? near : count
    } else if (offsets !== 0) at = findOffset(page.halves, offsets, count, offset)
    into[i] = at >= 0 && at < count ? codes[from + at]! : 0
  }
}

/** Where one in so many of a sparse block is wanted, all are gone along. */
const WALKED = 12

/** Where an offset is among `count` ascending ones, less `from`; -1 when it is not. */
export function findOffset(
  offsets: Uint16Array,
  from: number,
  count: number,
  offset: number,
): number {
  if (offset < count && offsets[from + offset] === offset) return offset
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = offsets[from + middle]!
    if (found === offset) return middle
    if (found < offset) low = middle + 1
    else high = middle - 1
  }
  return -1
}
