import type { Code } from '../events/column'
import type { FieldReader } from './field-values'
import { grownTo } from './grown-to'
import type { Holder, MemoryBudget } from './memory-budget'

/** Contents read between two pauses. */
const STEP = 1 << 13

/**
 * Finds the contents of a field that may equal a text, in any ASCII case: those with a
 * value of the same hash. Whether they do is for the asker to judge.
 */
export class TextIndex implements Holder {
  /** By the low bits of a hash: 1 + the newest entry, 0 for none. */
  private buckets = new Int32Array(1024)
  private hashes = new Int32Array(1024)
  private codes = new Int32Array(1024)
  /** By entry: 1 + the one before it in its bucket. */
  private earlier = new Int32Array(1024)
  private count = 0
  private covered: Code = 0

  constructor(
    private readonly reader: FieldReader,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.buckets = new Int32Array(1024)
    this.hashes = new Int32Array(1024)
    this.codes = new Int32Array(1024)
    this.earlier = new Int32Array(1024)
    this.count = 0
    this.covered = 0
  }

  /** Takes in the contents up to a code. */
  *prepare(size: Code): Generator<void, void> {
    while (this.covered < size) {
      const end = Math.min(size, this.covered + STEP)
      while (this.covered < end) {
        const code = ++this.covered
        for (const value of this.reader.of(code))
          this.add(hashFolded(String(value)), code)
      }
      yield
    }
    this.memory.use(this, this.codes.length * 12 + this.buckets.length * 4)
  }

  /** The contents after code `after` that may equal a text. */
  *find(text: string, after: Code): Generator<Code, void> {
    const hash = hashFolded(text)
    let entry = this.buckets[hash & (this.buckets.length - 1)]!
    while (entry !== 0 && this.codes[entry - 1]! > after) {
      if (this.hashes[entry - 1] === hash) yield this.codes[entry - 1]!
      entry = this.earlier[entry - 1]!
    }
  }

  private add(hash: number, code: Code): void {
    if (this.count === this.codes.length) this.grow()
    const entry = this.count++
    this.hashes[entry] = hash
    this.codes[entry] = code
    this.link(entry)
  }

  private link(entry: number): void {
    const bucket = this.hashes[entry]! & (this.buckets.length - 1)
    this.earlier[entry] = this.buckets[bucket]!
    this.buckets[bucket] = entry + 1
  }

  /** Entries stay in order, so that within a bucket the newest codes come first. */
  private grow(): void {
    const length = this.count * 2
    this.hashes = grownTo(this.hashes, length)
    this.codes = grownTo(this.codes, length)
    this.earlier = grownTo(this.earlier, length)
    this.buckets = new Int32Array(length)
    for (let entry = 0; entry < this.count; entry++) this.link(entry)
  }
}

/** A hash that does not tell `A` from `a` (FNV-1a, with the bits mixed at the end). */
function hashFolded(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    hash = Math.imul(hash ^ (unit >= 65 && unit <= 90 ? unit | 32 : unit), 0x01000193)
  }
  return hash ^ (hash >>> 15)
}
