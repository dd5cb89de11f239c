import type { Code, TextPatterns } from '../events/column'
import { foldAscii } from './case-fold'
import type { FieldReader } from './field-values'
import type { Holder, MemoryBudget } from './memory-budget'
import { addPairs, mayHold, SKETCH_WORDS, type PairSketches } from './pair-sketch'

/** What a content is, folded: its only text, or its texts. */
type Folded = string | readonly string[]

/** Bytes it may grow by before the budget is told. */
const TOLD = 1 << 18
/** Sketching a text that lies nowhere as bytes takes as long as some tests of it. */
const MANY_ASKERS = 4
/** Contents that are sketched at once where they lie as bytes. */
const SKETCHED = 2048
/** What a text takes beside its letters, roughly. */
const TEXT_BYTES = 24

/**
 * The contents of a field of texts in lower case (ASCII), each folded once for all leaves
 * that do not tell `A` from `a`.
 */
export class FoldedTexts implements Holder {
  /** By code; code 0 is the event without the field. */
  private known: (Folded | undefined)[] = []
  /** By code; all 0 as long as nothing is known. */
  private sketches: PairSketches = new Int32Array(0)
  private askers = 0
  private bytes = 0
  private told = 0

  constructor(
    private readonly reader: FieldReader,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.known = []
    this.sketches = new Int32Array(0)
    this.bytes = 0
    this.told = 0
  }

  /** Tells of a leaf that will ask for sketches. */
  addAsker(): void {
    this.askers++
  }

  /**
   * Whether a text of the content may be what one of the needs asks for. Sketches are
   * made where that is cheap, or once several leaves ask.
   */
  mayHold(code: Code, needs: PairSketches): boolean {
    if (code === 0) return false
    if (this.askers < MANY_ASKERS && !this.reader.column?.texts) return true
    const at = code * SKETCH_WORDS
    const { sketches } = this
    const isKnown =
      at < sketches.length &&
      (sketches[at]! | sketches[at + 1]! | sketches[at + 2]! | sketches[at + 3]!) !== 0
    if (!isKnown) this.sketch(code)
    return mayHold(this.sketches, code, needs)
  }

  private sketch(code: Code): void {
    if ((code + 1) * SKETCH_WORDS > this.sketches.length) this.makeSketchRoom()
    if (this.sketchBytes(code)) return
    const texts = this.known[code] ?? this.fold(code)
    if (typeof texts === 'string') addPairs(texts, this.sketches, code)
    else for (const text of texts) addPairs(text, this.sketches, code)
  }

  /** Sketches the contents around a code; false where they do not lie as bytes. */
  private sketchBytes(code: Code): boolean {
    const { column, kind } = this.reader
    const texts = kind === 'text' ? column?.texts?.() : undefined
    if (!texts) return false
    const from = code - ((code - 1) % SKETCHED)
    const last = this.sketches.length / SKETCH_WORDS - 1
    texts.sketch(from, Math.min(from + SKETCHED - 1, last), this.sketches)
    return true
  }

  private makeSketchRoom(): void {
    const size = (this.reader.column?.size ?? 0) + 1
    const longer = new Int32Array(size * SKETCH_WORDS)
    longer.set(this.sketches)
    this.bytes += longer.byteLength - this.sketches.byteLength
    this.sketches = longer
    this.tell()
  }

  /** Whether a text of the content matches; undefined where it does not lie as bytes. */
  matches(code: Code, patterns: TextPatterns): boolean | undefined {
    const { column, kind } = this.reader
    if (code === 0 || kind !== 'text') return undefined
    return column?.texts?.()?.matches(code, patterns)
  }

  /** Whether a text of the content passes. */
  some(code: Code, test: (text: string) => boolean): boolean {
    const texts = this.known[code] ?? this.fold(code)
    return typeof texts === 'string' ? test(texts) : texts.some(test)
  }

  private fold(code: Code): Folded {
    const values = this.reader.of(code)
    const [only] = values
    const folded =
      values.length === 1
        ? foldAscii(String(only))
        : values.map((value) => foldAscii(String(value)))
    this.keep(code, folded)
    return folded
  }

  private keep(code: Code, folded: Folded): void {
    if (code >= this.known.length) this.makeRoom()
    this.known[code] = folded
    for (const text of typeof folded === 'string' ? [folded] : folded)
      this.bytes += text.length + TEXT_BYTES
    if (this.bytes >= this.told + TOLD) this.tell()
  }

  private tell(): void {
    this.told = this.bytes
    this.memory.use(this, this.bytes)
  }

  /** One array made at once: where codes come in any order, pushing would leave gaps. */
  private makeRoom(): void {
    const { known, reader } = this
    const longer = new Array<Folded | undefined>((reader.column?.size ?? 0) + 1)
    for (let code = 0; code < known.length; code++) longer[code] = known[code]
    this.known = longer
  }
}
