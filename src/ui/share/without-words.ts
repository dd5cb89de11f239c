import { commentsBetween, scanTokens } from '../../language/tokens'
import type { ExceptionItem, ExceptionList } from '../../rules/exception-list'
import { isRecord, type JsonRecord } from '../../rules/record'
import { readRules } from '../../rules/rule-file'
import { OpenRule } from '../state/open-rule.svelte'
import { printSmallRule } from './small-rule'

/**
 * A rule with what it asks and runs by, without what it says in words besides: description,
 * guide, comments in its query, and those of its exceptions. Its name and theirs are given
 * to `rename`.
 */
export function withoutWords(open: OpenRule, rename: (name: string) => string): OpenRule {
  const { rule, filtersOff, onlyIndices } = open
  const bareRule = { name: rename(open.name), text: withoutComments(open.text), rule }
  const small = printSmallRule(bareRule, rule.filters.map(withoutAlias))
  const [read] = readRules(small).rules
  if (!read) throw new Error('A rule that was printed could not be read again.')
  const exceptions = rule.exceptions.map((list) => listWithout(list, rename))
  const bare = new OpenRule({ ...read, exceptions })
  bare.filtersOff = filtersOff
  bare.onlyIndices = onlyIndices
  return bare
}

/** A query in which spaces stand for the comments. */
export function withoutComments(text: string): string {
  let [rest, end] = ['', 0]
  for (const token of scanTokens(text)) {
    for (const comment of commentsBetween(text, end, token.from)) {
      rest += `${text.slice(end, comment.from)} `
      end = comment.to
    }
    rest += text.slice(end, token.to)
    end = token.to
  }
  return rest
}

/** A filter of the query bar without what somebody called it. */
export function withoutAlias(filter: JsonRecord): JsonRecord {
  if (!isRecord(filter['meta'])) return filter
  const { alias: _alias, ...meta } = filter['meta']
  return { ...filter, meta }
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
