/**
 * Where the text of each event of a source is, so that it can be shown exactly as it
 * came: byte offset and length, 12 bytes an event.
 */
export class RecordSpans {
  private offsets = new Float64Array(64)
  private lengths = new Uint32Array(64)
  private count = 0

  add(offset: number, length: number): void {
    if (this.count === this.offsets.length) this.widen()
    this.offsets[this.count] = offset
    this.lengths[this.count++] = length
  }

  /** Adds spans whose offsets count from `base`. */
  addMany(base: number, offsets: Uint32Array, lengths: Uint32Array): void {
    while (this.count + offsets.length > this.offsets.length) this.widen()
    this.lengths.set(lengths, this.count)
    for (let i = 0; i < offsets.length; i++)
      this.offsets[this.count++] = base + offsets[i]!
  }

  private widen(): void {
    const room = this.offsets.length * 2
    const offsets = new Float64Array(room)
    offsets.set(this.offsets)
    this.offsets = offsets
    const lengths = new Uint32Array(room)
    lengths.set(this.lengths)
    this.lengths = lengths
  }

  /** From and to, in bytes; an empty span for an event that is not there. */
  at(index: number): readonly [number, number] {
    if (index >= this.count) return [0, 0]
    return [this.offsets[index]!, this.offsets[index]! + this.lengths[index]!]
  }
}
