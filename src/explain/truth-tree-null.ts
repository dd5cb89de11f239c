import type { EvaluationContext } from '../engine/context'
import { findFunction } from '../engine/functions/registry'
import type { Scalar } from '../events/column'
import { columnOfField } from '../events/field-column'
import type { Row } from '../events/row-set'
import type { Expression } from '../language/ast'
import { childrenOf, fieldsIn } from '../language/walk'

/** Why a node is null and not false (language.md 3.1, 3.3, 3.4). */
export type NullReason =
  | {
      /** Fields it cannot do without have no value on this event. */
      readonly code: 'no-value'
      readonly fields: readonly EmptyField[]
      /** The function or computation that is null for it. */
      readonly within?: string
    }
  | {
      /** Optional fields that no index maps: null everywhere, before any event. */
      readonly code: 'unmapped'
      readonly fields: readonly string[]
    }
  /** Something other than `==` or `!=` is asked of a written null. */
  | { readonly code: 'literal' }
  /** `indexOf` finds nothing, and then has no position. */
  | { readonly code: 'not-found'; readonly within: string }
  /** A text is compared with a number, or either with true or false. */
  | { readonly code: 'incomparable' }
  /** Computing it fails on this event, such as a division by zero. */
  | { readonly code: 'failed' }
  /** A part of it is null before any event is looked at. */
  | { readonly code: 'operand' }

export interface EmptyField {
  readonly name: string
  readonly how: 'absent' | 'null' | 'unreadable'
  /** What it holds instead, where its type cannot hold that. */
  readonly value?: Scalar
  readonly type: string
}

/** Why a leaf that folded to null did so; `leaf` as written. */
export const explainConstantNull = (
  leaf: Expression,
  { schema }: Pick<EvaluationContext, 'schema'>,
): NullReason => {
  const names = fieldsIn(leaf).filter(({ name }) => !schema.field(name))
  const fields = [...new Set(names.map(({ name }) => name))]
  return fields.length > 0 ? { code: 'unmapped', fields } : { code: 'literal' }
}

/** Why a leaf is null on one event; `leaf` is folded, and did not fail. */
export const explainNull = (
  leaf: Expression,
  text: string,
  context: EvaluationContext,
  row: Row,
): NullReason => {
  const fields = [...new Set(neededFields(leaf))].flatMap((name) =>
    emptyField(name, context, row),
  )
  const within = fields[0] && computationWith(leaf, fields[0].name)
  if (fields.length > 0)
    return { code: 'no-value', fields, ...(within && { within: textOf(text, within) }) }
  const search = findSearch(leaf)
  return search
    ? { code: 'not-found', within: textOf(text, search) }
    : { code: 'incomparable' }
}

const textOf = (text: string, { from, to }: Expression): string => text.slice(from, to)

/** Fields whose null makes the whole null. */
function neededFields(node: Expression): readonly string[] {
  if (node.kind === 'field') return [node.name]
  const idle = node.kind === 'call' ? (findFunction(node.name)?.mayBeNull ?? []) : []
  return childrenOf(node)
    .filter((_, at) => !idle.includes(at))
    .flatMap(neededFields)
}

function emptyField(
  name: string,
  { table, schema, leaves }: EvaluationContext,
  row: Row,
): readonly EmptyField[] {
  const field = schema.field(name)
  if (!field || leaves.reader(table, field).at(row).length > 0) return []
  const column = columnOfField(table, schema, name)
  const scalars = column?.scalars(column.codeAt(row)) ?? []
  const value = scalars.find((scalar) => scalar !== null)
  const type = field.typeName
  if (value !== undefined) return [{ name, how: 'unreadable', value, type }]
  return [{ name, how: scalars.length > 0 ? 'null' : 'absent', type }]
}

/** The outermost function or sum a field is an argument of; none for a bare field. */
function computationWith(node: Expression, name: string): Expression | undefined {
  if (!fieldsIn(node).some((field) => field.name === name)) return undefined
  const isComputed = ['call', 'arithmetic', 'negate'].includes(node.kind)
  if (isComputed) return node
  return childrenOf(node)
    .map((child) => computationWith(child, name))
    .find((found) => found !== undefined)
}

function findSearch(node: Expression): Expression | undefined {
  if (node.kind === 'call' && node.name.toLowerCase() === 'indexof') return node
  return childrenOf(node)
    .map(findSearch)
    .find((found) => found !== undefined)
}
