import {
  booleanOf,
  isRecord,
  numberOf,
  recordsOf,
  textOf,
  textsOf,
  type JsonRecord,
} from './record'
import type {
  AlertSuppression,
  ExceptionListReference,
  RelatedIntegration,
  RequiredField,
  RiskScoreMapping,
  Rule,
  Severity,
  SeverityMapping,
} from './rule'
import { readThreats, writeThreats } from './threat'

/**
 * How one field of a rule is read from the API's form of it, and written back. `read`
 * answers undefined for what is of another type than it should be.
 */
export interface FieldForm<Value> {
  readonly key: string
  /** Another name that people write for it. */
  readonly alias?: string
  readonly read: (value: unknown) => Value | undefined
  readonly write: (value: Value) => unknown
}

const same = (value: unknown): unknown => value

const text = (key: string, alias?: string): FieldForm<string> => ({
  key,
  read: textOf,
  write: same,
  ...(alias !== undefined && { alias }),
})
const number = (key: string): FieldForm<number> => ({ key, read: numberOf, write: same })
const boolean = (key: string): FieldForm<boolean> => ({
  key,
  read: booleanOf,
  write: same,
})
const texts = (key: string): FieldForm<readonly string[]> => ({
  key,
  read: textsOf,
  write: same,
})
const records = (key: string): FieldForm<readonly JsonRecord[]> => ({
  key,
  read: recordsOf,
  write: same,
})
/** A list of objects, each read and written by itself; what cannot be read is left out. */
const list = <Item>(
  key: string,
  read: (record: JsonRecord) => Item | undefined,
  write: (item: Item) => JsonRecord,
): FieldForm<readonly Item[]> => ({
  key,
  read: (value) => recordsOf(value).flatMap((record) => read(record) ?? []),
  write: (items) => items.map(write),
})

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/** Fields of which a rule always has a list, if only an empty one. */
export const LIST_FIELDS = {
  index: texts('index'),
  tags: texts('tags'),
  author: texts('author'),
  references: texts('references'),
  falsePositives: texts('false_positives'),
  threat: { key: 'threat', read: readThreats, write: writeThreats },
  severityMapping: list('severity_mapping', readSeverityMapping, writeRecord),
  riskScoreMapping: list('risk_score_mapping', readRiskMapping, writeRiskMapping),
  investigationFields: {
    key: 'investigation_fields',
    read: (value) => textsOf(isRecord(value) ? value['field_names'] : undefined),
    write: (fields) => ({ field_names: fields }),
  },
  relatedIntegrations: list('related_integrations', readIntegration, writeRecord),
  requiredFields: list('required_fields', readRequiredField, writeRecord),
  filters: records('filters'),
  exceptionsList: list('exceptions_list', readListReference, writeListReference),
  actions: records('actions'),
  responseActions: records('response_actions'),
} satisfies Partial<{ [Name in keyof Rule]: FieldForm<Rule[Name]> }>

/** Fields that a rule has or has not. */
export const OPTIONAL_FIELDS = {
  ruleId: text('rule_id'),
  type: text('type'),
  severity: {
    key: 'severity',
    read: (value) => SEVERITIES.find((known) => known === value),
    write: same,
  } satisfies FieldForm<Severity>,
  riskScore: number('risk_score'),
  ruleNameOverride: text('rule_name_override'),
  dataViewId: text('data_view_id'),
  interval: text('interval'),
  from: text('from'),
  to: text('to'),
  maxSignals: number('max_signals'),
  enabled: boolean('enabled'),
  version: number('version'),
  revision: number('revision'),
  license: text('license'),
  note: text('note'),
  setup: text('setup'),
  timestampField: text('timestamp_field'),
  tiebreakerField: text('tiebreaker_field'),
  // Some hand-written pages of the documentation call it otherwise (rules.md 1.3).
  eventCategoryOverride: text('event_category_override', 'event_category_field'),
  timestampOverride: text('timestamp_override'),
  timestampOverrideFallbackDisabled: boolean('timestamp_override_fallback_disabled'),
  buildingBlockType: text('building_block_type'),
  timelineId: text('timeline_id'),
  timelineTitle: text('timeline_title'),
  alertSuppression: {
    key: 'alert_suppression',
    read: readSuppression,
    write: writeSuppression,
  } satisfies FieldForm<AlertSuppression>,
  throttle: text('throttle'),
  meta: {
    key: 'meta',
    read: (value: unknown) => (isRecord(value) ? value : undefined),
    write: same,
  } satisfies FieldForm<JsonRecord>,
} satisfies Partial<{ [Name in keyof Rule]: FieldForm<NonNullable<Rule[Name]>> }>

