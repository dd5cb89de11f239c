import type { AST } from 'toml-eslint-parser'
import { isSameValue } from './record'
import { printInline, printString, type StringStyle } from './toml-print'

/** A string in the place of another: in the same quotes, if it can be written in them. */
export function editString(source: string, value: string): string {
  const style = /^(?:'''|"""|'|")/.exec(source)?.[0] as StringStyle | undefined
  const breaks = /^(?:'''|""")\r?\n/.test(source)
  // A text that becomes longer than a line gets quotes for it, unless it was escaped before.
  const grows = style?.length === 1 && value.includes('\n') && !source.includes('\\n')
  return grows ? printString(value) : printString(value, style, breaks)
}

/** A stretch of the text and what comes in its place. */
export interface TextChange {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/**
 * The smallest change that makes one array of another: elements that stay at its start
 * and at its end are not touched, nor are the comments beside them.
 */
export function editArray(
  text: string,
  array: AST.TOMLArray,
  old: readonly unknown[],
  wanted: readonly unknown[],
): TextChange {
  const { elements, range } = array
  const [start, end] = countKept(old, wanted)
  const last = elements.length - end
  const fresh = wanted.slice(start, wanted.length - end).map(printInline)
  const separator = separatorOf(text, array)
  const joined = fresh.join(separator)
  const at = (index: number, side: 0 | 1) => elements[index]?.range[side] ?? 0
  if (elements.length === 0 || wanted.length === 0) {
    return { from: range[0], to: range[1], insert: printInline(wanted) }
  }
  if (start < last) {
    if (fresh.length > 0)
      return { from: at(start, 0), to: at(last - 1, 1), insert: joined }
    return start > 0
      ? { from: at(start - 1, 1), to: at(last - 1, 1), insert: '' }
      : { from: at(0, 0), to: at(last, 0), insert: '' }
  }
  return start > 0
    ? { from: at(start - 1, 1), to: at(start - 1, 1), insert: separator + joined }
    : { from: at(0, 0), to: at(0, 0), insert: joined + separator }
}

/** How many elements at the start and at the end are the same. */
function countKept(
  old: readonly unknown[],
  wanted: readonly unknown[],
): [number, number] {
  const most = Math.min(old.length, wanted.length)
  let start = 0
  while (start < most && isSameValue(old[start], wanted[start])) start++
  let end = 0
  while (end < most - start && isSameValue(old.at(-1 - end), wanted.at(-1 - end))) end++
  return [start, end]
}

/** Elements on lines of their own stay so. */
function separatorOf(text: string, { range, elements }: AST.TOMLArray): string {
  const first = elements[0]
  if (!first || !text.slice(range[0], first.range[0]).includes('\n')) return ', '
  const line = text.lastIndexOf('\n', first.range[0] - 1) + 1
  return `,\n${text.slice(line, first.range[0])}`
}
