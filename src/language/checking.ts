import type { Schema } from '../events/schema'
import type { Expression, Span } from './ast'
import type { Diagnostic, ElasticError } from './diagnostics'
import { serverError } from './problem'
import type { ValueType } from './value-types'

/** What the checks of one query share; problems are gathered in the server's order. */
export interface Checking {
  readonly schema: Schema
  readonly text: string
  /** An expression as the user wrote it. */
  readonly sourceOf: (node: Span) => string
  readonly problems: Diagnostic[]
}

/** Notes a problem the verifier finds, placed at the start of the node. */
export function refuse(
  { text, problems }: Checking,
  node: Span,
  diagnostic: Diagnostic,
  message: string,
  type: ElasticError['type'] = 'verification_exception',
): false {
  if (problems.length >= MAX_PROBLEMS) return false
  problems.push({ ...diagnostic, elastic: serverError(type, text, node.from, message) })
  return false
}

/** Of problems noted since then, the server would not speak; we still do. */
export function silenceServer({ problems }: Checking, since: number): void {
  for (let i = since; i < problems.length; i++) {
    const { elastic: _, ...own } = problems[i]!
    problems[i] = own
  }
}

/** How the server names a value in its messages: fields by name, the rest as written. */
export const nameOf = ({ sourceOf }: Checking, node: Expression): string =>
  node.kind === 'field' ? node.name : sourceOf(node)

const MAX_PROBLEMS = 100

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']

/** `first argument`; just `argument` for the only one and for those beyond counting. */
export const argumentName = (index: number | undefined): string =>
  index !== undefined && ORDINALS[index] ? `${ORDINALS[index]} argument` : 'argument'

/** An argument of the wrong type, in the server's words (language.md 8.5). */
export const wrongTypeText = (
  position: string,
  operation: string,
  wanted: string,
  found: string,
  type: ValueType,
): string =>
  `${position} of [${operation}] must be [${wanted}], found value [${found}] type [${type}]`