function readSeverityMapping(record: JsonRecord): SeverityMapping | undefined {
  const field = textOf(record['field'])
  if (field === undefined) return undefined
  return {
    field,
    operator: textOf(record['operator']) ?? 'equals',
    value: textOf(record['value']) ?? '',
    severity: textOf(record['severity']) ?? '',
  }
}

function readRiskMapping(record: JsonRecord): RiskScoreMapping | undefined {
  const field = textOf(record['field'])
  const riskScore = numberOf(record['risk_score'])
  if (field === undefined) return undefined
  return {
    field,
    operator: textOf(record['operator']) ?? 'equals',
    value: textOf(record['value']) ?? '',
    ...(riskScore !== undefined && { riskScore }),
  }
}

function writeRiskMapping({ riskScore, ...rest }: RiskScoreMapping): JsonRecord {
  return { ...rest, ...(riskScore !== undefined && { risk_score: riskScore }) }
}

function readIntegration(record: JsonRecord): RelatedIntegration | undefined {
  const name = textOf(record['package'])
  const version = textOf(record['version'])
  const integration = textOf(record['integration'])
  if (name === undefined) return undefined
  return {
    package: name,
    ...(version !== undefined && { version }),
    ...(integration !== undefined && { integration }),
  }
}

function readRequiredField(record: JsonRecord): RequiredField | undefined {
  const name = textOf(record['name'])
  const ecs = booleanOf(record['ecs'])
  if (name === undefined) return undefined
  return {
    name,
    type: textOf(record['type']) ?? 'unknown',
    ...(ecs !== undefined && { ecs }),
  }
}

function readListReference(record: JsonRecord): ExceptionListReference | undefined {
  const listId = textOf(record['list_id'])
  const id = textOf(record['id'])
  if (listId === undefined) return undefined
  return {
    ...(id !== undefined && { id }),
    listId,
    type: textOf(record['type']) ?? 'detection',
    namespaceType: textOf(record['namespace_type']) ?? 'single',
  }
}

function writeListReference(reference: ExceptionListReference): JsonRecord {
  const { listId, namespaceType, ...rest } = reference
  return { ...rest, list_id: listId, namespace_type: namespaceType }
}

function readSuppression(value: unknown): AlertSuppression | undefined {
  if (!isRecord(value)) return undefined
  const strategy = textOf(value['missing_fields_strategy'])
  const duration = isRecord(value['duration']) ? value['duration'] : undefined
  const amount = numberOf(duration?.['value'])
  return {
    groupBy: textsOf(value['group_by']),
    ...(amount !== undefined && {
      duration: { value: amount, unit: textOf(duration?.['unit']) ?? 'm' },
    }),
    ...(strategy !== undefined && { missingFieldsStrategy: strategy }),
  }
}

function writeSuppression(suppression: AlertSuppression): JsonRecord {
  const { groupBy, duration, missingFieldsStrategy } = suppression
  return {
    group_by: groupBy,
    ...(duration && { duration }),
    ...(missingFieldsStrategy !== undefined && {
      missing_fields_strategy: missingFieldsStrategy,
    }),
  }
}

function writeRecord(item: object): JsonRecord {
  return { ...item }
}
