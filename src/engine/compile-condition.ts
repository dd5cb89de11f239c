import { RowSet, type Row } from '../events/row-set'
import type { EventQuery, Expression } from '../language/ast'
import { childrenOf } from '../language/walk'
import { costsOf, evidenceAt, isCapped, type ConditionNode } from './condition-node'
import {
  conjunctsOf,
  findRows,
  nullsAmong,
  rowsAmong,
  startingEffort,
} from './condition-rows'
import type { EvaluationContext } from './context'
import { EvaluationFailure } from './failure'
import { joinConstants } from './kleene'
import type { Condition, Term } from './plan'
import { planCategory, planCondition } from './plan-condition'
import { runToEnd } from './run'
import type { SharedRows } from './shared-rows'

/**
 * Binds `category where condition` to the events of one table version (language.md 3.1).
 * The query has been checked against the context's schema.
 * @throws EvaluationFailure when a constant cannot be computed or does not suit its
 * field; `rows` and `prepare` throw it too, for what fails only on the events.
 */
export function compileCondition(
  query: EventQuery,
  context: EvaluationContext,
): Condition {
  context.leaves.fit(context.table, context.schema)
  const { active } = context.table
  const shared = context.leaves.rows
  const category = planCategory(query.category, context)
  const clause = planOnce(query.condition, context)
  const whole = category ? conjunction([category, clause], query) : clause
  let terms: readonly Term[] | undefined
  const makeTerms = (): readonly Term[] =>
    [...(category ? [category] : []), ...conjunctsOf(clause)].map((node) =>
      termOf(node, active, shared),
    )
  return {
    from: query.from,
    to: query.to,
    ...kept(() => findRows(whole, active, shared)),
    costs: () => costsOf(whole),
    evidence: (row) => evidenceAt(whole, row),
    isCapped: () => isCapped(whole),
    // Made when someone looks: most rules are only run.
    get terms() {
      return (terms ??= makeTerms())
    },
    ...(whole.constant !== undefined && { constant: whole.constant }),
  }
}

function planOnce(condition: Expression, context: EvaluationContext): ConditionNode {
  const { plans } = context.leaves
  const before = plans.get(condition)
  if (before) return before
  const plan = planCondition(condition, context)
  // That of the present means another time whenever it is planned.
  if (!mentionsNow(condition)) plans.set(condition, plan)
  return plan
}

/** Whether it may hold date math of the present: what begins with `now` (language.md C). */
function mentionsNow(node: Expression): boolean {
  if (node.kind === 'literal')
    return typeof node.value === 'string' && node.value.startsWith('now')
  // What functions make of constants may begin with anything.
  if (node.kind === 'call' && node.args[0]?.kind !== 'field') return true
  return childrenOf(node).some(mentionsNow)
}

function conjunction(
  operands: readonly ConditionNode[],
  { from, to }: EventQuery,
): ConditionNode {
  const constant = joinConstants(
    'and',
    operands.map((operand) => operand.constant),
  )
  return { kind: 'and', operands, from, to, ...(constant !== undefined && { constant }) }
}

function termOf(node: ConditionNode, active: RowSet, shared: SharedRows): Term {
  let operands: readonly Term[] | undefined
  const findNulls = (among: RowSet): Generator<void, RowSet> =>
    nullsAmong(node, active.and(among))
  const all = kept(() => findTermRows(node, active, shared))
  return {
    from: node.from,
    to: node.to,
    kind: node.kind === 'category' ? 'category' : 'clause',
    ...all,
    get effort() {
      return startingEffort(node)
    },
    // What most events are asked, other rules will ask too.
    *among(candidates) {
      return startingEffort(node) <= 1 || candidates.count() * 2 > active.count()
        ? candidates.and(yield* all.prepare())
        : yield* orOneByOne(node, candidates, () => rowsAmong(node, candidates))
    },
    nulls: (among) => runToEnd(findNulls(among)),
    findNulls,
    get operands() {
      return (operands ??= operandsOf(node).map((each) => termOf(each, active, shared)))
    },
    evidence: (row) => evidenceAt(node, row),
  }
}

const operandsOf = (node: ConditionNode): readonly ConditionNode[] => {
  if ('operands' in node) return node.operands
  return 'operand' in node ? [node.operand] : []
}

const findTermRows = (
  node: ConditionNode,
  active: RowSet,
  shared: SharedRows,
): Generator<void, RowSet> =>
  orOneByOne(node, active, () => findRows(node, active, shared))

/** A term may fail on events that the terms before it keep from the whole. */
function* orOneByOne(
  node: ConditionNode,
  candidates: RowSet,
  find: () => Generator<void, RowSet>,
): Generator<void, RowSet> {
  try {
    return yield* find()
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    const isTrue = (row: Row): boolean => evidenceAt(node, row).truth === true
    return RowSet.of(candidates.size, candidates.rows().filter(isTrue))
  }
}

/** Finds rows once, at once or in pieces. */
function kept(find: () => Generator<void, RowSet>): Pick<Term, 'rows' | 'prepare'> {
  let found: RowSet | undefined
  return {
    rows: () => (found ??= runToEnd(find())),
    *prepare() {
      return (found ??= yield* find())
    },
  }
}
