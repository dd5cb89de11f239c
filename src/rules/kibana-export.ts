import {
  isExceptionItem,
  isExceptionList,
  readExceptionLists,
  type ExceptionList,
} from './exception-list'
import type { ReadRules, RuleProblem } from './read-rules'
import { isRecord, numberOf, textOf, type JsonRecord } from './record'
import type { Rule } from './rule'
import { isRuleRecord, readRuleRecord } from './rule-record'
import { wording } from './wording'

/**
 * Reads the lines of a Kibana export (rules.md 1.2): rules with the exception lists and
 * connectors they name. What the last line counts is compared with what was read.
 */
export function readExport(records: readonly JsonRecord[]): ReadRules {
  const lists = readExceptionLists(
    records.filter(isExceptionList),
    records.filter(isExceptionItem),
  )
  const connectors = records.filter(isConnector)
  const rules = records.filter(isRuleLine).map((record) => {
    const own = listsOf(record, lists)
    return readExportedRule(record, own, connectorsOf(record, connectors))
  })
  const summary = records.find((record) => 'exported_rules_count' in record)
  return {
    rules,
    problems: [
      ...compareCounts(summary, rules.length, lists),
      ...tellLost(lists, rules),
      ...(rules.length === 0 && !summary ? [{ message: wording.noRuleInJson() }] : []),
    ],
  }
}

const isConnector = (record: JsonRecord): boolean =>
  record['type'] === 'action' && isRecord(record['attributes'])

const isRuleLine = (record: JsonRecord): boolean =>
  isRuleRecord(record) && !isConnector(record) && !isExceptionList(record)

function readExportedRule(
  record: JsonRecord,
  exceptions: readonly ExceptionList[],
  connectors: readonly JsonRecord[],
): Rule {
  const lines = [record, ...linesOf(exceptions), ...connectors]
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  return readRuleRecord(record, {
    source: { format: 'ndjson', text },
    exceptions,
    connectors,
  })
}

/** The lines of some lists: each list, then its items. */
export const linesOf = (lists: readonly ExceptionList[]): readonly JsonRecord[] =>
  lists.flatMap(({ record, items }) => [
    ...(record ? [record] : []),
    ...items.map((item) => item.record),
  ])

function listsOf(record: JsonRecord, lists: readonly ExceptionList[]) {
  const named = idsOf(record['exceptions_list'], 'list_id')
  return lists.filter(({ id }) => named.includes(id))
}

function connectorsOf(record: JsonRecord, connectors: readonly JsonRecord[]) {
  const named = idsOf(record['actions'], 'id')
  return connectors.filter(({ id }) => typeof id === 'string' && named.includes(id))
}

const idsOf = (list: unknown, key: string): readonly string[] =>
  Array.isArray(list)
    ? list.flatMap((item) => (isRecord(item) ? (textOf(item[key]) ?? []) : []))
    : []

function compareCounts(
  summary: JsonRecord | undefined,
  rules: number,
  lists: readonly ExceptionList[],
): readonly RuleProblem[] {
  if (!summary) return []
  const items = lists.reduce((sum, list) => sum + list.items.length, 0)
  const counts = [
    ['rule', 'exported_rules_count', rules],
    ['exception list', 'exported_exception_list_count', lists.length],
    ['exception', 'exported_exception_list_item_count', items],
  ] as const
  return counts.flatMap(([noun, key, read]) => {
    const said = numberOf(summary[key])
    return said === undefined || said === read
      ? []
      : [{ message: wording.countDiffers(noun, said, read) }]
  })
}

/** Lists that no rule names, and lists that a rule names but that did not come along. */
function tellLost(
  lists: readonly ExceptionList[],
  rules: readonly Rule[],
): readonly RuleProblem[] {
  const named = rules.flatMap((rule) =>
    rule.exceptionsList.map(({ listId, type }) => ({ listId, type, rule })),
  )
  const idle = lists.filter(({ id }) => !named.some(({ listId }) => listId === id))
  // The executor skips the list of the endpoint itself (rules.md 3.10).
  const missing = named.filter(
    ({ listId }) => listId !== 'endpoint_list' && !lists.some(({ id }) => id === listId),
  )
  return [
    ...idle.map(({ name }) => ({ message: wording.listNotNamed(name) })),
    ...missing.map(({ listId, rule }) => ({
      message: wording.listMissing(listId, rule.name),
    })),
  ]
}
