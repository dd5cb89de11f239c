import type { ExceptionList } from './exception-list'
import { exportRecord } from './export-record'
import { linesOf } from './kibana-export'
import type { JsonRecord } from './record'
import type { Rule } from './rule'

/**
 * Rules as a file that Kibana imports (rules.md 1.2): one rule a line, then the exception
 * lists with their items, the connectors, and the line that counts them all.
 */
export function printKibanaExport(rules: readonly Rule[]): string {
  const lists = onlyOnce(
    rules.flatMap((rule) => rule.exceptions),
    ({ id }) => id,
  )
  const connectors = onlyOnce(
    rules.flatMap((rule) => rule.connectors),
    ({ id }) => id,
  )
  const lines = [
    ...rules.map(exportRecord),
    ...linesOf(lists.map(withRecord)),
    ...connectors,
    summarise(rules.length, lists, connectors.length),
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** A list of which only the items came along gets the least that says what it is. */
const withRecord = (list: ExceptionList): ExceptionList => {
  const { id, name, type } = list
  const record = { list_id: id, name, description: name, type, namespace_type: 'single' }
  return { ...list, record: list.record ?? record }
}

function onlyOnce<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => unknown,
): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}

function summarise(
  rules: number,
  lists: readonly ExceptionList[],
  connectors: number,
): JsonRecord {
  const items = lists.reduce((sum, list) => sum + list.items.length, 0)
  return {
    exported_count: rules + lists.length + items + connectors,
    exported_rules_count: rules,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: lists.length,
    exported_exception_list_item_count: items,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
    exported_action_connector_count: connectors,
    missing_action_connection_count: 0,
    missing_action_connections: [],
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  }
}
