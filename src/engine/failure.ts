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

export const badRegexp = (pattern: string, why: string): EvaluationFailure =>
  badSearch(`failed to create query: regular expression [${pattern}]: ${why}`)
