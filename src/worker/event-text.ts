import type { Column, Scalar } from '../events/column'

/** A scalar as a person reads it: text as it is, everything else as JSON writes it. */
export const scalarText = (value: Scalar): string =>
  typeof value === 'string' ? value : String(value)

/** Longest text of a cell; whoever wants more looks at the event. */
const LONGEST = 4000

/**
 * What a cell shows of a row: nothing, one value, or several in brackets, with an
 * ellipsis where it is cut.
 */
export function cellText(column: Column | undefined, row: number): string {
  const code = column?.codeAt(row) ?? 0
  if (!column || code === 0) return ''
  const scalars = column.scalars(code)
  const [first] = scalars
  if (first === undefined) return ''
  if (scalars.length === 1) return cutText(scalarText(first))
  // No element beyond this number could be seen.
  const texts = scalars.slice(0, LONGEST).map(scalarText)
  return cutText(`[${texts.join(', ')}]`)
}

const cutText = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
