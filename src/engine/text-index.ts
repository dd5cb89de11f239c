import type { Code, TextBytes } from '../events/column'
import type { FieldReader } from './field-values'
import { grownTo } from '../events/grown-to'
import { countBits, listWords, type RowBits } from '../events/row-bits'
import type { Holder, MemoryBudget } from './memory-budget'

/** Contents read between two pauses. */
const STEP = 1 << 11

/** Codes that have a text, as far as an index can tell. */
interface FoundCodes {
  /** Ascending, each once. */
  readonly codes: Uint32Array
  /** Whether they surely have it; else that is for the asker to judge. */
  readonly isSure: boolean
}

/**
 * Finds the contents of a field that equal a text:
 *
 *     hash  ─►  "-enc" 90     ─►  "-Enc" 7     texts of one bucket, the newest first,
 *                 └─ 12 40 71                  and the contents that have each
 *
 * Texts that lie as bytes are told apart when they come, so that what is found is sure;
 * of others, those of one hash are taken for one. Each text is in a bucket by a hash of its
 * own, and in one of all that differ from it in case alone.
 */
export class TextIndex implements Holder {
  /** By the low bits of a hash: 1 + the newest text, 0 for none. */
  private buckets = new Int32Array(0)
  /** The same by the hash for any case. */
  private foldedBuckets = new Int32Array(0)
  /**
   * Side by side for each text: its hash, 1 + the next in the bucket, both again for any
   * case, its place, the newest code, where the block of earlier codes is (0: none), and
   * how many are in that.
   */
  private texts = new Int32Array(0)
  private textCount = 0
  /** Blocks of codes of one text, ascending, each behind the place of the one before it. */
  private blocks = new Int32Array(0)
  /** Where the next is put; none is at 0. */
  private blockEnd = BLOCK_WORDS
  private covered: Code = 0
  /** Whether the hashes are those of bytes. */
  private isOfBytes = false

  constructor(
    private readonly reader: FieldReader,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.buckets = new Int32Array(0)
    this.foldedBuckets = new Int32Array(0)
    this.texts = new Int32Array(0)
    this.textCount = 0
    this.blocks = new Int32Array(0)
    this.blockEnd = BLOCK_WORDS
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
    const { buckets, texts, blocks } = this
    this.memory.use(this, 2 * buckets.byteLength + texts.byteLength + blocks.byteLength)
  }

  /** The contents after code `after`, up to `to`, that may have a text, in this or any case. */
  find(text: string, after: Code, to: Code, anyCase: boolean): FoundCodes {
    const bytes = this.isOfBytes ? this.bytesOf() : undefined
    const sought = bytes?.put(text) ?? 0
    const hash = bytes ? bytes.hashAt(sought, anyCase) : hashFolded(text)
    const found = new Uint32Array((to >>> 5) + 1)
    const { texts } = this
    const buckets = anyCase ? this.foldedBuckets : this.buckets
    const side = anyCase ? FOLDED : EXACT
    let next = buckets[hash & (buckets.length - 1)] ?? 0
    while (next !== 0) {
      const at = (next - 1) * TEXT_WORDS
      const isFound =
        texts[at + side] === hash &&
        (bytes?.areSame(texts[at + PLACE]!, sought, anyCase) ?? true)
      if (isFound) this.mark(found, at, after, to)
      next = texts[at + side + 1]!
    }
    const codes = new Uint32Array(countBits(found))
    listWords(found, 0, found.length, codes)
    return { codes, isSure: bytes !== undefined }
  }

  private mark(found: RowBits, text: number, after: Code, to: Code): void {
    const { texts, blocks } = this
    markCode(found, texts[text + NEWEST]!, after, to)
    let at = texts[text + BLOCK]!
    let count = texts[text + COUNT]!
    // The last code of a block is its greatest.
    while (at !== 0 && blocks[at + count]! > after) {
      for (let i = 1; i <= count; i++) markCode(found, blocks[at + i]!, after, to)
      at = blocks[at]!
      count = BLOCK_CODES
    }
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
    const bytes = this.bytesOf()
    if (this.covered === 0) this.isOfBytes = bytes !== undefined
    const from = this.covered + 1
    if (bytes && this.isOfBytes)
      bytes.forEachHash(from, end, (code, place, hash, anyCase) => {
        this.put(code, this.textAt(hash, anyCase, place, bytes))
      })
    else
      for (let code = from; code <= end; code++)
        for (const value of this.reader.of(code)) {
          const hash = hashFolded(String(value))
          this.put(code, this.textAt(hash, hash, 0, undefined))
        }
    this.covered = end
  }

