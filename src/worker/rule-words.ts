import { tellRule } from '../explain/in-words'
import { parseText } from './rule-texts'
import type { RuleInWords } from './why-api'

/** A query text in plain sentences, if it can be read. */
export function tellText(text: string): RuleInWords {
  const { query, diagnostics } = parseText(text)
  const isSound = diagnostics.every(({ severity }) => severity !== 'error')
  return query && isSound ? { ok: true, paragraphs: tellRule(query) } : { ok: false }
}
