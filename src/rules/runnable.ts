import { parseQuery } from '../language/parse'
import type { Rule } from './rule'
import { wording } from './wording'

/** Whether a rule can be run here, or the reason why not, as a code and a sentence. */
export type Runnable =
  | { readonly ok: true }
  | {
      readonly ok: false
      /** `other-language`, `no-query`, or the code of the parser's first objection. */
      readonly reason: string
      readonly message: string
      /** The query is in the dialect of the endpoint, which Elasticsearch does not take. */
      readonly isEndpointDialect: boolean
    }

/**
 * Whether a rule's query is one that Elasticsearch takes (rules.md 1.4). Fields are not
 * looked at: whether they exist depends on the events.
 */
export function checkRunnable({ language, type, query }: Rule): Runnable {
  if (language !== 'eql') {
    return refuse('other-language', wording.otherLanguage(type ?? language))
  }
  if (query.trim() === '') return refuse('no-query', wording.nothingToRun())
  const { query: read, diagnostics } = parseQuery(query)
  if (read) return { ok: true }
  const dialect = diagnostics.find(({ code }) => ENDPOINT.has(code))
  const error = dialect ?? diagnostics.find(({ severity }) => severity === 'error')
  const message = wording.notEql(error?.message ?? '')
  return refuse(error?.code ?? 'not-eql', message, dialect !== undefined)
}

/** What the parser calls the words that only rules of the endpoint have. */
const ENDPOINT = new Set(['endpoint-alias', 'endpoint-variable', 'process-relation'])

const refuse = (
  reason: string,
  message: string,
  isEndpointDialect = false,
): Runnable => ({
  ok: false,
  reason,
  message,
  isEndpointDialect,
})
