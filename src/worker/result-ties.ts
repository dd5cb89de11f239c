import type { CompiledRule } from '../engine/plan'
import type { Match } from '../engine/result'
import type { Row } from '../events/row-set'
import type { NearMiss } from '../explain/explanation'
import { findMatchTie, findNearMissTie, type OrderTie } from '../explain/ties'
import { printTie } from '../explain/ties-wording'
import type { TieView } from './replay-api'

/** Results of one kind, in the order of their list. */
export type TiedResults =
  | { readonly kind: 'match'; readonly list: readonly Match[] }
  | { readonly kind: 'near-miss'; readonly list: readonly NearMiss[] }

/**
 * Of these results those that hang on the order of events of equal time; `from`: the
 * place of the first of them. Only sequences know an order. Yields after each.
 */
export function* tellTies(
  rule: CompiledRule,
  results: TiedResults,
  from: number,
  nameOf: (row: Row) => string,
): Generator<void, readonly TieView[]> {
  if (rule.kind !== 'sequence') return []
  const works: readonly Generator<void, OrderTie | undefined>[] =
    results.kind === 'match'
      ? results.list.map((match) => findMatchTie(rule, match))
      : results.list.map((miss) => findNearMissTie(rule, miss))
  const ties: TieView[] = []
  for (const [at, work] of works.entries()) {
    const tie = yield* work
    if (tie) ties.push({ index: from + at, sentence: printTie(tie, nameOf) })
    yield
  }
  return ties
}
