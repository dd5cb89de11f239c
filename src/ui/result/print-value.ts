import type { Scalar } from '../../events/column'
import { visibleText } from '../frame/visible-text'

/** A cell never needs more; the event card's original text has the rest. */
const LONGEST = 400

/** A value from an event on one line: visible characters only, cut when very long. */
export const printValue = (value: Scalar): string =>
  typeof value === 'string' ? printLine(value) : String(value)

export const printLine = (text: string, longest = LONGEST): string =>
  text.length <= longest
    ? visibleText(text)
    : `${visibleText(text.slice(0, longest))}… (${text.length.toLocaleString('en')} characters)`
