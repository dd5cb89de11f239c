import { readExceptionTest, type HidingTest } from './exception-test'
import { nameFilter, readFilterTest } from './filter-test'
import type { Rule } from './rule'

/** One exception or filter of a rule, to be switched on and off. */
export interface RuleFilter {
  /** Unique in the rule. */
  readonly id: string
  readonly kind: 'exception' | 'filter'
  readonly name: string
  /** The exception list it is from. */
  readonly list?: string
  /** The events it hides from every step of the rule, or why it hides none. */
  readonly test: HidingTest
}

/**
 * All that keeps events from a rule (rules.md 3.1, 3.10). Hidden events are as if they
 * were not there: for every step, the missing and `until` ones too. `now` in epoch ms.
 */
export function readRuleFilters(rule: Rule, now: number): readonly RuleFilter[] {
  const filters = rule.filters.map((filter, i): RuleFilter => ({
    id: `filter-${i + 1}`,
    kind: 'filter',
    name: nameFilter(filter),
    test: readFilterTest(filter),
  }))
  // The rule executor leaves out the list of the endpoint itself.
  const lists = rule.exceptions.filter(({ id }) => id !== 'endpoint_list')
  const exceptions = lists.flatMap((list) =>
    list.items.map((item): RuleFilter => ({
      id: `exception-${list.id}-${item.id}`,
      kind: 'exception',
      name: item.name,
      list: list.name,
      test: readExceptionTest(item, now),
    })),
  )
  return [...filters, ...exceptions]
}
