import { positionAt } from '../language/position'
import { parseQuery } from '../language/parse'
import { scanTokens } from '../language/tokens'
import { joinLines, type PageLine } from './page-lines'
import type { RuleProblem } from './read-rules'
import { wording } from './wording'

/** The query found in some lines, and the lines it is on. */
export interface FoundQuery {
  readonly query: string
  readonly lines: readonly PageLine[]
  readonly problem?: RuleProblem
}

const START =
  /^\s*(?:(?:sequence|sample|join)\b|\w+\s+where\b|"[^"]+"\s+where\b|\/\*|\/\/)/

/**
 * Finds where the query begins that these lines end with: the first line from which the
 * parser accepts everything (rules.md 1.6). If none is accepted, the last that looks like
 * a beginning is taken, and the parser's objection told.
 */
export function findQuery(lines: readonly PageLine[]): FoundQuery | undefined {
  const starts = lines.flatMap(({ text }, i) => (START.test(text) ? [i] : []))
  const accepted = starts.find((i) => parseQuery(joinLines(lines.slice(i))).query)
  if (accepted !== undefined) return cutAt(lines, accepted)
  const likely =
    starts.findLast((i) => /^\s*(?:sequence|sample)\b/.test(lines[i]!.text)) ??
    starts.at(-1)
  if (likely === undefined) return undefined
  const found = cutAt(lines, likely)
  const problem = objectionTo(found.query, lines[likely]!.number)
  return problem ? { ...found, problem } : found
}

const cutAt = (lines: readonly PageLine[], start: number): FoundQuery => ({
  query: joinLines(lines.slice(start)),
  lines: lines.slice(start),
})

/** The parser's first objection to a query that begins on some line of a page. */
export function objectionTo(query: string, line: number): RuleProblem | undefined {
  const [first] = parseQuery(query).diagnostics.filter((d) => d.severity === 'error')
  if (!first) return undefined
  const place = positionAt(query, first.from)
  return { message: wording.badQuery(first.message), line: line + place.line - 1 }
}

/** What a query may have lost when its page put it on one line. */
export function remarksOnOneLine(query: string): readonly string[] {
  if (query.trim().includes('\n')) return []
  const remarks: string[] = []
  if (withoutStrings(query).includes('//')) remarks.push(wording.commentOnOneLine())
  const hasBlanks = scanTokens(query).some(
    ({ text }) => text.startsWith('"') && text.includes(' '),
  )
  if (hasBlanks) remarks.push(wording.blanksOnOneLine())
  return remarks
}

const withoutStrings = (query: string): string =>
  query
    .replaceAll(/"""[^]*?"""|"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\/\*[^]*?\*\//g, '')
