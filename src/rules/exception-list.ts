import { isRecord, recordsOf, textOf, textsOf, type JsonRecord } from './record'

/** One test of an exception item (rules.md 1.2). */
export interface ExceptionEntry {
  readonly field: string
  /** `match`, `match_any`, `exists`, `wildcard`, `list`, `nested`, or one we do not know. */
  readonly type: string
  /** `excluded` turns the test round. */
  readonly operator: 'included' | 'excluded'
  /** One value, or those of `match_any`. */
  readonly values: readonly string[]
  /** The value list of a `list` entry, which no export holds. */
  readonly list?: string
  /** Tests on the elements of a `nested` field; their fields go below its own. */
  readonly entries: readonly ExceptionEntry[]
}

/** Events all of whose tests hold are kept from the rule (rules.md 3.10). */
export interface ExceptionItem {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly osTypes: readonly string[]
  /** ISO time from which on the item has no effect. */
  readonly expireTime?: string
  readonly entries: readonly ExceptionEntry[]
  /** As it is written, for the way out. */
  readonly record: JsonRecord
}

export interface ExceptionList {
  readonly id: string
  readonly name: string
  /** `detection`, `rule_default`, `endpoint` and so on. */
  readonly type: string
  readonly items: readonly ExceptionItem[]
  /** The list's own line; absent where only its items came along. */
  readonly record?: JsonRecord
}

export const isExceptionItem = (record: JsonRecord): boolean =>
  'item_id' in record && Array.isArray(record['entries'])

export const isExceptionList = (record: JsonRecord): boolean =>
  'list_id' in record && !('item_id' in record) && !('rule_id' in record)

/** The lists of some lines of an export, each with its items, in their order. */
export function readExceptionLists(
  lists: readonly JsonRecord[],
  items: readonly JsonRecord[],
): readonly ExceptionList[] {
  const ids = new Set([...lists, ...items].map((record) => listIdOf(record)))
  return [...ids].map((id) => {
    const record = lists.find((list) => listIdOf(list) === id)
    return {
      id,
      name: textOf(record?.['name']) ?? id,
      type: textOf(record?.['type']) ?? 'detection',
      items: items.filter((item) => listIdOf(item) === id).map(readExceptionItem),
      ...(record && { record }),
    }
  })
}

const listIdOf = (record: JsonRecord) => textOf(record['list_id']) ?? ''

export function readExceptionItem(record: JsonRecord): ExceptionItem {
  const id = textOf(record['item_id']) ?? textOf(record['id']) ?? ''
  const expireTime = textOf(record['expire_time'])
  return {
    id,
    name: textOf(record['name']) ?? id,
    description: textOf(record['description']) ?? '',
    osTypes: textsOf(record['os_types']),
    ...(expireTime !== undefined && { expireTime }),
    entries: recordsOf(record['entries']).map(readEntry),
    record,
  }
}

function readEntry(entry: JsonRecord): ExceptionEntry {
  const list = isRecord(entry['list']) ? textOf(entry['list']['id']) : undefined
  return {
    field: textOf(entry['field']) ?? '',
    type: textOf(entry['type']) ?? '',
    operator: entry['operator'] === 'excluded' ? 'excluded' : 'included',
    values: textsOf(entry['value']),
    ...(list !== undefined && { list }),
    entries: recordsOf(entry['entries']).map(readEntry),
  }
}
