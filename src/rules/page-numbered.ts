import { linesOfPage, type PageLine } from './page-lines'
import type { ReadRules, RuleProblem } from './read-rules'
import type { Rule } from './rule'
import { readTomlRule } from './rule-toml'

/** Reads a page that shows the rule's TOML file with numbered lines (rules.md 1.6 C). */
export function readNumberedPage(text: string, source: Rule['source']): ReadRules {
  const { toml, start } = tomlOfPage(text)
  const { rules, problems } = readTomlRule(toml, source)
  return { rules, problems: problems.map((problem) => moved(problem, start)) }
}

/** The file a numbered page shows, as it was, and the line of the page it begins on. */
export function tomlOfPage(text: string): {
  readonly toml: string
  readonly start: number
} {
  const lines = linesOfPage(text)
  const start = lines.findIndex(({ text: line }) => /^\s*1(?:\[|#)/.test(line))
  return { toml: cutNumbers(lines.slice(Math.max(start, 0))), start }
}

/**
 * Line n is one that begins with exactly n, which is cut off; so `12A job` is line 12, and
 * a file of the page's own text ends at the first line that does not fit.
 */
function cutNumbers(lines: readonly PageLine[]): string {
  const toml: string[] = []
  for (const { text } of lines) {
    const number = String(toml.length + 1)
    const line = text.trimStart()
    if (!line.startsWith(number)) break
    toml.push(line.slice(number.length))
  }
  return `${toml.join('\n')}\n`
}

function moved(problem: RuleProblem, start: number): RuleProblem {
  const { line, column } = problem
  if (line === undefined) return problem
  const width = String(line).length
  return {
    ...problem,
    line: line + start,
    ...(column !== undefined && { column: column + width }),
  }
}
