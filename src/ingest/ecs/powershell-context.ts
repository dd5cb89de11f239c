/** A line of a context, its name without blanks. */
export interface ContextEntry {
  readonly name: string
  readonly value: string
}

/**
 * Reads `        Host Name = ConsoleHost`, a line each, as PowerShell writes the context of
 * a command. Lines without an equals sign are passed over.
 */
export const readContext = (text: string): ContextEntry[] =>
  text.split('\n').flatMap((line) => readEntry(line, ' \t\r'))

/**
 * Reads `\tHostName=ConsoleHost`: so does the log of Windows PowerShell. A value goes on to
 * the next line that begins with a tab.
 */
export const readClassicContext = (text: string): ContextEntry[] =>
  text
    .replaceAll('\r\n', '\n')
    .split('\n\t')
    .flatMap((entry) => readEntry(entry, '\t\n'))

function readEntry(line: string, blanks: string): readonly ContextEntry[] {
  const at = line.indexOf('=')
  if (at < 0) return []
  const name = line.slice(0, at).replace(/\s/g, '')
  const value = trim(line.slice(at + 1), blanks)
  return name === '' || value === '' ? [] : [{ name, value }]
}

function trim(text: string, blanks: string): string {
  let from = 0
  let to = text.length
  while (from < to && blanks.includes(text[from]!)) from++
  while (to > from && blanks.includes(text[to - 1]!)) to--
  return text.slice(from, to)
}

/** What a command did, a line of its own: `CommandInvocation(Out-Null): "Out-Null"`. */
export interface InvocationDetail {
  readonly type?: string
  readonly related_command?: string
  readonly name?: string
  readonly value?: string
}

export const readDetails = (
  text: string,
  openOf: (line: string, close: number) => number,
): InvocationDetail[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '')
    .map((line) => readDetail(line, openOf))

/** Where the command begins: Elastic takes the last that may be it, */
export const lastOpen = (line: string, close: number): number =>
  close < 0 ? -1 : line.lastIndexOf('(', close - 2)

/** but in the older log the first, if there is no colon before it. */
export function firstOpen(line: string, close: number): number {
  const open = line.indexOf('(')
  return open > close - 2 || line.slice(0, open).includes(':') ? -1 : open
}

function readDetail(
  line: string,
  openOf: (line: string, close: number) => number,
): InvocationDetail {
  const close = line.lastIndexOf('):')
  const open = openOf(line, close)
  if (open < 1) return { value: line }
  const type = line.slice(0, open)
  const known = { type, related_command: line.slice(open + 1, close) }
  const value = line.slice(close + 2).trimStart()
  if (type !== 'ParameterBinding') return { ...known, ...(value !== '' && { value }) }
  const split = value.indexOf(';')
  const from = value.indexOf('value=', split)
  if (!value.startsWith('name=') || split < 0 || from < 0) return { value }
  return { ...known, name: value.slice(5, split), value: value.slice(from + 6) }
}
