import type { Span } from '../language/ast'

/** Puts a text in the place of a span, as those of a QuickFix do. */
export interface TextEdit extends Span {
  readonly insert: string
}

/** The text with all edits made; they do not overlap. */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string =>
  [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce(
      (made, { from, to, insert }) => made.slice(0, from) + insert + made.slice(to),
      text,
    )

/** How many characters go and come. */
export const sizeOf = (edits: readonly TextEdit[]): number =>
  edits.reduce((sum, { from, to, insert }) => sum + (to - from) + insert.length, 0)

export const replaceSpan = ({ from, to }: Span, insert: string): TextEdit => ({
  from,
  to,
  insert,
})

/** Takes one of a list of things out, and what parts it from its neighbour. */
export const removeItem = (items: readonly Span[], at: number): TextEdit | undefined => {
  const item = items[at]
  if (!item || items.length < 2) return undefined
  const before = items[at - 1]
  return before
    ? { from: before.to, to: item.to, insert: '' }
    : { from: item.from, to: items[at + 1]!.from, insert: '' }
}

/**
 * The span with the parentheses and blanks around it, as far as they belong to it alone:
 *
 *     a and ( (b or c) ) and d
 *           ‾‾‾‾‾‾‾‾‾‾‾‾
 */
export const withParentheses = (text: string, span: Span): Span => {
  let { from, to } = span
  for (;;) {
    const left = text.slice(0, from).trimEnd().length - 1
    const right = to + text.slice(to).search(/\S|$/)
    if (text[left] !== '(' || text[right] !== ')') return { from, to }
    from = left
    to = right + 1
  }
}
