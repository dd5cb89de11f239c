import { readExceptionLists, type ExceptionList } from './exception-list'
import { isRecord, recordsOf, textOf, textsOf, type JsonRecord } from './record'
import type { Rule } from './rule'
import { parseToml } from './rule-toml'

/** A file of exception lists in the detection-rules schema, and the rules it is for. */
export interface ExceptionFile {
  readonly ruleIds: readonly string[]
  readonly ruleNames: readonly string[]
  readonly lists: readonly ExceptionList[]
}

/** Whether a text is such a file: it has `[[exceptions]]` and no rule (rules.md 1.0). */
export const isExceptionFile = (text: string): boolean =>
  /^\[\[exceptions\]\]/m.test(text) && !/^\[rule\]/m.test(text)

/** Whether the file says that it is for a rule. */
export const isForRule = ({ ruleIds, ruleNames }: ExceptionFile, rule: Rule): boolean =>
  ruleIds.includes(rule.ruleId ?? rule.id) || ruleNames.includes(rule.name)

/** Reads such a file; one that is no TOML holds no list. */
export function readExceptionFile(text: string): ExceptionFile {
  const parsed = parseToml(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  const table: JsonRecord = 'table' in parsed ? parsed.table : {}
  const metadata = isRecord(table['metadata']) ? table['metadata'] : {}
  const lists = recordsOf(table['exceptions']).flatMap(({ container, items }) => {
    const list = isRecord(container) ? [container] : []
    const id = textOf(list[0]?.['list_id']) ?? ''
    const own = recordsOf(items).map((item) => ({ list_id: id, ...item }))
    return readExceptionLists(list, own)
  })
  return {
    ruleIds: textsOf(metadata['rule_ids']),
    ruleNames: textsOf(metadata['rule_names']),
    lists,
  }
}
