import type { Rule } from './rule'
import type { ReadRules, RuleProblem } from './read-rules'
import { isRecord, isRuleRecord, readRuleRecord, type RuleRecord } from './rule-record'
import { wording } from './wording'

/**
 * Reads rules from JSON: one rule or a list of them, a find or bulk answer, a search
 * answer, a packaged asset, or a Kibana export with one object a line (rules.md 1.0
 * rows 1 and 2, 1.2, 1.3).
 */
export function readJsonRules(text: string): ReadRules {
  const whole = parseJson(text)
  if ('value' in whole) return readWholeJson(whole.value, text)
  const lines = text.split('\n').flatMap(readLine)
  const first = lines[0]
  return first && 'value' in first.outcome && lines.length > 1
    ? readLines(lines)
    : { rules: [], problems: [{ message: wording.badJson(whole.reason) }] }
}

function readWholeJson(value: unknown, text: string): ReadRules {
  const records = unwrap(value).filter(isRuleRecord)
  const [only] = records
  if (only && only === value) return collect([readJsonRule(only, text)], [])
  const rules = records.map((record) =>
    readJsonRule(record, JSON.stringify(record, null, 2)),
  )
  const nothing = rules.length === 0 && [{ message: wording.noRuleInJson() }]
  return collect(rules, nothing || [])
}

const readJsonRule = (record: RuleRecord, text: string) =>
  readRuleRecord(record, { format: 'json', text })

interface Line {
  readonly text: string
  readonly number: number
  readonly outcome: Parsed
}

function readLine(text: string, index: number): Line[] {
  const trimmed = text.trim()
  return trimmed === ''
    ? []
    : [{ text: trimmed, number: index + 1, outcome: parseJson(trimmed) }]
}

function readLines(lines: readonly Line[]): ReadRules {
  const rules: Rule[] = []
  const problems: RuleProblem[] = []
  let exceptions = 0
  let promised: number | undefined
  for (const { text, number, outcome } of lines) {
    const value = 'value' in outcome ? outcome.value : undefined
    if (!isRecord(value)) problems.push({ message: wording.badLine(), line: number })
    else if (isRuleSummary(value)) promised = value.exported_rules_count
    else if ('item_id' in value) exceptions++
    else {
      for (const record of unwrap(value).filter(isRuleRecord)) {
        rules.push(readRuleRecord(record, { format: 'ndjson', text }))
      }
    }
  }
  if (promised !== undefined && promised !== rules.length) {
    problems.push({ message: wording.countDiffers(promised, rules.length) })
  }
  if (exceptions > 0) problems.push({ message: wording.exceptionsNotApplied(exceptions) })
  if (rules.length === 0 && problems.length === 0) {
    problems.push({ message: wording.noRuleInJson() })
  }
  return collect(rules, problems)
}

/** The last line of an export, with its counts. */
const isRuleSummary = (
  value: RuleRecord,
): value is RuleRecord & { exported_rules_count: number } =>
  typeof value['exported_rules_count'] === 'number'

function collect(rules: readonly Rule[], problems: readonly RuleProblem[]): ReadRules {
  const mute = rules.filter((rule) => rule.language === 'eql' && rule.query.trim() === '')
  return {
    rules,
    problems: [
      ...problems,
      ...mute.map((rule) => ({ message: wording.noQuery(rule.name) })),
    ],
  }
}

/** The objects inside whatever answer or asset they were wrapped in. */
function unwrap(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unwrap)
  if (!isRecord(value)) return []
  const { data, hits, attributes, _source } = value
  if (Array.isArray(data)) return data.flatMap(unwrap)
  if (isRecord(hits) && Array.isArray(hits['hits'])) return hits['hits'].flatMap(unwrap)
  if (isRecord(_source)) return unwrap(_source)
  return isRuleRecord(attributes) ? [attributes] : [value]
}

type Parsed = { readonly value: unknown } | { readonly reason: string }
function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}
