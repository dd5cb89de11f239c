import {
  booleanOf,
  isRecord,
  numberOf,
  recordsOf,
  textOf,
  textsOf,
  type JsonRecord,
} from './record'
import type { EndpointAction, EndpointFacts } from './rule'

/** Whether `[rule]` of a TOML file is a rule of the endpoint (rules.md 1.4). */
export const isEndpointRule = (rule: JsonRecord): boolean =>
  typeof rule['id'] === 'string' && Array.isArray(rule['os_list'])

/** Reads what is said of the endpoint, from one table with all of its keys. */
export function readEndpointRecord(record: JsonRecord): EndpointFacts {
  return {
    osList: textsOf(record['os_list']),
    actions: recordsOf(record['actions']).map(readAction),
    optionalActions: recordsOf(record['optional_actions']).map(readAction),
    ...present('version', textOf(record['version'])),
    ...present('minEndpointVersion', textOf(record['min_endpoint_version'])),
    ...present('maxEndpointVersion', textOf(record['max_endpoint_version'])),
    ...present('reputation', booleanOf(record['reputation'])),
  }
}

export function writeEndpointRecord(facts: EndpointFacts): JsonRecord {
  return {
    os_list: facts.osList,
    ...present('version', facts.version),
    ...present('min_endpoint_version', facts.minEndpointVersion),
    ...present('max_endpoint_version', facts.maxEndpointVersion),
    ...present('reputation', facts.reputation),
    actions: facts.actions.map((action) => ({ ...action })),
    optional_actions: facts.optionalActions.map((action) => ({ ...action })),
  }
}

const readAction = (record: JsonRecord): EndpointAction => ({
  action: textOf(record['action']) ?? '',
  field: textOf(record['field']) ?? '',
  ...present('state', numberOf(record['state'])),
  ...present('tree', booleanOf(record['tree'])),
})

/** The keys of a file of the endpoint, wherever in it they stand. */
export function endpointRecordOf(table: JsonRecord, rule: JsonRecord): JsonRecord {
  const { actions, optional_actions: optional, internal } = table
  const least = isRecord(internal) ? internal['min_endpoint_version'] : undefined
  return {
    min_endpoint_version: least,
    ...rule,
    actions: actions ?? rule['actions'],
    optional_actions: optional ?? rule['optional_actions'],
  }
}

const present = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>
