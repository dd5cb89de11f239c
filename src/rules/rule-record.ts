import { assume } from './assumptions'
import { readEndpointRecord, writeEndpointRecord } from './endpoint-facts'
import { isRecord, isSameValue, textOf, withoutNulls, type JsonRecord } from './record'
import type { Rule } from './rule'
import { LIST_FIELDS, OPTIONAL_FIELDS, type FieldForm } from './rule-fields'

/** Whether an object is a rule: it has a name, and a query or a rule's own marks. */
export function isRuleRecord(value: unknown): value is JsonRecord {
  if (!isRecord(value) || typeof value['name'] !== 'string') return false
  const marked = 'rule_id' in value || 'risk_score' in value
  return typeof value['query'] === 'string' || (marked && 'type' in value)
}

/** What a rule has besides the fields of the API. */
export type RuleSurroundings = Pick<Rule, 'source'> &
  Partial<
    Pick<
      Rule,
      | 'metadata'
      | 'transform'
      | 'endpoint'
      | 'exceptions'
      | 'connectors'
      | 'provenance'
      | 'history'
      | 'remarks'
    >
  >

/**
 * Reads the fields of one rule (rules.md 1.1 and 1.3). What is absent, or of another
 * type than it should be, is left out: a rule with a bad tag still runs. What could not
 * be read whole is kept in `unknown`, so that no export loses it.
 */
export function readRuleRecord(written: JsonRecord, around: RuleSurroundings): Rule {
  const record = withoutNulls(written)
  const name = textOf(record['name']) ?? 'Unnamed rule'
  const { endpoint, rest: meta } = readMeta(record)
  const facts = {
    name,
    query: textOf(record['query']) ?? '',
    language: languageOf(record),
    description: textOf(record['description'])?.trim() ?? '',
    ...readLists(record),
    ...readOptional(meta),
  }
  const rule: Omit<Rule, 'assumed'> = {
    id: facts.ruleId ?? slugOf(name),
    ...facts,
    exceptions: [],
    connectors: [],
    provenance: {},
    history: [],
    remarks: [],
    ...(endpoint && { endpoint }),
    ...around,
    unknown: findUnknown(meta, facts),
  }
  return { ...rule, assumed: assume(rule) }
}

/**
 * The rule as the API names its fields: all that its source says, and nothing that was
 * assumed. The other way round than `readRuleRecord`.
 */
export function writeRuleRecord(rule: Rule): JsonRecord {
  const { name, description, language, query } = rule
  const entries: [string, unknown][] = [['name', name]]
  if (description) entries.push(['description', description])
  for (const [key, value] of [...optionalEntries(rule), ...listEntries(rule)]) {
    entries.push([key, value])
  }
  if (saysLanguage(rule)) entries.push(['language', language])
  if (query) entries.push(['query', query])
  const record: JsonRecord = { ...Object.fromEntries(entries), ...rule.unknown }
  if (!rule.endpoint) return record
  const meta = { ...rule.meta, endpoint: writeEndpointRecord(rule.endpoint) }
  return { ...record, meta }
}

/** Lower-case words joined by hyphens: stands in for an id where a rule has none. */
export function slugOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return words ? words.join('-') : 'rule'
}

/** The rule with another query; what was kept of one that was no text gives way. */
export function withQuery(rule: Rule, query: string): Rule {
  const { query: _, ...unknown } = rule.unknown
  const changed = { ...rule, query, unknown }
  return { ...changed, assumed: assume(changed) }
}

type Form = FieldForm<unknown>
const LISTS = Object.entries(LIST_FIELDS) as unknown as readonly [ListName, Form][]
const OPTIONAL = Object.entries(OPTIONAL_FIELDS) as unknown as readonly [
  OptionalName,
  Form,
][]
type ListName = keyof typeof LIST_FIELDS
type OptionalName = keyof typeof OPTIONAL_FIELDS

const readLists = (record: JsonRecord) =>
  Object.fromEntries(
    LISTS.map(([name, form]) => [name, form.read(record[form.key]) ?? []]),
  ) as Pick<Rule, ListName>

function readOptional(record: JsonRecord): Pick<Rule, OptionalName> {
  const found = OPTIONAL.map(([name, form]) => [name, readField(record, form)] as const)
  return Object.fromEntries(found.filter(([, value]) => value !== undefined))
}

const readField = (record: JsonRecord, { key, alias, read }: Form) =>
  read(record[key]) ?? (alias === undefined ? undefined : read(record[alias]))

const listEntries = (rule: Rule): [string, unknown][] =>
  LISTS.flatMap(([name, form]) =>
    rule[name].length > 0 ? [[form.key, form.write(rule[name])]] : [],
  )

const optionalEntries = (rule: Rule): [string, unknown][] =>
  OPTIONAL.flatMap(([name, form]) => {
    const value = rule[name]
    return value === undefined ? [] : [[form.key, form.write(value)]]
  })

/** A rule of the endpoint that went through Kibana keeps its facts under `meta`. */
function readMeta(record: JsonRecord) {
  const { meta, ...others } = record
  const endpoint = isRecord(meta) && isRecord(meta['endpoint']) && meta['endpoint']
  if (!endpoint || !Array.isArray(endpoint['os_list'])) return { rest: record }
  const { endpoint: _, ...left } = meta
  const rest = Object.keys(left).length > 0 ? { ...others, meta: left } : others
  return { endpoint: readEndpointRecord(endpoint), rest }
}

const FORMS = [...LISTS, ...OPTIONAL]
const READ_ELSEWHERE = ['name', 'query', 'language', 'description']

function findUnknown(record: JsonRecord, facts: Partial<Rule>): JsonRecord {
  const kept = Object.entries(record).filter(([key, value]) => {
    if (READ_ELSEWHERE.includes(key)) return typeof value !== 'string'
    const known = FORMS.find(([, form]) => form.key === key || form.alias === key)
    if (!known) return true
    const [name, form] = known
    const read = facts[name]
    if (isEmpty(read) && isEmpty(value)) return false
    return read === undefined || !isSameValue(form.write(read), withoutEmpty(value))
  })
  return Object.fromEntries(kept)
}

const isEmpty = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.length === 0)

/** An empty list within an object says no more than its absence. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (!isRecord(value) || value instanceof Date) return value
  const kept = Object.entries(value).filter(([, item]) => !isEmpty(item))
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutEmpty(item)]))
}

function languageOf(record: JsonRecord): string {
  const type = textOf(record['type'])
  return textOf(record['language']) ?? (type === undefined ? 'eql' : languageOfType(type))
}
const languageOfType = (type: string) => (type === 'query' ? 'kuery' : type)

/** Kinds of rules without a query language have none to write. */
const saysLanguage = ({ language, type }: Rule): boolean =>
  language !== type || ['eql', 'esql'].includes(language)
