import { applyTransform } from './guide-transform'
import { isSameValue, recordsOf, type JsonRecord } from './record'
import type { AssumedField, Rule } from './rule'
import { LIST_FIELDS, OPTIONAL_FIELDS } from './rule-fields'
import { writeRuleRecord } from './rule-record'

/**
 * The rule as Kibana imports it (rules.md 1.3): all its source says, what every import
 * must have, and what was guessed because a page could not say it.
 */
export function exportRecord(rule: Rule): JsonRecord {
  const said = writeRuleRecord(rule)
  const filled = rule.assumed.filter(
    ({ field, because, value }) =>
      value !== undefined && (REQUIRED.includes(field) || because === 'guess'),
  )
  const note = applyTransform(rule.note, rule.transform)
  return {
    ...Object.fromEntries(filled.map(({ field, value }) => [keyOf(field), value])),
    ...(rule.language === 'eql' && { type: 'eql' }),
    ...said,
    ...(note !== undefined && { note }),
    ...nameLists(rule, said),
  }
}

/** Lists that came in files of their own are named, so that Kibana applies them. */
function nameLists(rule: Rule, { exceptions_list: said }: JsonRecord): JsonRecord {
  const named = new Set(rule.exceptionsList.map(({ listId }) => listId))
  const more = rule.exceptions
    .filter(({ id }) => !named.has(id))
    .map(({ id, type }) => ({ list_id: id, type, namespace_type: 'single' }))
  return more.length > 0 ? { exceptions_list: [...recordsOf(said), ...more] } : {}
}

/** The record without what Kibana notes of its own copy: whose it is, and since when. */
export const withoutServerFields = (record: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !SERVER_FIELDS.has(key)))

const SERVER_FIELDS = new Set([
  ...['id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'immutable'],
  ...['rule_source', 'execution_summary', 'output_index', 'outcome'],
])

const REQUIRED: readonly AssumedField[] = [
  'ruleId',
  'description',
  'severity',
  'riskScore',
]

/** Our name of a field in the API's spelling. */
const keyOf = (field: AssumedField): string => {
  if (field === 'description') return field
  return field === 'index' ? LIST_FIELDS.index.key : OPTIONAL_FIELDS[field].key
}

/**
 * Whether two rules say the same: every field of the API, the facts of the endpoint and
 * the exceptions, whatever format each came in.
 */
export const isSameRule = (left: Rule, right: Rule): boolean =>
  isSameValue(comparableRecord(left), comparableRecord(right))

/** What two rules are compared by, in the API's spelling. */
export const comparableRecord = (rule: Rule): JsonRecord => ({
  ...withoutServerFields(exportRecord(rule)),
  exceptions: rule.exceptions
    .filter(({ items }) => items.length > 0)
    .map(({ id, items }) => ({ id, items: items.map(({ record }) => record) })),
})

/** The names of fields on which two rules differ, in the API's spelling. */
export function differingFields(left: Rule, right: Rule): readonly string[] {
  const [one, other] = [comparableRecord(left), comparableRecord(right)]
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].filter((key) => !isSameValue(one[key], other[key]))
}
