import type { Diagnostic, ElasticError } from './diagnostics'

/** The `error` of an answer, as Elasticsearch shapes it (language.md 8.3). */
export interface PrintedError {
  readonly type: string
  readonly reason: string
  readonly status: number
}

/**
 * What the server answers to a query with these problems; undefined if it would run
 * it. The stages of the server give the order: whatever stops the parser comes alone,
 * the verifier's problems come all together, the planner's first one comes last.
 */
export function printElasticError(
  diagnostics: readonly Diagnostic[],
): PrintedError | undefined {
  const errors = diagnostics.flatMap(({ elastic }) => (elastic ? [elastic] : []))
  const verified = errors.filter(({ type }) => type === 'verification_exception')
  const first = errors.find(({ type }) => stopsTheParser(type))
  if (first) return printOne(first)
  if (verified.length) return printVerified(verified)
  return errors[0] && printOne(errors[0])
}

const stopsTheParser = (type: ElasticError['type']) =>
  type === 'parsing_exception' ||
  type === 'illegal_state_exception' ||
  type === 'action_request_validation_exception'

function printVerified(errors: readonly ElasticError[]): PrintedError {
  const found = `Found ${errors.length} problem${errors.length === 1 ? '' : 's'}`
  const lines = errors.map((error) => `line ${printPlace(error)}${error.message}`)
  const reason = [found, ...lines].join('\n')
  return { type: 'verification_exception', reason, status: errors[0]!.status }
}

function printOne(error: ElasticError): PrintedError {
  const { type, status, message } = error
  if (type === 'parsing_exception')
    return { type, status, reason: `line ${printPlace(error)}${message}` }
  if (type === 'ql_illegal_argument_exception')
    return { type, status, reason: `Line ${printPlace(error)}${message}` }
  return { type, status, reason: message }
}

const printPlace = ({ line, column }: ElasticError) => `${line}:${column}: `
