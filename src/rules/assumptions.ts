import type { AssumedField, Assumption, Rule } from './rule'
import { madeRuleId } from './made-id'

/**
 * What the detection engine uses where a rule says nothing (rules.md 1.1, 1.3), or, of a
 * page that cannot say it, what rules of its kind have (1.6).
 */
export function assume(rule: Omit<Rule, 'assumed'>): readonly Assumption[] {
  const required: Candidate[] = [
    ['severity', 'low'],
    ['riskScore', RISK_SCORES[rule.severity ?? 'low']],
  ]
  if (rule.ruleId === undefined) {
    required.push(['ruleId', madeRuleId(rule.name, rule.query)])
  }
  if (rule.description === '') required.push(['description', rule.name.trim()])
  const candidates = rule.endpoint ? required : [...required, ...scheduleDefaults(rule)]
  return [
    ...candidates
      .filter(([field]) => field === 'description' || isUnsaid(rule, field))
      .map(([field, value]): Assumption => ({ field, value, because: 'default' })),
    ...guessOverride(rule),
  ]
}

/** The value of a field as it is used: what the rule says, else what is assumed. */
export function valueUsed<Field extends AssumedField>(
  rule: Rule,
  field: Field,
): Rule[Field] | Assumption['value'] {
  const assumed = rule.assumed.find((each) => each.field === field)
  return assumed ? assumed.value : rule[field]
}

type Candidate = readonly [AssumedField, Assumption['value']]

/** What Kibana puts beside a severity when a rule is made. */
const RISK_SCORES = { low: 21, medium: 47, high: 73, critical: 99 } as const

function scheduleDefaults({ index, dataViewId }: Pick<Rule, 'index' | 'dataViewId'>) {
  const defaults: Candidate[] = [
    ['interval', '5m'],
    ['from', 'now-6m'],
    ['to', 'now'],
    ['maxSignals', 100],
    ['timestampField', '@timestamp'],
    ['eventCategoryOverride', 'event.category'],
    ['enabled', false],
    ['version', 1],
  ]
  if (index.length === 0 && dataViewId === undefined) {
    defaults.push(['index', DEFAULT_INDEX])
  }
  return defaults
}

/** The indices that Kibana's security solution searches unless told otherwise. */
const DEFAULT_INDEX: readonly string[] = [
  'apm-*-transaction*',
  'auditbeat-*',
  'endgame-*',
  'filebeat-*',
  'logs-*',
  'packetbeat-*',
  'traces-apm*',
  'winlogbeat-*',
  '-*elastic-cloud-logs-*',
]

function isUnsaid(rule: Omit<Rule, 'assumed'>, field: AssumedField): boolean {
  const value = rule[field]
  return value === undefined || (Array.isArray(value) && value.length === 0)
}

/**
 * No page names the timestamp override. All published rules over single events have it,
 * most sequences have not.
 */
function guessOverride(rule: Omit<Rule, 'assumed'>): readonly Assumption[] {
  const { timestampOverride, source, query } = rule
  if (timestampOverride !== undefined) return []
  if (source.format !== 'page' || source.layout === 'numbered') return []
  const isSequence = /(?:^|\n|\*\/)\s*(?:sequence|sample)\b/.test(query)
  const value = isSequence ? undefined : 'event.ingested'
  return [{ field: 'timestampOverride', value, because: 'guess' }]
}
