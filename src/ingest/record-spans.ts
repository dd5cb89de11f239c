/** Spans of so many events in a row; of the last of them as many as there is room for. */
interface Block {
  readonly offsets: Float64Array
  readonly lengths: Uint32Array
}

const FIRST_ROOM = 64
const BLOCK_SHIFT = 15
const BLOCK_ROOM = 1 << BLOCK_SHIFT
const PLACE_MASK = BLOCK_ROOM - 1

/**
 * Where the text of each event of a source is, so that it can be shown exactly as it
 * came: byte offset and length, 12 bytes an event. In blocks: of five million events, to
 * copy all to twice the room took 100 ms without a pause.
 */
export class RecordSpans {
  private readonly blocks: Block[] = [makeBlock(FIRST_ROOM)]
  private count = 0

  add(offset: number, length: number): void {
    const { offsets, lengths } = this.openBlock(1)
    const place = this.count++ & PLACE_MASK
    offsets[place] = offset
    lengths[place] = length
  }

  /** Adds spans whose offsets count from `base`. */
  addMany(base: number, offsets: Uint32Array, lengths: Uint32Array): void {
    for (let from = 0; from < offsets.length;) {
      const place = this.count & PLACE_MASK
      const to = Math.min(offsets.length, from + BLOCK_ROOM - place)
      const block = this.openBlock(to - from)
      block.lengths.set(lengths.subarray(from, to), place)
      for (let i = from; i < to; i++) block.offsets[place + i - from] = base + offsets[i]!
      this.count += to - from
      from = to
    }
  }

  /** From and to, in bytes; an empty span for an event that is not there. */
  at(index: number): readonly [number, number] {
    if (index >= this.count) return [0, 0]
    const { offsets, lengths } = this.blocks[index >>> BLOCK_SHIFT]!
    const place = index & PLACE_MASK
    return [offsets[place]!, offsets[place]! + lengths[place]!]
  }

  /** The block that the next so many spans go to, all into one. */
  private openBlock(spans: number): Block {
    const { blocks, count } = this
    const last = count >>> BLOCK_SHIFT
    const block = (blocks[last] ??= makeBlock(BLOCK_ROOM))
    const wanted = (count & PLACE_MASK) + spans
    if (wanted <= block.lengths.length) return block
    // Only the first: most sources are small.
    const wider = makeBlock(
      Math.min(BLOCK_ROOM, Math.max(wanted, block.lengths.length * 2)),
    )
    wider.offsets.set(block.offsets)
    wider.lengths.set(block.lengths)
    blocks[last] = wider
    return wider
  }
}

const makeBlock = (room: number): Block => ({
  offsets: new Float64Array(room),
  lengths: new Uint32Array(room),
})
