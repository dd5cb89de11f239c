import { tellRule } from '../explain/in-words'
import { parseQuery } from '../language/parse'
import type { RuleInWords } from './why-api'

/** A query text in plain sentences, if it can be read. */
export function tellText(text: string): RuleInWords {
  const { query, diagnostics } = parseQuery(text)
  const isSound = diagnostics.every(({ severity }) => severity !== 'error')
  return query && isSound ? { ok: true, paragraphs: tellRule(query) } : { ok: false }
}
