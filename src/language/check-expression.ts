import type { Schema } from '../events/schema'
import type { Call, Compare, Expression, In, Literal, Logic, Match } from './ast'
import { checkArguments, checkCall } from './check-call'
import { checkExact, checkField } from './check-field'
import {
  argumentName,
  nameOf,
  refuse,
  silenceServer,
  wrongTypeText,
  type Checking,
} from './checking'
import type { QuickFix } from './diagnostics'
import { describe, replaceFix } from './problem'
import { isConstant, typeOf } from './type-of'
import {
  areCompatible,
  isNumeric,
  isReadFromText,
  isString,
  type ValueType,
} from './value-types'
import { childrenOf } from './walk'

/**
 * Checks an expression from its leaves up, as the server does: a node is looked at only
 * if everything below it is in order (language.md 3.7, 3.11, 8.5). Says whether it is.
 */
export function checkNode(checking: Checking, node: Expression): boolean {
  if (node.kind === 'literal') return true
  if (node.kind === 'call') return checkCallNode(checking, node)
  const inOrder = childrenOf(node).map((child) => checkNode(checking, child))
  if (isLogic(node)) return checkLogic(checking, node, inOrder)
  return inOrder.every(Boolean) && checkOwn(checking, node)
}

/** The server finds a function by its name before it cares for what stands in it. */
function checkCallNode(checking: Checking, node: Call): boolean {
  const signature = checkCall(checking, node)
  const before = checking.problems.length
  const inOrder = node.args.map((arg) => checkNode(checking, arg))
  if (!signature) silenceServer(checking, before)
  return (
    signature !== undefined &&
    inOrder.every(Boolean) &&
    checkArguments(checking, node, signature)
  )
}

const isLogic = (node: Expression): node is Logic =>
  node.kind === 'and' || node.kind === 'or'

function checkOwn(
  checking: Checking,
  node: Exclude<Expression, Literal | Logic | Call>,
): boolean {
  switch (node.kind) {
    case 'field':
      return checkField(checking, node)
    case 'negate':
      return checkOperand(checking, node, node.operand, undefined, 'numeric')
    case 'not':
      return checkOperand(checking, node, node.operand, undefined, 'boolean')
    case 'arithmetic':
      return (
        checkOperand(checking, node, node.left, 0, 'numeric') &&
        checkOperand(checking, node, node.right, 1, 'numeric')
      )
    case 'compare':
      return checkCompare(checking, node)
    case 'in':
      return checkIn(checking, node)
    case 'match':
      return checkMatch(checking, node)
  }
}

const wanted = {
  numeric: isNumeric,
  boolean: (type: ValueType) => type === 'boolean',
}

function checkOperand(
  checking: Checking,
  node: Expression,
  operand: Expression,
  index: number | undefined,
  kind: keyof typeof wanted,
): boolean {
  const type = typeOf(operand, checking.schema)
  if (!type || type === 'null' || wanted[kind](type)) return true
  return refuse(
    checking,
    node,
    describe(operand, kind === 'numeric' ? 'not-numeric' : 'not-boolean', type),
    wrongTypeText(
      argumentName(index),
      checking.sourceOf(node),
      kind,
      nameOf(checking, operand),
      type,
    ),
  )
}

/** `a and b and c` is `(a and b) and c`: one bad operand spoils all pairs after it. */
function checkLogic(
  checking: Checking,
  node: Logic,
  inOrder: readonly boolean[],
): boolean {
  let good = inOrder[0]!
  for (let i = 1; i < node.operands.length; i++) {
    good &&= inOrder[i]!
    if (!good) continue
    const pair = { ...node, to: node.operands[i]!.to }
    good =
      (i > 1 || checkOperand(checking, pair, node.operands[0]!, 0, 'boolean')) &&
      checkOperand(checking, pair, node.operands[i]!, 1, 'boolean')
  }
  return good
}

const checkCompare = (checking: Checking, node: Compare): boolean =>
  checkExact(checking, node.left, node, 0) && checkExact(checking, node.right, node, 1)

function checkIn(checking: Checking, node: In): boolean {
  if (node.caseInsensitive) return checkInsensitiveIn(checking, node)
  return (
    checkExact(checking, node.operand, node, undefined) &&
    checkListConstant(checking, node) &&
    checkListTypes(checking, node)
  )
}

