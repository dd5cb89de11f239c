import type { RuleProblem } from '../../rules/read-rules'

/** All sentences about a text that is no rule. */
export const OBJECTIONS = {
  title: 'Nor is it a rule',
  about: 'A rule would be in one of these languages. What each has against the text:',
} as const

/** `Line 3, column 7`; empty where no place is known. */
export const sayPlace = ({ line, column }: RuleProblem): string => {
  if (line === undefined) return ''
  return column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`
}