  private put(code: Code, text: number): void {
    const newest = this.texts[text + NEWEST]!
    if (newest === code) return
    if (newest !== 0) this.keep(text, newest)
    this.texts[text + NEWEST] = code
  }

  private keep(text: number, code: Code): void {
    const { texts } = this
    if (texts[text + BLOCK] === 0 || texts[text + COUNT] === BLOCK_CODES)
      this.addBlock(text)
    this.blocks[texts[text + BLOCK]! + ++texts[text + COUNT]!] = code
  }

  private addBlock(text: number): void {
    const { texts, blockEnd } = this
    if (blockEnd + BLOCK_WORDS > this.blocks.length)
      this.blocks = grownTo(this.blocks, BLOCK_WORDS * 16)
    this.blocks[blockEnd] = texts[text + BLOCK]!
    texts[text + BLOCK] = blockEnd
    texts[text + COUNT] = 0
    this.blockEnd = blockEnd + BLOCK_WORDS
  }

  /** Where the text of a place is among the texts, new if need be. */
  private textAt(
    hash: number,
    anyCase: number,
    place: number,
    bytes: TextBytes | undefined,
  ): number {
    const { texts } = this
    let next = this.buckets[hash & (this.buckets.length - 1)]!
    while (next !== 0) {
      const at = (next - 1) * TEXT_WORDS
      const isSame =
        texts[at + EXACT] === hash &&
        (bytes?.areSame(texts[at + PLACE]!, place, false) ?? true)
      if (isSame) return at
      next = texts[at + EXACT + 1]!
    }
    return this.addText(hash, anyCase, place)
  }

  private addText(hash: number, anyCase: number, place: number): number {
    if (this.textCount === this.buckets.length) this.linkAll(this.textCount * 4)
    const at = this.textCount * TEXT_WORDS
    if (at + TEXT_WORDS > this.texts.length) this.texts = grownTo(this.texts, 64)
    this.texts[at + EXACT] = hash
    this.texts[at + FOLDED] = anyCase
    this.texts[at + PLACE] = place
    this.link(this.textCount++)
    return at
  }

  /** Puts the texts there are into so many buckets, a power of two. */
  private linkAll(length: number): void {
    this.buckets = new Int32Array(length)
    this.foldedBuckets = new Int32Array(length)
    for (let text = 0; text < this.textCount; text++) this.link(text)
  }

  private link(text: number): void {
    const { texts, buckets, foldedBuckets } = this
    const at = text * TEXT_WORDS
    const bucket = texts[at + EXACT]! & (buckets.length - 1)
    texts[at + EXACT + 1] = buckets[bucket]!
    buckets[bucket] = text + 1
    const folded = texts[at + FOLDED]! & (buckets.length - 1)
    texts[at + FOLDED + 1] = foldedBuckets[folded]!
    foldedBuckets[folded] = text + 1
  }

  private makeRoom(size: Code): void {
    if (this.buckets.length > 0) return
    this.texts = new Int32Array(size * TEXT_WORDS)
    this.linkAll(2 ** Math.ceil(Math.log2(size + 1)))
  }
}

// What is where among the words of a text; behind either hash is the next in its bucket.
const EXACT = 0
const FOLDED = 2
const PLACE = 4
const NEWEST = 5
const BLOCK = 6
const COUNT = 7
const TEXT_WORDS = 8
/** Most texts have one content; those of many are read one after another. */
const BLOCK_CODES = 15
const BLOCK_WORDS = 1 + BLOCK_CODES

function markCode(found: RowBits, code: Code, after: Code, to: Code): void {
  if (code > after && code <= to) found[code >>> 5]! |= 1 << (code & 31)
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
