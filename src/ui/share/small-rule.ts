import { printTable } from '../../rules/toml-print'
import type { Rule } from '../../rules/rule'
import type { OpenRule } from '../state/open-rule.svelte'

/**
 * A rule in few characters: its query as it stands, what says which rule it is, and those
 * filters, as a TOML file that opens as any other. The guide, references and techniques
 * stay behind.
 */
export function printSmallRule(
  { name, text, rule }: Pick<OpenRule, 'name' | 'text' | 'rule'>,
  filters: Rule['filters'],
): string {
  const { ruleId, index, riskScore, severity, version } = rule
  const { timestampField, tiebreakerField, eventCategoryOverride } = rule
  return printTable([], {
    rule: {
      name,
      rule_id: ruleId,
      version,
      severity,
      risk_score: riskScore,
      type: 'eql',
      language: 'eql',
      index: index.length > 0 ? index : undefined,
      timestamp_field: timestampField,
      tiebreaker_field: tiebreakerField,
      event_category_override: eventCategoryOverride,
      query: text,
      filters: filters.length > 0 ? filters : undefined,
    },
  })
}
