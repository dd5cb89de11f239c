import { isId } from './flatten'
import type { JsonObject, JsonValue } from './lossless-json'

/** What an event is called, where it came wrapped in something that says so. */
export interface HitNames {
  readonly id?: string | undefined
  /** The index it is in. */
  readonly index?: string | undefined
}

export const NO_NAMES: HitNames = {}

/** What a record turned out to be. */
export type Unwrapped =
  | {
      readonly kind: 'event'
      readonly source: JsonObject
      readonly names: HitNames
      /** From `fields` of a hit, where every value is put into an array. */
      readonly isFields: boolean
    }
  | { readonly kind: 'action'; readonly names: HitNames }
  | { readonly kind: 'missing' }

/**
 * Finds the event in a record: the `_source` or `fields` of a search hit (search
 * responses, elasticdump, a document copied from Kibana), else the record itself.
 * Action lines of the bulk API and the place holders that EQL responses have for
 * missing events are told apart.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
 */
export function unwrapRecord(record: JsonObject): Unwrapped {
  const wrapped = record['_source']
  if (isObject(wrapped))
    return { kind: 'event', source: wrapped, names: namesOf(record), isFields: false }
  const id = readId(record['_id'])
  if (id !== undefined || '_index' in record) {
    if (record['missing'] === true) return { kind: 'missing' }
    const fields = record['fields']
    if (isObject(fields) && '_index' in record)
      return { kind: 'event', source: fields, names: namesOf(record), isFields: true }
  }
  return (
    readAction(record) ?? {
      kind: 'event',
      source: record,
      names: { id },
      isFields: false,
    }
  )
}

function namesOf({ _id, _index }: JsonObject): HitNames {
  const index = typeof _index === 'string' ? _index : undefined
  return { id: readId(_id), index }
}

const ACTIONS: ReadonlySet<string> = new Set(['index', 'create', 'delete', 'update'])
/** Whether a key of a record, or of the event in it, may mean more than a field. */
export const isReservedKey = (key: string): boolean =>
  key === '_id' || key === '_index' || key === '_source' || ACTIONS.has(key)

const ACTION_KEYS: ReadonlySet<string> = new Set([
  '_id',
  '_index',
  '_type',
  'dynamic_templates',
  'if_primary_term',
  'if_seq_no',
  'list_executed_pipelines',
  'pipeline',
  'require_alias',
  'require_data_stream',
  'retry_on_conflict',
  'routing',
  'version',
  'version_type',
])

function readAction(record: JsonObject): Unwrapped | undefined {
  // Most events are told from an action by their first key.
  for (const key in record) if (!ACTIONS.has(key)) return undefined
  const [action, ...others] = Object.values(record)
  if (!isObject(action) || others.length > 0) return undefined
  const isAction = Object.keys(action).every((key) => ACTION_KEYS.has(key))
  return isAction ? { kind: 'action', names: namesOf(action) } : undefined
}

const readId = (value: JsonValue | undefined) => (isId(value) ? String(value) : undefined)

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
