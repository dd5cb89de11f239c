import { BLOCK_ROWS, BLOCK_SHIFT, findOffset, OFFSET_MASK } from './code-blocks'
import type { Row } from './row-set'

/** A timestamp and how it was spelled: digits of the second's fraction, or NUMBER. */
export interface SpelledInstant {
  readonly ms: number
  readonly nanos: number
  readonly spelling: number
}
export const NUMBER = 10

/** Timestamps of several rows of one block, beside their offsets in it. */
export interface SpelledInstants {
  readonly offsets: Uint16Array
  readonly ms: Float64Array
  readonly nanos: Uint32Array
  readonly spellings: Uint8Array
}

type Visit = (row: Row, ms: number, nanos: number, spelling: number) => void

/** One finished block: dense by offset (NaN where absent), or beside its offsets. */
interface Block {
  readonly offsets: Uint16Array | undefined
  readonly ms: Float64Array
  /** Left out when all are 0. */
  readonly nanos: Uint32Array | undefined
  /** One number when all rows are spelled alike. */
  readonly spellings: Uint8Array | number
}

/** A block that still takes rows: always beside its offsets. */
interface OpenBlock extends Block {
  readonly offsets: Uint16Array
  readonly nanos: Uint32Array
  readonly spellings: Uint8Array
}

/** Timestamps by row, as numbers: 8 bytes a row, 12 with nanoseconds. */
export class InstantBlocks {
  filled = 0
  private readonly blocks: (Block | undefined)[] = []
  private first = 0
  private openNumber = -1
  private openCount = 0
  private offsets = new Uint16Array(8)
  private ms = new Float64Array(8)
  private nanos = new Uint32Array(8)
  private spellings = new Uint8Array(8)

  /** Rows must come in ascending order. */
  append(row: Row, ms: number, nanos: number, spelling: number): void {
    const number = row >>> BLOCK_SHIFT
    if (number !== this.openNumber) this.open(number)
    else if (this.openCount === this.ms.length) this.widen()
    const at = this.openCount++
    this.offsets[at] = row & OFFSET_MASK
    this.ms[at] = ms
    this.nanos[at] = nanos
    this.spellings[at] = spelling
    this.filled++
  }

  appendMany(number: number, instants: SpelledInstants): void {
    if (number !== this.openNumber) this.open(number)
    const from = this.openCount
    const count = from + instants.ms.length
    while (this.ms.length < count) this.widen()
    this.offsets.set(instants.offsets, from)
    this.ms.set(instants.ms, from)
    this.nanos.set(instants.nanos, from)
    this.spellings.set(instants.spellings, from)
    this.openCount = count
    this.filled += instants.ms.length
  }

  /** Visits those of `from` … `to`-1, ascending. */
  forEach(visit: Visit, from: Row = 0, to: Row = Infinity): void {
    const { blocks, first } = this
    const end = Math.min(blocks.length, Math.ceil(to / BLOCK_ROWS) - first)
    for (let i = Math.max(0, (from >>> BLOCK_SHIFT) - first); i < end; i++) {
      const block = blocks[i]
      if (block !== undefined)
        visitBlock(block, (first + i) * BLOCK_ROWS, visit, from, to)
    }
    const base = this.openNumber * BLOCK_ROWS
    if (base < to) visitBlock(this.openBlock(), base, visit, from, to)
  }

  at(row: Row): SpelledInstant | undefined {
    const number = row >>> BLOCK_SHIFT
    const block =
      number === this.openNumber ? this.openBlock() : this.blocks[number - this.first]
    if (block === undefined) return undefined
    const offset = row & OFFSET_MASK
    const { offsets } = block
    const at = offsets ? findOffset(offsets, 0, offsets.length, offset) : offset
    const ms = block.ms[at]
    if (ms === undefined || Number.isNaN(ms)) return undefined
    return { ms, nanos: block.nanos?.[at] ?? 0, spelling: spellingAt(block, at) }
  }

  private open(number: number): void {
    if (this.openNumber < 0) this.first = number
    else this.blocks[this.openNumber - this.first] = packBlock(this.openBlock())
    this.openNumber = number
    this.openCount = 0
  }

  private openBlock(): OpenBlock {
    const count = this.openCount
    return {
      offsets: this.offsets.subarray(0, count),
      ms: this.ms.subarray(0, count),
      nanos: this.nanos.subarray(0, count),
      spellings: this.spellings.subarray(0, count),
    }
  }

  private widen(): void {
    const length = this.ms.length * 2
    const { offsets, ms, nanos, spellings } = this
    this.offsets = new Uint16Array(length)
    this.offsets.set(offsets)
    this.ms = new Float64Array(length)
    this.ms.set(ms)
    this.nanos = new Uint32Array(length)
    this.nanos.set(nanos)
    this.spellings = new Uint8Array(length)
    this.spellings.set(spellings)
  }
}

function visitBlock(block: Block, base: Row, visit: Visit, from: Row, to: Row): void {
  const { offsets, ms, nanos } = block
  for (let i = 0; i < ms.length; i++) {
    const row = base + (offsets === undefined ? i : offsets[i]!)
    if (row < from || row >= to || Number.isNaN(ms[i])) continue
    visit(row, ms[i]!, nanos === undefined ? 0 : nanos[i]!, spellingAt(block, i))
  }
}

const spellingAt = ({ spellings }: Block, at: number) =>
  typeof spellings === 'number' ? spellings : spellings[at]!

function isAll(numbers: Uint8Array | Uint32Array, wanted: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== wanted) return false
  return true
}

/** Copies an open block into as little room as it needs. */
function packBlock(open: OpenBlock): Block {
  const { offsets } = open
  const spelling = open.spellings[0]!
  const isAlike = isAll(open.spellings, spelling)
  const hasNanos = !isAll(open.nanos, 0)
  const length = offsets.at(-1)! + 1
  const isSparse = offsets.length < BLOCK_ROWS / 4
  if (isSparse || length === offsets.length)
    return {
      offsets: isSparse ? offsets.slice() : undefined,
      ms: open.ms.slice(),
      nanos: hasNanos ? open.nanos.slice() : undefined,
      spellings: isAlike ? spelling : open.spellings.slice(),
    }
  const ms = new Float64Array(length).fill(NaN)
  const nanos = hasNanos ? new Uint32Array(length) : undefined
  const spellings = isAlike ? spelling : new Uint8Array(length)
  for (let i = 0; i < offsets.length; i++) {
    const at = offsets[i]!
    ms[at] = open.ms[i]!
    if (nanos) nanos[at] = open.nanos[i]!
    if (typeof spellings !== 'number') spellings[at] = open.spellings[i]!
  }
  return { offsets: undefined, ms, nanos, spellings }
}
