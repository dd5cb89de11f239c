import { RowSet, type Row } from '../events/row-set'
import type { ConditionNode, LeafNode } from './condition-node'
import { EvaluationFailure } from './failure'
import type { Leaf } from './leaf'
import type { SharedRows } from './shared-rows'

/**
 * The active rows that satisfy a node, in pieces of some milliseconds. What may fail on
 * an event is asked of active events only; of all else the answer is found for all
 * events, and shared.
 * @throws EvaluationFailure
 */
export function* findRows(
  node: ConditionNode,
  active: RowSet,
  shared: SharedRows,
): Generator<void, RowSet> {
  if (node.constant !== undefined || effortOf(node) === Infinity)
    return yield* rowsAmong(node, active)
  const rows = yield* shared.rows(keyOf(node), active.size, (candidates) =>
    rowsFromBase(conjunctsOf(node), candidates, shared),
  )
  return active.and(rows)
}

/** The terms of the top-level `and`, those of `and`s right inside it among them. */
export const conjunctsOf = (node: ConditionNode): readonly ConditionNode[] =>
  node.kind === 'and' ? node.operands.flatMap(conjunctsOf) : [node]

/** A leaf over so few contents narrows the rows down at hardly any cost. */
const fewContents = 256

/**
 * Rules begin alike: a category, an operating system, a type. Their terms over fields of
 * few contents come first, the fewest foremost, and every beginning is shared:
 *
 *     process                      1 of 10 events
 *     process, windows             …
 *     process, windows, start      … and 300 rules go on from here
 */
function* rowsFromBase(
  conjuncts: readonly ConditionNode[],
  candidates: RowSet,
  shared: SharedRows,
): Generator<void, RowSet> {
  const base = conjuncts.filter(isBase).sort(byContents)
  const rest = conjuncts.filter((node) => !isBase(node))
  const rows = yield* rowsOfBase(base, candidates, shared)
  return yield* allAmong(rest, rows)
}

const isBase = (
  node: ConditionNode,
): node is LeafNode & Required<Pick<LeafNode, 'leaf'>> =>
  (node.kind === 'leaf' || node.kind === 'category') &&
  node.leaf !== undefined &&
  node.leaf.contents <= fewContents

type BaseNode = LeafNode & Required<Pick<LeafNode, 'leaf'>>

const byContents = (a: BaseNode, b: BaseNode): number =>
  Number(b.kind === 'category') - Number(a.kind === 'category') ||
  a.leaf.contents - b.leaf.contents ||
  a.leaf.id - b.leaf.id

function* rowsOfBase(
  base: readonly BaseNode[],
  candidates: RowSet,
  shared: SharedRows,
): Generator<void, RowSet> {
  const last = base.at(-1)
  if (!last) return candidates
  const key = `base ${base.map(keyOf).join()}`
  const rows = yield* shared.rows(key, candidates.size, function* (more) {
    const before = yield* rowsOfBase(base.slice(0, -1), more, shared)
    return yield* rowsAmong(last, before)
  })
  return candidates.and(rows)
}

/** Those of the candidates that satisfy the node. @throws EvaluationFailure */
export function* rowsAmong(
  node: ConditionNode,
  candidates: RowSet,
): Generator<void, RowSet> {
  if (node.constant !== undefined)
    return node.constant ? candidates : new RowSet(candidates.size)
  switch (node.kind) {
    case 'and':
      return yield* allAmong(node.operands, candidates)
    case 'or':
      return yield* someAmong(node.operands, candidates)
    case 'not':
      return candidates.without(yield* rowsAmong(node.operand, candidates))
    default: {
      const found = node.leaf
        ? yield* node.leaf.rowsAmong(candidates)
        : new RowSet(candidates.size)
      return node.isNegated ? candidates.without(found) : found
    }
  }
}

/**
 * Those of the candidates for which the node itself is null. A parent takes a null child
 * for false, so that only leaves and folded nodes are (language.md 3.1); what is negated
 * is null only where it cannot be computed.
 */
export function* nullsAmong(
  node: ConditionNode,
  candidates: RowSet,
): Generator<void, RowSet> {
  const none = new RowSet(candidates.size)
  if (node.constant !== undefined) return node.constant === null ? candidates : none
  if ('operands' in node || 'operand' in node || !node.leaf) return none
  const nulls = yield* node.leaf.nullsAmong(candidates)
  if (!node.isNegated) return nulls
  const { leaf } = node
  return RowSet.of(
    candidates.size,
    nulls.rows().filter((row) => isFailing(leaf, row)),
  )
}

function isFailing(leaf: Leaf, row: Row): boolean {
  try {
    leaf.truthAt(row)
    return false
  } catch (error) {
    if (error instanceof EvaluationFailure) return true
    throw error
  }
}

/** Each operand is asked only of the rows that passed all before it, cheap ones first. */
function* allAmong(
  operands: readonly ConditionNode[],
  candidates: RowSet,
): Generator<void, RowSet> {
  let left = candidates
  for (const operand of cheapFirst(operands)) {
    if (left.isEmpty()) return left
    left = yield* rowsAmong(operand, left)
  }
  return left
}

/** Each operand is asked only of the rows that none before it took. */
function* someAmong(
  operands: readonly ConditionNode[],
  candidates: RowSet,
): Generator<void, RowSet> {
  let found = new RowSet(candidates.size)
  let rest = candidates
  for (const operand of cheapFirst(operands)) {
    if (operand.constant !== undefined) continue
    const more = yield* rowsAmong(operand, rest)
    found = found.or(more)
    rest = rest.without(more)
    if (rest.isEmpty()) return found
  }
  return found
}

const cheapFirst = (operands: readonly ConditionNode[]): readonly ConditionNode[] =>
  // Infinity less Infinity is no number; such operands stay as written.
  [...operands].sort((a, b) => effortOf(a) - effortOf(b) || 0)

/** What is negated lets most events pass, so it had better come when few are left. */
const negatedEffort = 1000

/** The effort of a term where terms begin with the least: at most 1 where it starts rules. */
export const startingEffort = (node: ConditionNode): number => {
  if (!isBase(node)) return 1 + effortOf(node)
  return node.kind === 'category' ? 0 : node.leaf.contents / fewContents
}

/** Infinity when something in it may fail on an event. */
function effortOf(node: ConditionNode): number {
  if (node.constant !== undefined) return 0
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.reduce((sum, operand) => sum + effortOf(operand), 1)
    case 'not':
      return negatedEffort + effortOf(node.operand)
    default:
      return (node.isNegated ? negatedEffort : 0) + (node.leaf?.effort ?? 0)
  }
}

/** Says which rows satisfy a node, by the numbers of its leaves. */
function keyOf(node: ConditionNode): string {
  if (node.constant !== undefined) return String(node.constant)
  switch (node.kind) {
    case 'and':
    case 'or':
      return `${node.kind}(${node.operands.map(keyOf).join()})`
    case 'not':
      return `not(${keyOf(node.operand)})`
    default:
      return `${node.isNegated ? '!' : ''}${node.leaf?.id ?? 'null'}`
  }
}
