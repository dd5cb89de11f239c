import type { RuleProblem } from './read-rules'

/**
 * The text with the statement at a mistake mended or emptied, so that the rest of the
 * file can be read; line numbers stay. A long string without an end is closed where the
 * next statement begins. Undefined when there is nothing there to empty.
 */
export function mendToml(
  text: string,
  { line = 1, message }: RuleProblem,
  isToml: (text: string) => boolean,
): string | undefined {
  const lines = text.split('\n')
  // A string that never ends is told of at the end of the file.
  const begin = findOpenString(lines) ?? findCulprit(lines, line, message, isToml)
  if (begin === undefined) return undefined
  const end = findEnd(lines, begin)
  const delimiter = DELIMITERS.find((mark) => lines[begin]?.includes(mark))
  const closed = [...lines]
  closed[end] = `${lines[end] ?? ''}${delimiter ?? ''}`
  if (delimiter && isToml(closed.join('\n'))) return closed.join('\n')
  const emptied = lines.map((each, i) => (i >= begin && i <= end ? '' : each))
  const isHeader = /^\s*\[/.test(lines[begin] ?? '')
  // The keys below a broken header would fall to the table above it.
  if (isHeader) emptied[begin] = `[unreadable-${begin + 1}]`
  const mended = emptied.join('\n')
  return mended === text ? undefined : mended
}

const DELIMITERS = ["'''", '"""']
const STATEMENT = /^\s*(?:\[|[A-Za-z0-9_"'.-]+\s*=)/

/**
 * The statement a mistake is in. A list without an end is told of in the statement behind
 * it, which then is in order by itself.
 */
function findCulprit(
  lines: readonly string[],
  line: number,
  message: string,
  isToml: (text: string) => boolean,
): number | undefined {
  const begin = findStart(lines, Math.min(line, lines.length) - 1)
  if (begin === undefined || message.includes('redefine')) return begin
  const alone = lines.slice(begin, findEnd(lines, begin) + 1).join('\n')
  return isToml(alone) ? (findStart(lines, begin - 1) ?? begin) : begin
}

function findStart(lines: readonly string[], at: number): number | undefined {
  for (let i = at; i >= 0; i--) if (STATEMENT.test(lines[i] ?? '')) return i
  return undefined
}

function findEnd(lines: readonly string[], begin: number): number {
  for (let i = begin + 1; i < lines.length; i++) {
    if (/^(?:\[\[?[a-z]|[a-z_]+ = )/.test(lines[i] ?? '')) return i - 1
  }
  return lines.length - 1
}

/** The line on which a long string begins that has no end; the first such. */
function findOpenString(lines: readonly string[]): number | undefined {
  let open: { readonly mark: string; readonly line: number } | undefined
  for (const [line, text] of lines.entries()) {
    if (open === undefined && /^\s*#/.test(text)) continue
    for (const [mark] of text.matchAll(/'''|"""/g)) {
      if (open === undefined) open = { mark, line }
      else if (open.mark === mark) open = undefined
    }
  }
  return open?.line
}