function checkListConstant(checking: Checking, node: In): boolean {
  const offender = node.items.find((item) => !isConstant(item, checking.schema))
  if (!offender) return true
  const name = nameOf(checking, offender)
  return refuse(
    checking,
    node,
    describe(offender, 'list-item-field', name),
    `Comparisons against fields are not (currently) supported; offender [${name}] in [${checking.sourceOf(node)}]`,
  )
}

function checkListTypes(checking: Checking, node: In): boolean {
  const { schema } = checking
  const type = typeOf(node.operand, schema)
  if (!type) return true
  const types = node.items.map((item) => typeOf(item, schema) ?? 'null')
  const index = types.findIndex((one) => !fitsList(type, one))
  if (index < 0) return true
  const item = node.items[index]!
  return refuse(
    checking,
    node,
    describe(item, 'list-item-type', types[index]!, type),
    wrongTypeText(
      `${printOrdinal(index + 1)} argument`,
      checking.sourceOf(node),
      type,
      nameOf(checking, item),
      types[index]!,
    ),
  )
}

/** Addresses, times and versions are listed as texts (language.md C). */
const fitsList = (type: ValueType, item: ValueType): boolean =>
  areCompatible(type, item) ||
  (isReadFromText(type) && isString(item)) ||
  (type === 'datetime' && isNumeric(item))

function printOrdinal(count: number): string {
  const lastTwo = count % 100
  if (lastTwo >= 11 && lastTwo <= 13) return `${count}th`
  return `${count}${['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'}`
}

/** `in~` is a list of case-insensitive equalities, so only texts go with it. */
function checkInsensitiveIn(checking: Checking, node: In): boolean {
  if (!checkListConstant(checking, node)) return false
  if (!checkText(checking, node, node.operand, 0, 'in~')) return false
  return node.items.every((item) => checkText(checking, node, item, 1, 'in~'))
}

function checkMatch(checking: Checking, node: Match): boolean {
  const index = node.op === ':' ? 0 : undefined
  if (!checkText(checking, node, node.operand, index, node.op)) return false
  return node.patterns.every((pattern) => checkText(checking, node, pattern, 1, node.op))
}

/** What `:` and `in~` suggest instead; the server names them by their sign alone. */
const PLAIN: Readonly<Record<string, string>> = { ':': '==', 'in~': 'in' }

function checkText(
  checking: Checking,
  node: In | Match,
  operand: Expression,
  index: number | undefined,
  op: string,
): boolean {
  const type = typeOf(operand, checking.schema)
  if (!type || type === 'null') return true
  if (isString(type)) return checkExact(checking, operand, node, index)
  const plain = PLAIN[op]
  const found = wrongTypeText(
    argumentName(index),
    plain === undefined ? checking.sourceOf(node) : op,
    'string',
    nameOf(checking, operand),
    type,
  )
  const isOperator = node.kind === 'match' && index === 0
  return refuse(
    checking,
    node,
    {
      ...describe(operand, 'not-a-string', op, type),
      fixes: isOperator ? useExact(node) : [],
    },
    plain === undefined ? found : `${found}; consider using [${plain}] instead`,
  )
}

/** `pid : 4` to `pid == 4`, a list to `in`; exact tests know no wildcards. */
function useExact({ op, opSpan, patterns }: Match): readonly QuickFix[] {
  if (op !== ':' || patterns.some(({ value }) => /[*?]/.test(String(value)))) return []
  const exact = patterns.length === 1 ? '==' : 'in'
  return [replaceFix(`Use ${exact}`, opSpan, exact)]
}

/**
 * The first leaf that compares a field with a field: the server's planner gives up there
 * (language.md 3.7). Asked only of a condition that is otherwise in order.
 */
export function findFieldComparison(
  node: Expression,
  schema: Schema,
): Compare | undefined {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'not':
      return childrenOf(node)
        .map((child) => findFieldComparison(child, schema))
        .find(Boolean)
    case 'compare':
      return isConstant(node.left, schema) || isConstant(node.right, schema)
        ? undefined
        : node
    default:
      return undefined
  }
}
