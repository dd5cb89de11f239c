import type { FieldType } from '../events/schema'
import type { RunFailure } from './result'

/**
 * A query that cannot be answered on the data at hand: the search as a whole fails,
 * not one event (language.md 3.10, 8.3). Thrown inside the engine only; whoever
 * compiles or runs a rule catches it and hands on `failure` as data.
 */
export class EvaluationFailure extends Error {
  readonly failure: RunFailure

  constructor(failure: RunFailure) {
    super(failure.reason)
    this.name = 'EvaluationFailure'
    this.failure = failure
  }
}

const arithmetic = (reason: string): EvaluationFailure =>
  new EvaluationFailure({ type: 'arithmetic_exception', status: 400, reason })

const badArgument = (reason: string): EvaluationFailure =>
  new EvaluationFailure({ type: 'illegal_argument_exception', status: 400, reason })

const badSearch = (reason: string): EvaluationFailure =>
  new EvaluationFailure({ type: 'search_phase_execution_exception', status: 400, reason })

export const integerOverflow = (): EvaluationFailure => arithmetic('integer overflow')
export const longOverflow = (): EvaluationFailure => arithmetic('long overflow')
export const unsignedLongOverflow = (): EvaluationFailure =>
  arithmetic('unsigned_long overflow')
export const divisionByZero = (): EvaluationFailure => arithmetic('/ by zero')

export const notANumber = (text: string, base: number): EvaluationFailure =>
  badArgument(`Unable to convert [${text}] to number of base [${base}]`)

/** An argument whose type no function of that name takes; checking refuses it before. */
export const badFunctionArgument = (name: string, text: string): EvaluationFailure =>
  badArgument(`Function [${name}] cannot take [${text}]`)

/** A name no function has; checking refuses it before. */
export const unknownFunction = (name: string): EvaluationFailure =>
  badArgument(`Unknown function [${name}]`)

/** A constant expression was asked for, but this one names a field. */
export const notConstant = (name: string): EvaluationFailure =>
  badArgument(`[${name}] has no value outside an event`)

/** A tiebreaker that is an array puts its event nowhere (language.md 5.2). */
export const manyTiebreakers = (
  field: string,
  values: readonly unknown[],
): EvaluationFailure =>
  new EvaluationFailure({
    type: 'illegal_argument_exception',
    status: 500,
    reason: `Expected tiebreaker field [${field}] to hold a single comparable value but got [[${values.join(', ')}]]`,
  })

/** A constant that the field's type cannot hold, such as `pid == "abc"`. */
export function badConstant(type: FieldType, text: string): EvaluationFailure {
  switch (type) {
    case 'ip':
      return badSearch(`failed to create query: '${text}' is not an IP string literal.`)
    case 'boolean':
      return badSearch(
        `failed to create query: Can't parse boolean value [${text}], expected [true] or [false]`,
      )
    case 'date':
    case 'date_nanos':
      return badSearch(`failed to parse date field [${text}]`)
    default:
      return badSearch(`failed to create query: For input string: "${text}"`)
  }
}

export const badAddressBlock = (text: string): EvaluationFailure =>
  badSearch(`failed to create query: '${text}' is not an IP string literal.`)

/** What is wrong with a regular expression; the first part is Lucene's own wording. */
const regexpProblems = {
  'end-expected': 'end-of-string expected',
  'early-end': 'unexpected end-of-string',
  'unclosed-group': "expected ')'",
  'unclosed-class': "expected ']'",
  'unclosed-quote': "expected '\"'",
  'unclosed-repeat': "expected '}'",
  'bad-range': 'invalid range: from is after to',
  'bad-repeat': 'invalid repetition range',
  'bad-interval': 'interval syntax error',
  'too-complex': 'it takes too many states to decide',
  'too-slow': 'it takes too many steps to decide on one of the texts',
  'not-understood': 'it is not a regular expression that can be run here',
} as const

export const badRegexp = (
  pattern: string,
  problem: keyof typeof regexpProblems,
): EvaluationFailure =>
  badSearch(
    `failed to create query: regular expression [${pattern}]: ${regexpProblems[problem]}`,
  )
