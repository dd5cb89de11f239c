import type { EvaluationContext } from '../engine/context'
import type { Truth } from '../engine/evidence'
import { kindOf } from '../engine/field-values'
import { holds } from '../engine/compare'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { Call, Compare, Expression } from '../language/ast'
import { childrenOf } from '../language/walk'
import { findTwins } from './traps-twin'
import type { Trap } from './traps-wording'
import { askLeaf, type AskedLeaf } from './truth-tree-leaf'
import type { ShownValue } from './truth-tree-values'
import { explainNull } from './truth-tree-null'

/** What a leaf came to. */
interface Outcome {
  readonly truth: Truth
  readonly values: readonly ShownValue[]
  /** The text of the query. */
  readonly text: string
}

/** The traps of one leaf on one event. */
export function findLeafTraps(
  leaf: AskedLeaf,
  outcome: Outcome,
  context: EvaluationContext,
  row: Row,
): readonly Trap[] {
  const { asked, isNegated } = leaf
  const { truth, values, text } = outcome
  if (leaf.isConstant) return findConstantTraps(leaf, truth, context)
  const isTrueInside = isNegated ? truth === false : truth === true
  const byNumber = findNumberTraps(asked, isTrueInside, values, context)
  if (isTrueInside) return isNegated ? [...findOneOfMany(values), ...byNumber] : byNumber
  const inside = askLeaf(asked, context, row)
  if (inside?.truth === null)
    return isNegated
      ? [{ code: 'unequal-null', why: explainNull(asked, text, context, row) }]
      : []
  return [
    ...findTwinTraps(leaf, context, row),
    ...findLengthTraps(asked, values),
    ...byNumber,
  ]
}

function findConstantTraps(
  { written }: AskedLeaf,
  truth: Truth,
  { schema }: EvaluationContext,
): readonly Trap[] {
  if (written.kind !== 'compare' || written.op !== '!=' || truth !== true) return []
  const fields = [written.left, written.right].flatMap((side) =>
    side.kind === 'field' && !schema.field(side.name) ? [side.name] : [],
  )
  return fields.length > 0 ? [{ code: 'unequal-unmapped', fields }] : []
}

const findOneOfMany = (values: readonly ShownValue[]): readonly Trap[] =>
  values.flatMap(({ field, value, element }) =>
    element ? [{ code: 'one-of-many', field, value, of: element.of }] : [],
  )

/** The first leaf nearly the same that would have been true. */
function findTwinTraps(
  { asked, isCategory }: AskedLeaf,
  context: EvaluationContext,
  row: Row,
): readonly Trap[] {
  for (const { leaf, trap } of findTwins(asked, context.schema)) {
    const answer = askLeaf(leaf, context, row)
    if (answer?.truth === true && isCategory)
      return [categoryTrap(trap.wanted, answer.values[0], context)]
    if (answer?.truth === true) return [{ ...trap, value: answer.values[0] }]
  }
  return []
}

/** The word before `where` minds the case, and knows no other way. */
const categoryTrap = (
  wanted: string,
  value: Scalar | undefined,
  { categoryField }: EvaluationContext,
): Trap => ({
  code: 'case',
  op: `${wanted} where`,
  wanted,
  value,
  instead: `any where ${categoryField} : "${wanted}"`,
})

/** `length(args) == 2` where `args` holds several values. */
function findLengthTraps(
  asked: Expression,
  values: readonly ShownValue[],
): readonly Trap[] {
  const names = callsIn(asked)
    .filter(({ name }) => name.toLowerCase() === 'length')
    .flatMap(({ args: [arg] }) => (arg?.kind === 'field' ? [arg.name] : []))
  return [...new Set(names)].flatMap((field): Trap[] => {
    const found = values.find((value) => value.field === field && value.element)
    return found?.element
      ? [{ code: 'length-of-element', field, of: found.element.of }]
      : []
  })
}

const callsIn = (node: Expression): readonly Call[] => [
  ...(node.kind === 'call' ? [node] : []),
  ...childrenOf(node).flatMap(callsIn),
]

/** A comparison that comes out otherwise for the numbers than for their texts. */
function findNumberTraps(
  asked: Expression,
  isTrue: boolean,
  values: readonly ShownValue[],
  { schema }: EvaluationContext,
): readonly Trap[] {
  if (asked.kind !== 'compare' || asked.left.kind !== 'field') return []
  const field = schema.field(asked.left.name)
  const bound =
    asked.right.kind === 'literal' ? readNumeral(asked.right.value) : undefined
  if (!field || kindOf(field.type) !== 'text' || bound === undefined) return []
  const tricked = values.find(
    ({ value }) => (holdsAsNumber(value, asked.op, bound) ?? isTrue) !== isTrue,
  )
  return tricked?.value === undefined
    ? []
    : [
        {
          code: 'compared-as-text',
          field: asked.left.name,
          value: tricked.value,
          wanted: String(bound),
        },
      ]
}

function holdsAsNumber(
  value: Scalar | undefined,
  op: Compare['op'],
  bound: number,
): boolean | undefined {
  const number = value === undefined ? undefined : readNumeral(value)
  return number === undefined || op === '!=' ? undefined : holds(op, number - bound)
}

const readNumeral = (value: Scalar): number | undefined =>
  (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) || typeof value === 'number'
    ? Number(value)
    : undefined
