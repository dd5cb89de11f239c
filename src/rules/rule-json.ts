import { isExceptionItem, isExceptionList } from './exception-list'
import { mendCutJson, parseJson, type ParsedJson } from './json-text'
import { readExport } from './kibana-export'
import type { ReadRules, RuleProblem } from './read-rules'
import { isRecord, type JsonRecord } from './record'
import type { Rule } from './rule'
import { isRuleRecord, readRuleRecord } from './rule-record'
import { wording } from './wording'

/**
 * Reads rules from JSON: one rule or a list of them, a find or bulk answer, a search
 * answer, a packaged asset, or a Kibana export with one object a line (rules.md 1.0
 * rows 1 and 2, 1.2, 1.3). Of a text that was cut off, what is whole is read.
 */
export function readJsonRules(text: string, source: string): ReadRules {
  const whole = parseJson(text)
  if ('value' in whole) return readWholeJson(whole.value, source)
  const lines = text.split('\n').flatMap(readLine)
  const first = lines[0]
  if (
    first &&
    'value' in first.outcome &&
    (lines.length > 1 || isRecord(first.outcome.value))
  ) {
    return readLines(lines)
  }
  const mended = parseJson(mendCutJson(text) ?? '')
  const left = 'value' in mended ? readWholeJson(mended.value, source, 'cut') : undefined
  const problems = [whole.problem, ...(left?.rules.length ? left.problems : [])]
  return { rules: left?.rules ?? [], problems }
}

function readWholeJson(value: unknown, source: string, cut?: 'cut'): ReadRules {
  const records = unwrap(value).filter(isRuleRecord)
  if (isRecord(value) && records.length === 0 && isSummary(value))
    return readExport([value])
  const [only] = records
  if (only && only === value && !cut) return collect([readJsonRule(only, source)], [])
  const rules = records.map((record) =>
    readJsonRule(record, JSON.stringify(record, null, 2)),
  )
  const nothing = rules.length === 0 && [{ message: wording.noRuleInJson() }]
  return collect(rules, nothing || [])
}

const readJsonRule = (record: JsonRecord, text: string) =>
  readRuleRecord(record, { source: { format: 'json', text } })

interface Line {
  readonly text: string
  readonly number: number
  readonly outcome: ParsedJson
}

function readLine(text: string, index: number): Line[] {
  const trimmed = text.trim()
  return trimmed === ''
    ? []
    : [{ text: trimmed, number: index + 1, outcome: parseJson(trimmed) }]
}

/** A line that was cut off is read as far as it goes; others that are no JSON are left out. */
function readLines(lines: readonly Line[]): ReadRules {
  const problems: RuleProblem[] = []
  const records: JsonRecord[] = []
  for (const line of lines) {
    const { number, outcome } = line
    const value = 'value' in outcome ? outcome.value : mendLine(line)
    if ('problem' in outcome || !isRecord(value)) {
      const message = isRecord(value) ? wording.cutLine() : wording.badLine()
      problems.push({ message, line: number })
    }
    if (isRecord(value)) records.push(...unwrapLine(value))
  }
  const read = readExport(records)
  return collect(read.rules, [...problems, ...read.problems])
}

function mendLine({ text }: Line): unknown {
  const mended = parseJson(mendCutJson(text) ?? '')
  const value = 'value' in mended ? mended.value : undefined
  return isRuleRecord(value) ? value : undefined
}

const unwrapLine = (value: JsonRecord): readonly JsonRecord[] =>
  isExceptionItem(value) || isExceptionList(value) || isSummary(value)
    ? [value]
    : unwrap(value).filter(isRecord)

const isSummary = (value: JsonRecord) =>
  'exported_rules_count' in value || 'exported_count' in value

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
