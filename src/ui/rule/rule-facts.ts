import { valueUsed } from '../../rules/assumptions'
import { isRecord, textOf, type JsonRecord } from '../../rules/record'
import type { AssumedField, Rule } from '../../rules/rule'
import { describeSchedule, readSchedule } from '../../rules/schedule'
import {
  FACT_NAMES,
  FACTS,
  sayDates,
  sayListReference,
  sayReleases,
  saySuppression,
} from './fact-wording'

/** One line of what a rule says of itself. */
export interface Fact {
  readonly name: string
  readonly values: readonly string[]
  /** Present where the source does not say it: why this value is used. */
  readonly assumed?: string
  /** Whether the values are addresses. */
  readonly areLinks?: boolean
}

/**
 * What a rule says of itself and where it does not, what is used in its place (rules.md 1),
 * but for what is shown in a way of its own.
 */
export function listFacts(rule: Rule): readonly Fact[] {
  const { metadata, endpoint } = rule
  const stack = [metadata?.minStackVersion, metadata?.minStackComments].filter(isSaid)
  const facts: readonly (Fact | undefined)[] = [
    ...(endpoint ? [] : listSettings(rule)),
    said('tags', rule.tags),
    said('references', rule.references, true),
    said('relatedIntegrations', rule.relatedIntegrations.map(printIntegration)),
    said('investigationFields', rule.investigationFields),
    said('author', rule.author),
    said('license', [rule.license]),
    endpoint ? said('version', [endpoint.version]) : used(rule, 'version'),
    said('provenance', [sayReleases(rule)]),
    said('dates', [sayDates(rule)]),
    said('maturity', [metadata?.maturity]),
    said('integration', metadata?.integration ?? []),
    said('stack', stack),
    used(rule, 'ruleId'),
    said('revision', [rule.revision?.toString()]),
    said('furtherFacts', [...printAll(metadata?.other), ...printAll(rule.meta)]),
    said('unknown', printAll(rule.unknown)),
  ]
  return facts.filter((fact) => fact !== undefined)
}

/** When and over what it runs, and what becomes of its alerts. */
function listSettings(rule: Rule): readonly (Fact | undefined)[] {
  const schedule = readSchedule(rule)
  return [
    used(rule, 'index'),
    said('dataViewId', [rule.dataViewId]),
    said('schedule', [schedule && describeSchedule(schedule)]),
    used(rule, 'interval'),
    used(rule, 'from'),
    used(rule, 'to'),
    used(rule, 'maxSignals'),
    used(rule, 'timestampOverride'),
    said('noFallback', [rule.timestampOverrideFallbackDisabled === true ? 'yes' : '']),
    used(rule, 'timestampField'),
    said('tiebreakerField', [rule.tiebreakerField]),
    used(rule, 'eventCategoryOverride'),
    used(rule, 'enabled'),
    said('suppression', [saySuppression(rule)]),
    said('severityMapping', rule.severityMapping.map(printSeverityMapping)),
    said(
      'riskScoreMapping',
      rule.riskScoreMapping.map(({ field, riskScore }) =>
        riskScore === undefined ? field : `${field}: ${riskScore}`,
      ),
    ),
    said('ruleNameOverride', [rule.ruleNameOverride]),
    said('buildingBlockType', [rule.buildingBlockType]),
    said('timeline', [rule.timelineTitle]),
    said('timelineId', [rule.timelineId]),
    said(
      'exceptionsList',
      rule.exceptionsList.map((list) => sayListReference(list, rule.exceptions)),
    ),
    said('filters', rule.filters.map(printFilter)),
    said('actions', rule.actions.map(printAction)),
    said('responseActions', rule.responseActions.map(printAction)),
    said('throttle', [rule.throttle]),
  ]
}

/** A value of the rule's own, or the one that is assumed; nothing where there is neither. */
function used(
  rule: Rule,
  field: AssumedField & keyof typeof FACT_NAMES,
): Fact | undefined {
  const value = valueUsed(rule, field)
  const assumption = rule.assumed.find((each) => each.field === field)
  if (value === undefined && !assumption) return undefined
  return {
    name: FACT_NAMES[field],
    values: printValue(value),
    ...(assumption && {
      assumed: assumption.because === 'guess' ? FACTS.byGuess : FACTS.byDefault,
    }),
  }
}

function said(
  field: keyof typeof FACT_NAMES,
  values: readonly (string | undefined)[],
  areLinks = false,
): Fact | undefined {
  const present = values.filter(isSaid)
  if (present.length === 0) return undefined
  return { name: FACT_NAMES[field], values: present, ...(areLinks && { areLinks }) }
}

const isSaid = (value: string | undefined): value is string =>
  value !== undefined && value !== ''

function printValue(value: Rule[AssumedField]): readonly string[] {
  if (value === undefined) return [FACTS.nothing]
  if (typeof value === 'boolean') return [value ? 'yes' : 'no']
  return typeof value === 'object' ? value : [String(value)]
}

const printIntegration = (related: Rule['relatedIntegrations'][number]): string =>
  [related.package, related.integration, related.version].filter(isSaid).join(' ')

/** Keys without a name of ours, as they are written. */
const printAll = (record: JsonRecord | undefined): readonly string[] =>
  Object.entries(record ?? {}).map(([key, value]) => `${key}: ${printJson(value)}`)

const printJson = (value: unknown): string => textOf(value) ?? JSON.stringify(value)

/** By its name where a person gave it one. */
function printFilter({ meta, ...filter }: JsonRecord): string {
  const alias = isRecord(meta) ? textOf(meta['alias']) : undefined
  return isSaid(alias) ? alias : printJson(filter['query'] ?? filter)
}

/** `.email (default): {…}` */
function printAction(action: JsonRecord): string {
  const type = textOf(action['action_type_id']) ?? ''
  const group = textOf(action['group'])
  const params = action['params'] === undefined ? '' : `: ${printJson(action['params'])}`
  return `${type}${group === undefined ? '' : ` (${group})`}${params}`
}

const printSeverityMapping = (mapping: Rule['severityMapping'][number]): string =>
  `${mapping.severity} where ${mapping.field} is ${mapping.value}`
