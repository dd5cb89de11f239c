import type { Code, TextPatterns } from '../events/column'
import { foldAscii } from './case-fold'
import type { FieldReader } from './field-values'
import type { Holder, MemoryBudget } from './memory-budget'

/** What a content is, folded: its only text, or its texts. */
type Folded = string | readonly string[]

/** Bytes it may grow by before the budget is told. */
const TOLD = 1 << 18
/** What a text takes beside its letters, roughly. */
const TEXT_BYTES = 24

/**
 * The contents of a field of texts in lower case (ASCII), each folded once for all leaves
 * that do not tell `A` from `a`.
 */
export class FoldedTexts implements Holder {
  /** By code; code 0 is the event without the field. */
  private known: (Folded | undefined)[] = []
  private bytes = 0
  private told = 0

  constructor(
    private readonly reader: FieldReader,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.known = []
    this.bytes = 0
    this.told = 0
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
