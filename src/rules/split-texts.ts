import { parseQuery } from '../language/parse'
import { looksLikeEql } from './bare-eql'
import { parseToml } from './rule-toml'

/** A part of a text; `line` is how many lines stand before it. */
export interface TextPart {
  readonly text: string
  readonly line: number
}

/**
 * The queries of a text that holds several, parted by empty lines; each with the comments
 * in front of it. A text that is one query, or of which a part is none, stays whole.
 */
export function splitQueries(text: string): readonly TextPart[] {
  const whole = [{ text, line: 0 }]
  if (parseQuery(text).query) return whole
  const parts = splitAt(text, (lines, i) => {
    const rest = lines.slice(i).join('\n')
    return lines[i - 1]?.trim() === '' && lines[i]?.trim() !== '' && looksLikeEql(rest)
  })
  const queries = parts.map((part) => ({ ...part, text: part.text.trim() }))
  return queries.every((part) => parseQuery(part.text).query) ? queries : whole
}

/** The files of a text that is several TOML files in a row. */
export function splitToml(text: string): readonly TextPart[] {
  const isHeader = (line = '') => /^\[(?:metadata|rule)\]/.test(line)
  const rules = [...text.matchAll(/^\[rule\]/gm)].length
  if (rules < 2 || 'table' in parseToml(text)) return [{ text, line: 0 }]
  const mark = /^\[metadata\]/m.test(text) ? '[metadata]' : '[rule]'
  return splitAt(
    text,
    (lines, i) => isHeader(lines[i]) && (lines[i] ?? '').startsWith(mark),
  )
}

/** Cuts before each line that begins a part; what is before the first belongs to it. */
function splitAt(
  text: string,
  begins: (lines: readonly string[], index: number) => boolean,
): readonly TextPart[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((_, i) => (begins(lines, i) ? [i] : []))
  const cuts = [
    0,
    ...starts.filter((start) => lines.slice(0, start).join('').trim() !== ''),
  ]
  return cuts.map((from, i) => ({
    text: lines.slice(from, cuts[i + 1]).join('\n'),
    line: from,
  }))
}
