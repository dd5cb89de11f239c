import type { Schema } from '../events/schema'
import type { EventQuery, Expression, FieldRef, Query, Step } from './ast'
import { checkNode, findFieldComparison } from './check-expression'
import { checkField, refuseCategory } from './check-field'
import {
  argumentName,
  nameOf,
  refuse,
  silenceServer,
  wrongTypeText,
  type Checking,
} from './checking'
import type { Diagnostic } from './diagnostics'
import { printExpression } from './print'
import { describe, serverError } from './problem'
import { typeOf } from './type-of'
import { areCompatible, type ValueType } from './value-types'

/** Fields every query depends on without naming them. */
export interface CheckOptions {
  readonly categoryField: string
  readonly timestampField: string
}

/**
 * Checks a query against the fields there are (language.md 3.7, 3.11, 3.12, 4.1, 5.1,
 * 8.5). All problems come together, in the order of the server's verifier; a
 * comparison of fields, over which only its planner stumbles, comes alone and last.
 */
export function checkQuery(
  query: Query,
  schema: Schema,
  options: CheckOptions,
): readonly Diagnostic[] {
  const { text, body } = query
  const sourceOf = ({ from, to }: { from: number; to: number }) => text.slice(from, to)
  const checking: Checking = { schema, text, sourceOf, problems: [] }
  if (body.kind === 'event') {
    const inOrder = checkEventQuery(checking, body, options)
    if (inOrder) checkTimestamp(checking, query, options)
  } else checkSteps(checking, query, options)
  const queries = eventQueriesOf(query)
  if (checking.problems.length === 0) checkWholes(checking, query, queries)
  if (checking.problems.length === 0) checkComparisons(checking, queries)
  return checking.problems
}

/** Checks a lone expression, such as a constant one. */
export function checkExpression(
  expression: Expression,
  schema: Schema,
): readonly Diagnostic[] {
  const sourceOf = (node: object) => printExpression(node as Expression)
  const checking: Checking = { schema, text: '', sourceOf, problems: [] }
  checkNode(checking, expression)
  return checking.problems
}

function eventQueriesOf({ body }: Query): readonly EventQuery[] {
  if (body.kind === 'event') return [body]
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  return [...body.steps, ...until].map(({ query }) => query)
}

function checkEventQuery(
  checking: Checking,
  node: EventQuery,
  { categoryField }: CheckOptions,
): boolean {
  const { category, condition } = node
  const hasCategory =
    category.any ||
    checking.schema.field(categoryField) !== undefined ||
    refuseCategory(checking, category, categoryField)
  const inOrder = checkNode(checking, condition)
  return hasCategory && inOrder && checkUnderCategory(checking, node)
}

/** A named category makes the condition the second half of an `and`. */
function checkUnderCategory(checking: Checking, node: EventQuery): boolean {
  const { category, condition } = node
  const type = typeOf(condition, checking.schema)
  if (category.any || !type || type === 'boolean' || type === 'null') return true
  return refuse(
    checking,
    node,
    describe(condition, 'condition-type', type),
    wrongTypeText(
      argumentName(1),
      checking.sourceOf(node),
      'boolean',
      nameOf(checking, condition),
      type,
    ),
  )
}

function checkTimestamp(
  { schema, problems, text }: Checking,
  { from }: Query,
  { timestampField }: CheckOptions,
) {
  if (schema.field(timestampField)) return
  const word = /^\w*/.exec(text.slice(from))![0]
  problems.push({
    ...describe({ from, to: from + word.length }, 'no-timestamp', timestampField),
    // The server has no place in the text for a field the request names.
    elastic: {
      ...serverError(
        'verification_exception',
        text,
        0,
        `Unknown column [${timestampField}]`,
      ),
      line: -1,
      column: -1,
    },
  })
}

/**
 * Steps in turn: the condition, then the keys. The server looks at the keys of a step
 * only if its condition is in order, so the others have no answer of the server.
 */
function checkSteps(checking: Checking, query: Query, options: CheckOptions) {
  const { body } = query
  if (body.kind === 'event') return
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  let ownKeysAsked = false
  for (const step of [...body.steps, ...until]) {
    const inOrder = checkEventQuery(checking, step.query, options)
    const before = checking.problems.length
    const keys = ownKeysAsked ? step.by : [...body.by, ...step.by]
    ownKeysAsked = true
    for (const key of keys) checkField(checking, key)
    if (!inOrder) silenceServer(checking, before)
  }
  if (checking.problems.length === 0 && body.kind === 'sequence')
    checkTimestamp(checking, query, options)
}

/** What the server asks only once every name and type is in order. */
function checkWholes(
  checking: Checking,
  { body }: Query,
  queries: readonly EventQuery[],
) {
  for (const { category, condition } of queries)
    if (category.any) checkCondition(checking, condition)
  if (body.kind === 'event') return
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  const word = body.kind === 'sequence' ? 'Sequence' : 'Sample'
  checkKeyTypes(checking, word, [...body.steps, ...until])
}

function checkCondition(checking: Checking, condition: Expression) {
  const type = typeOf(condition, checking.schema)
  if (!type || type === 'boolean') return
  refuse(
    checking,
    condition,
    describe(condition, 'condition-type', type),
    `Condition expression needs to be boolean, found [${type.toUpperCase()}]`,
  )
}

function checkKeyTypes(checking: Checking, word: string, steps: readonly Step[]) {
  const [first, ...others] = steps.map(({ by }) => by)
  for (const keys of others)
    for (const [i, key] of keys.entries()) checkKeyPair(checking, word, first![i]!, key)
}

function checkKeyPair(checking: Checking, word: string, first: FieldRef, key: FieldRef) {
  const [wanted, found] = [first, key].map((one) => typeOf(one, checking.schema))
  if (!wanted || !found || areCompatible(wanted, found)) return
  refuse(
    checking,
    key,
    describe(key, 'key-types', key.name, found, first.name, wanted),
    `${word} key [${key.name}] type [${mappingWord(found)}] is incompatible with key [${first.name}] type [${mappingWord(wanted)}]`,
  )
}

/** Keys are named by the mapping's word for their type. */
const mappingWord = (type: ValueType): string => (type === 'datetime' ? 'date' : type)

function checkComparisons(checking: Checking, queries: readonly EventQuery[]) {
  for (const { condition } of queries) {
    const found = findFieldComparison(condition, checking.schema)
    if (!found) continue
    const op = found.op === '!=' ? '==' : found.op
    const offender = nameOf(checking, found.right)
    refuse(
      checking,
      found.right,
      describe(found, 'field-comparison'),
      `Comparisons against fields are not (currently) supported; offender [${offender}] in [${op}]`,
      'ql_illegal_argument_exception',
    )
    return
  }
}
