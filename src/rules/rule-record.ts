import type { Rule, Threat, ThreatEntry } from './rule'

/** A rule as the detection API and `[rule]` of a TOML file name its fields. */
export type RuleRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is RuleRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether an object is a rule: it has a name, and a query or a rule's own marks. */
export function isRuleRecord(value: unknown): value is RuleRecord {
  if (!isRecord(value) || typeof value['name'] !== 'string') return false
  const marked = 'rule_id' in value || 'risk_score' in value
  return typeof value['query'] === 'string' || (marked && 'type' in value)
}

/**
 * Reads the fields of one rule (rules.md 1.1 and 1.3). What is absent, or of another
 * type than it should be, is left out: a rule with a bad tag still runs.
 */
export function readRuleRecord(record: RuleRecord, source: Rule['source']): Rule {
  const name = textOf(record['name']) ?? 'Unnamed rule'
  const severity = SEVERITIES.find((known) => known === record['severity'])
  return {
    id: textOf(record['rule_id']) ?? slugOf(name),
    name,
    query: textOf(record['query']) ?? '',
    language: languageOf(record),
    description: textOf(record['description'])?.trim() ?? '',
    index: textsOf(record['index']),
    tags: textsOf(record['tags']),
    author: textsOf(record['author']),
    references: textsOf(record['references']),
    falsePositives: textsOf(record['false_positives']),
    threat: recordsOf(record['threat']).flatMap(readThreat),
    ...(severity && { severity }),
    ...pick(record, OPTIONAL_TEXTS, textOf),
    ...pick(record, OPTIONAL_NUMBERS, numberOf),
    source,
  }
}

/** Lower-case words joined by hyphens: stands in for an id where a rule has none. */
export function slugOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return words ? words.join('-') : 'rule'
}

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const

// Our name, then the file's; the hand-written `event_category_field` is an alias.
const OPTIONAL_TEXTS = {
  interval: ['interval'],
  from: ['from'],
  to: ['to'],
  license: ['license'],
  note: ['note'],
  setup: ['setup'],
  timestampField: ['timestamp_field'],
  tiebreakerField: ['tiebreaker_field'],
  eventCategoryOverride: ['event_category_override', 'event_category_field'],
  timestampOverride: ['timestamp_override'],
} as const
const OPTIONAL_NUMBERS = {
  riskScore: ['risk_score'],
  maxSignals: ['max_signals'],
  version: ['version'],
} as const

function pick<Name extends string, Value>(
  record: RuleRecord,
  names: Readonly<Record<Name, readonly string[]>>,
  read: (value: unknown) => Value | undefined,
): Partial<Record<Name, Value>> {
  const found: Partial<Record<Name, Value>> = {}
  for (const ours in names) {
    const value = names[ours].map((theirs) => read(record[theirs])).find(isPresent)
    if (value !== undefined) found[ours] = value
  }
  return found
}
const isPresent = (value: unknown) => value !== undefined

function languageOf(record: RuleRecord): string {
  const type = textOf(record['type'])
  return textOf(record['language']) ?? (type === undefined ? 'eql' : languageOfType(type))
}
const languageOfType = (type: string) => (type === 'query' ? 'kuery' : type)

function readThreat(threat: RuleRecord): Threat[] {
  const tactic = threat['tactic']
  if (!isRecord(tactic)) return []
  return [
    {
      framework: textOf(threat['framework']) ?? 'MITRE ATT&CK',
      tactic: readEntry(tactic),
      techniques: recordsOf(threat['technique']).map((technique) => ({
        ...readEntry(technique),
        subtechniques: recordsOf(technique['subtechnique']).map(readEntry),
      })),
    },
  ]
}

function readEntry(entry: RuleRecord): ThreatEntry {
  return {
    id: textOf(entry['id']) ?? '',
    name: textOf(entry['name']) ?? '',
    reference: textOf(entry['reference']) ?? '',
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)
const recordsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : [])

/** A list of texts; one text alone counts as a list of it. */
function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((item) => typeof item === 'string')
}
