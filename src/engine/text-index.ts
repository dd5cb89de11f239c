import type { Code, TextBytes } from '../events/column'
import type { FieldReader } from './field-values'
import { grownTo } from '../events/grown-to'
import type { Holder, MemoryBudget } from './memory-budget'

/** Contents read between two pauses. */
const STEP = 1 << 11

/** Codes that have a text, as far as an index can tell. */
interface FoundCodes {
  readonly codes: readonly Code[]
  /** Whether they surely have it; else that is for the asker to judge. */
  readonly isSure: boolean
}

/**
 * Finds the contents of a field that equal a text: those with a value in the same bucket.
 * Texts that lie as bytes are hashed and compared there, and their contents are sure.
 */
export class TextIndex implements Holder {
  /** By the low bits of a hash: 1 + the newest entry, 0 for none. */
  private buckets = new Int32Array(0)
  private codes = new Int32Array(0)
  /** By entry: 1 + the one before it in its bucket. */
  private earlier = new Int32Array(0)
  private count = 0
  private covered: Code = 0
  /** Whether the hashes are those of bytes. */
  private isOfBytes = false

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
    this.isOfBytes = false
  }

  /** Takes in the contents up to a code. */
  *prepare(size: Code): Generator<void, void> {
    while (this.covered < size || this.isStale()) {
      if (this.isStale()) this.forget()
      this.makeRoom(size)
      this.takeMore(Math.min(size, this.covered + STEP))
      yield
    }
    this.memory.use(this, this.codes.length * 8 + this.buckets.length * 4)
  }

  /** The contents after code `after` that may have a text, in just this or any case. */
  find(text: string, after: Code, anyCase: boolean): FoundCodes {
    const texts = this.isOfBytes ? this.bytesOf() : undefined
    const hash = texts ? texts.hash(text) : hashFolded(text)
    const codes: Code[] = []
    let entry = this.buckets[hash & (this.buckets.length - 1)] ?? 0
    let last = Infinity
    while (entry !== 0 && this.codes[entry - 1]! > after) {
      const code = this.codes[entry - 1]!
      if (code !== last) codes.push(code)
      last = code
      entry = this.earlier[entry - 1]!
    }
    if (!texts) return { codes, isSure: false }
    return { codes: texts.having(text, codes, anyCase), isSure: true }
  }

  /** Whether a content has come that is no text, and has no hash of that kind. */
  private isStale(): boolean {
    return this.isOfBytes && !this.bytesOf()
  }

  private bytesOf(): TextBytes | undefined {
    const { kind, column } = this.reader
    return kind === 'text' ? column?.texts?.() : undefined
  }

  private takeMore(end: Code): void {
    const texts = this.bytesOf()
    if (this.covered === 0) this.isOfBytes = texts !== undefined
    if (texts && this.isOfBytes)
      texts.forEachHash(this.covered + 1, end, (code, hash) => this.put(code, hash))
    else
      for (let code = this.covered + 1; code <= end; code++)
        for (const value of this.reader.of(code))
          this.put(code, hashFolded(String(value)))
    this.covered = end
  }

  private put(code: Code, hash: number): void {
    if (this.count === this.codes.length) {
      this.codes = grownTo(this.codes, this.count + 64)
      this.earlier = grownTo(this.earlier, this.count + 64)
    }
    const entry = this.count++
    const bucket = hash & (this.buckets.length - 1)
    this.codes[entry] = code
    this.earlier[entry] = this.buckets[bucket]!
    this.buckets[bucket] = entry + 1
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
