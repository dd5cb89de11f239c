import type { Span } from './ast'
import type { Diagnostic, ElasticError, QuickFix } from './diagnostics'
import { positionAt } from './position'
import { describeProblem, type ProblemCode, type ProblemValues } from './wording'

/** A problem in our words; the parts that not every problem has are added with spread. */
export function describe<Code extends ProblemCode>(
  span: Span,
  code: Code,
  ...values: ProblemValues<Code>
): Diagnostic {
  return {
    from: span.from,
    to: span.to,
    severity: 'error',
    code,
    ...describeProblem(code, ...values),
  }
}

/** A problem that only may be one: the query runs. */
export const warning = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: 'warning',
})

/** Advice that a good query may ignore. */
export const hint = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: 'hint',
})

/** An error of the server's lexer, grammar or verifier, placed at an offset. */
export function serverError(
  type: ElasticError['type'],
  text: string,
  offset: number,
  message: string,
): ElasticError {
  const status = type.startsWith('ql_') || type === 'illegal_state_exception' ? 500 : 400
  return { type, status, ...positionAt(text, offset), message }
}

/**
 * An error of the server's tree builder: its columns are one too far to the right
 * (language.md 8.4).
 */
export function builderError(
  text: string,
  offset: number,
  message: string,
): ElasticError {
  const error = serverError('parsing_exception', text, offset, message)
  return { ...error, column: error.column + 1 }
}

/** One edit that replaces a span. */
export const replaceFix = (label: string, span: Span, insert: string): QuickFix => ({
  label,
  edits: [{ from: span.from, to: span.to, insert }],
})

/** One edit that inserts at an offset. */
export const insertFix = (label: string, at: number, insert: string): QuickFix =>
  replaceFix(label, { from: at, to: at }, insert)
