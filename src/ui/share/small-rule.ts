import { stringify } from 'smol-toml'
import type { OpenRule } from '../state/open-rule.svelte'

/**
 * A rule in few characters: its query as it stands and what says which rule it is, as a
 * TOML file that opens as any other. The guide, references and techniques stay behind.
 */
export function printSmallRule({ name, text, rule }: OpenRule): string {
  const { ruleId, index, riskScore, severity, version } = rule
  const { timestampField, tiebreakerField, eventCategoryOverride } = rule
  const said = {
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
  }
  // The query over lines, as people write and read it.
  const head = stringify({ rule: withoutAbsent(said) }).trimEnd()
  return `${head}\nquery = ${printText(text)}\n`
}

const withoutAbsent = (record: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

/** Literal where that can be: backslashes stay single then. */
const printText = (text: string): string =>
  text.includes("'''") || text.endsWith("'") || /[^\P{Cc}\n\t]/u.test(text)
    ? stringify({ text }).trim().slice('text = '.length)
    : `'''\n${text}'''`
