import { parseQuery } from '../../src/language/parse'
import type { EventQuery } from '../../src/language/ast'

/** Reads an event query; a lone condition is asked of events of any category. */
export function readEventQuery(text: string): EventQuery {
  const whole = /\bwhere\b/.test(text) ? text : `any where ${text}`
  const { query, diagnostics } = parseQuery(whole)
  if (query?.body.kind === 'event') return query.body
  throw new Error(`${whole}: ${diagnostics[0]?.message ?? 'not an event query'}`)
}
