import type { ExceptionItem, ExceptionList } from '../../rules/exception-list'
import type { JsonRecord } from '../../rules/record'
import { readRules } from '../../rules/rule-file'
import { OpenRule } from '../state/open-rule.svelte'
import { printSmallRule } from './small-rule'

/**
 * A rule with what it asks and runs by, and with nothing that it says in words besides:
 * no description, no guide, no comments of exceptions. What it and they are called is
 * put through `rename`.
 */
export function withoutWords(open: OpenRule, rename: (name: string) => string): OpenRule {
  const { text, rule, filtersOff, onlyIndices } = open
  const small = printSmallRule({ name: rename(open.name), text, rule }, rule.filters)
  const [read] = readRules(small).rules
  if (!read) throw new Error('A rule that was printed could not be read again.')
  const exceptions = rule.exceptions.map((list) => listWithout(list, rename))
  const bare = new OpenRule({ ...read, exceptions })
  bare.filtersOff = filtersOff
  bare.onlyIndices = onlyIndices
  return bare
}

function listWithout(
  { id, name, type, items, record }: ExceptionList,
  rename: (name: string) => string,
): ExceptionList {
  return {
    ...{ id, name: rename(name), type },
    items: items.map((item) => itemWithout(item, rename)),
    ...(record && { record: recordWithout(record, rename(name)) }),
  }
}

function itemWithout(
  item: ExceptionItem,
  rename: (name: string) => string,
): ExceptionItem {
  const name = rename(item.name)
  return { ...item, name, description: '', record: recordWithout(item.record, name) }
}

/** What exceptions are told apart by and ask; the rest is who wrote them, when and why. */
const ASKED = [
  ...['list_id', 'item_id', 'type', 'namespace_type', 'os_types'],
  ...['entries', 'expire_time'],
]

const recordWithout = (record: JsonRecord, name: string): JsonRecord => ({
  ...Object.fromEntries(Object.entries(record).filter(([key]) => ASKED.includes(key))),
  // A cluster takes none without.
  ...{ name, description: name },
})
