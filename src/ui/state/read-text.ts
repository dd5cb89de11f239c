import type { Query } from '../../language/ast'
import type { Diagnostic } from '../../language/diagnostics'
import { parseQuery } from '../../language/parse'
import { fieldsIn, keyNamesOf, stepsOf } from '../../language/walk'
import { sayOtherLanguage } from './wording'

/** What a text says by itself. */
export interface ReadText {
  readonly text: string
  readonly problems: readonly Diagnostic[]
  /** Every field it names, each once; undefined where it cannot be read. */
  readonly fields?: readonly string[] | undefined
}

export function readText(text: string, language: string): ReadText {
  if (language !== 'eql') {
    const problem = wholeText('other-language', sayOtherLanguage(language), text)
    return { text, problems: [problem] }
  }
  const { query, diagnostics } = parseQuery(text)
  return { text, problems: diagnostics, fields: query && fieldNamesOf(query) }
}

/** Whether it is not worth running, whatever the events. */
export const isUnsound = ({ problems }: ReadText): boolean =>
  problems.some(({ severity }) => severity === 'error')

/** A problem that has no place of its own in the text. */
export const wholeText = (code: string, message: string, text: string): Diagnostic => ({
  severity: 'error',
  code,
  message,
  from: 0,
  to: text.length,
})

/** Join keys first, then the fields of conditions in order. */
function fieldNamesOf(query: Query): readonly string[] {
  const steps = stepsOf(query)
  const keys = steps.flatMap((_, step) => keyNamesOf(query, step))
  const named = steps.flatMap((step) => fieldsIn(step.query.condition))
  return [...new Set([...keys, ...named.map(({ name }) => name)])]
}
