import type { AuditLine } from './audit-line'
import { readValue } from './audit-values'

/** The lines of one event, as far as what they say is no list. */
export class AuditRecord {
  /** Lines that tell of the event itself, the first one first. */
  private readonly main: readonly AuditLine[]

  constructor(private readonly lines: readonly AuditLine[]) {
    const main = lines.filter(({ type }) => !LISTS.has(type))
    this.main = main.length > 0 ? main : lines
  }

  get first(): AuditLine {
    return this.main[0]!
  }

  get host(): string | undefined {
    return this.lines.find(({ host }) => host !== undefined)?.host
  }

  linesOf(type: string): readonly AuditLine[] {
    return this.lines.filter((line) => line.type === type)
  }

  /** What a key says, in the first line that has it. */
  text(key: string): string | undefined {
    for (const { fields } of this.main) {
      const text = readValue(key, fields.get(key))
      if (text !== undefined) return text
    }
    return undefined
  }

  /** All keys of those lines, each once. */
  keys(): ReadonlySet<string> {
    return new Set(this.main.flatMap(({ fields }) => [...fields.keys()]))
  }
}

/** Lines that say one thing each, or one of several. */
const LISTS: ReadonlySet<string> = new Set([
  ...['CWD', 'EOE', 'EXECVE', 'PATH', 'PROCTITLE', 'SOCKADDR'],
])
