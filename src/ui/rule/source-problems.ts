import type { Diagnostic } from '../../language/diagnostics'
import { lintMetadata } from '../../rules/lint-metadata'
import type { RuleProblem } from '../../rules/read-rules'
import { spanOf, type TomlDocument } from '../../rules/toml-document'

/** Problems of a rule's source at their places in it: those of the query, and lints. */
export function listSourceProblems(
  document: TomlDocument,
  query: string,
  problems: readonly Diagnostic[],
): readonly Diagnostic[] {
  const span = spanOf(document, ['rule', 'query'])
  const moved = span ? problems.map((each) => move(each, document.text, query, span)) : []
  return [...moved, ...lintMetadata(document)]
}

interface Place {
  readonly from: number
  readonly to: number
}

/** Where the query stands in the file as it is, places move; else its whole is named. */
function move(
  problem: Diagnostic,
  text: string,
  query: string,
  { from, to }: Place,
): Diagnostic {
  const start = text.indexOf(query, from)
  const { fixes, ...rest } = problem
  if (start < 0 || start + query.length > to) return { ...rest, from, to }
  const shift = <Moved extends Place>(place: Moved): Moved => ({
    ...place,
    from: place.from + start,
    to: place.to + start,
  })
  const moved = fixes?.map((fix) => ({ ...fix, edits: fix.edits.map(shift) }))
  return { ...shift(rest), ...(moved && { fixes: moved }) }
}

/** Why a source cannot be read, at its place. */
export function placeProblem(
  { message, line = 1, column = 1 }: RuleProblem,
  text: string,
): Diagnostic {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  const from = Math.min(before + column - 1, text.length)
  const to = Math.min(before + (lines[line - 1]?.length ?? 0), text.length)
  return {
    ...{ from, to: Math.max(from, to), severity: 'error', code: 'unreadable-source' },
    message,
  }
}

/** A problem of a file with carriage returns, in its text without them. */
export function withoutReturns(problem: Diagnostic, text: string): Diagnostic {
  const place = (offset: number) => text.slice(0, offset).replaceAll('\r', '').length
  const { fixes: _, ...rest } = problem
  return { ...rest, from: place(problem.from), to: place(problem.to) }
}
