import type { Diagnostic, QuickFix } from '../../src/language/diagnostics'
import { printElasticError } from '../../src/language/elastic-error'

/** The server's error, and below it our own words and what their fixes make of a text. */
export function printProblems(
  source: string,
  diagnostics: readonly Diagnostic[],
): string {
  const { type, reason } = printElasticError(diagnostics)!
  const server = `${type}: ${reason.replace(/expecting .*/, 'expecting …')}`
  const own = diagnostics.map(({ from, to, code, fixes = [] }) =>
    [
      `  ${code} at “${source.slice(from, to)}”`,
      ...fixes.map((fix) => `    ${fix.label}: ${applyFix(source, fix)}`),
    ].join('\n'),
  )
  return [server, ...own].join('\n')
}

/** A text after the edits of a fix. */
export const applyFix = (source: string, { edits }: QuickFix): string =>
  [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce(
      (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
      source,
    )
