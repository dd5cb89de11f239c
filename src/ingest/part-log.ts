import type { RecordReader } from './record-reader'
import type { PartReport, VariantCount } from './report'

/** What a file came to. */
export interface PartEnd {
  readonly format: string
  readonly problem?: string | undefined
  /** Its bytes ended before their time. */
  readonly isCut?: boolean
}

/** Keeps account of the files in a source, one after another. */
export class PartLog {
  readonly list: PartReport[] = []
  /** Whether any file ended before its time. */
  isAnyCut = false
  private name = ''
  private eventsBefore = 0
  private foundBefore = 0
  private badBefore = 0
  private variantsBefore: ReadonlyMap<string, number> = new Map()

  constructor(
    private readonly reader: RecordReader,
    /** For what is no file in an archive. */
    private readonly sourceName: string,
  ) {}

  begin(name: string | undefined): void {
    const { reader } = this
    this.name = name ?? this.sourceName
    this.eventsBefore = reader.events
    this.foundBefore = reader.events + reader.leftOut
    this.badBefore = reader.bad.count
    this.variantsBefore = countsOf(reader.said.variants)
  }

  end({ format, problem, isCut = false }: PartEnd): void {
    const { name, reader, bad } = this
    if (isCut) this.isAnyCut = true
    const variants = reader.said.variants
      .map(({ name, events }) => ({
        name,
        events: events - (this.variantsBefore.get(name) ?? 0),
      }))
      .filter(({ events }) => events > 0)
    const events = reader.events - this.eventsBefore
    const head = { name, format, events, variants, badCount: bad }
    this.list.push({ ...head, ...(problem !== undefined && { problem }) })
  }

  /** Events of this file, also those that are not kept. */
  get found(): number {
    return this.reader.events + this.reader.leftOut - this.foundBefore
  }

  /** Bad records of this file. */
  get bad(): number {
    return this.reader.bad.count - this.badBefore
  }

  /** The file, if there is but one. */
  get only(): PartReport | undefined {
    return this.list.length === 1 ? this.list[0] : undefined
  }

  /** Names of all formats in which something was found. */
  get formats(): string {
    const names = this.list.map(({ format }) => format)
    const known = new Set(names.filter((name) => name !== UNKNOWN))
    return [...known].join(' and ') || UNKNOWN
  }
}

export const UNKNOWN = 'unknown'

const countsOf = (variants: readonly VariantCount[]) =>
  new Map(variants.map(({ name, events }) => [name, events]))
