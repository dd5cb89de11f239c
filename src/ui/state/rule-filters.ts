import { readRuleFilters, type RuleFilter } from '../../rules/hidden-events'
import type { HidingFilter } from '../../worker/hiding-filter'
import type { OpenRule } from './open-rule.svelte'

/** The exceptions and filters of a rule, as they are at this time. */
export const filtersOf = ({ rule }: Pick<OpenRule, 'rule'>): readonly RuleFilter[] =>
  rule.filters.length + rule.exceptions.length === 0
    ? []
    : readRuleFilters(rule, Date.now())

/** Those that can be applied here. */
export const listHiding = (rule: Pick<OpenRule, 'rule'>): readonly HidingFilter[] =>
  filtersOf(rule).flatMap(({ id, test }) => (test.ok ? [{ id, hides: test.hides }] : []))
