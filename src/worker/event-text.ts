import type { Column, Scalar } from '../events/column'

/** A scalar as a person reads it: text as it is, everything else as JSON writes it. */
export const scalarText = (value: Scalar): string =>
  typeof value === 'string' ? value : String(value)

/** What a grid cell shows of a row: nothing, one value, or several in brackets. */
export function cellText(column: Column | undefined, row: number): string {
  const code = column?.codeAt(row) ?? 0
  if (!column || code === 0) return ''
  const texts = column.scalars(code).map(scalarText)
  return texts.length > 1 ? `[${texts.join(', ')}]` : (texts[0] ?? '')
}
