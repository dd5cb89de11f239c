import type { Code } from '../events/column'
import type { FieldReader } from './field-values'
import { grownTo } from './grown-to'
import type { Holder, MemoryBudget } from './memory-budget'

/** Contents read between two pauses. */
const STEP = 1 << 13

/**
 * Finds the contents of a field that may equal a text, in any ASCII case: those with a
 * value in the same bucket. Whether they do is for the asker to judge.
 */
export class TextIndex implements Holder {
  /** By the low bits of a hash: 1 + the newest entry, 0 for none. */
  private buckets = new Int32Array(0)
  private codes = new Int32Array(0)
  /** By entry: 1 + the one before it in its bucket. */
  private earlier = new Int32Array(0)
  private count = 0
  private covered: Code = 0

  constructor(
    private readonly reader: FieldReader,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.buckets = new Int32Array(0)
    this.codes = new Int32Array(0)
    this.earlier = new Int32Array(0)
    this.count = 0
    this.covered = 0
  }

  /** Takes in the contents up to a code. */
  *prepare(size: Code): Generator<void, void> {
    while (this.covered < size) {
      this.makeRoom(size)
      const end = Math.min(size, this.covered + STEP)
      while (this.covered < end) this.take(++this.covered)
      yield
    }
    this.memory.use(this, this.codes.length * 8 + this.buckets.length * 4)
  }

  /** Adds the contents after code `after` that may equal a text. */
  find(text: string, after: Code, into: Set<Code>): void {
    let entry = this.buckets[hashFolded(text) & (this.buckets.length - 1)] ?? 0
    while (entry !== 0 && this.codes[entry - 1]! > after) {
      into.add(this.codes[entry - 1]!)
      entry = this.earlier[entry - 1]!
    }
  }

  private take(code: Code): void {
    for (const value of this.reader.of(code)) {
      if (this.count === this.codes.length) {
        this.codes = grownTo(this.codes, this.count + 64)
        this.earlier = grownTo(this.earlier, this.count + 64)
      }
      const entry = this.count++
      const bucket = hashFolded(String(value)) & (this.buckets.length - 1)
      this.codes[entry] = code
      this.earlier[entry] = this.buckets[bucket]!
      this.buckets[bucket] = entry + 1
    }
  }

  /** Buckets for so many contents; when there come to be far more, all begins anew. */
  private makeRoom(size: Code): void {
    if (size <= this.buckets.length * 4 && this.buckets.length > 0) return
    this.forget()
    this.buckets = new Int32Array(2 ** Math.ceil(Math.log2(size + 1)))
    this.codes = new Int32Array(size)
    this.earlier = new Int32Array(size)
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
