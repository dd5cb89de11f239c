import type { RuleProblem } from './read-rules'
import { wording } from './wording'

export type ParsedJson = { readonly value: unknown } | { readonly problem: RuleProblem }

/** JSON as plain data, or where and why it is not JSON. */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { problem: { message: wording.badJson(reason), ...placeOf(text, reason) } }
  }
}

// Browsers tell the place in their own words, or, where the text just ends, not at all.
function placeOf(text: string, reason: string): Pick<RuleProblem, 'line' | 'column'> {
  const said = /line (\d+),? column (\d+)/.exec(reason)
  if (said) return { line: Number(said[1]), column: Number(said[2]) }
  const position = /position (\d+)/.exec(reason)
  const at = position ? Number(position[1]) : findQuoted(text, reason)
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

/** V8 shows ten characters before the one it stumbled over, or the start of the text. */
function findQuoted(text: string, reason: string): number {
  const [, token = '', dots, quoted = ''] =
    /^Unexpected token '?([^]+?)'?, (\.\.\.)?"([^]*)"(?:\.\.\.)? is not valid/.exec(
      reason,
    ) ?? []
  const from = quoted === '' ? -1 : text.indexOf(quoted)
  if (from < 0) return text.length
  return from + (dots ? Math.min(10, quoted.length) : Math.max(0, quoted.indexOf(token)))
}

/**
 * JSON that was cut off, closed behind its last whole part: what is left can be read, and
 * what was half there is gone. Undefined if nothing is left, or the text was not cut.
 */
export function mendCutJson(text: string): string | undefined {
  const token = /"(?:[^"\\]|\\.)*(?:"|$)|[[\]{},:]/gs
  const open: string[] = []
  let whole: string | undefined
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part === '{' || part === '[') open.push(part === '{' ? '}' : ']')
    else if (part === '}' || part === ']') {
      if (open.pop() !== part) return undefined
      whole = text.slice(0, index + 1) + closersOf(open)
    } else if (part === ',') whole = text.slice(0, index) + closersOf(open)
    else if (isCutString(part) && open.at(-1) === '}')
      whole = cutValue(text, index, open) ?? whole
  }
  return open.length > 0 ? whole : undefined
}

const closersOf = (open: readonly string[]) => [...open].reverse().join('')

const isCutString = (part: string): boolean => {
  if (!part.startsWith('"')) return false
  return part.length < 2 || !/[^\\](?:\\\\)*"$|^"(?:\\\\)*"$/s.test(part)
}

/** A text that was cut off is kept as far as it goes: it may well be the query. */
function cutValue(text: string, at: number, open: readonly string[]): string | undefined {
  if (!/:\s*$/.test(text.slice(0, at))) return undefined
  const kept = text.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, '')
  return `${kept}"${closersOf(open)}`
}
