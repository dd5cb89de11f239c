import { printKibanaExport } from './print-kibana-export'
import { printRuleToml } from './print-rule-toml'
import type { Rule } from './rule'
import { slugOf } from './rule-record'
import { looksLikeJson } from './rule-tests'
import { printTable } from './toml-print'

/** A file to be written, its path relative to where the user puts it. */
export interface RuleFile {
  readonly path: string
  readonly text: string
}

/** What goes into a rule's folder besides the rule. */
export interface FolderParts {
  /** The text of `tests.toml`, or of `tests.json`. */
  readonly tests?: string
  /** Events as NDJSON. */
  readonly events?: string
  /** Further events, at paths below the folder, where the tests name several files. */
  readonly files?: readonly RuleFile[]
  /** `2024/10/15`: dates a rule without dates. */
  readonly today?: string
}

/**
 * The files of a rule's folder: `rule.toml`, and as far as there are any `exceptions.toml`,
 * `tests.toml` or `tests.json`, and `events.ndjson`. `readRuleTree` reads them again.
 */
export function printRuleFolder(rule: Rule, parts: FolderParts): readonly RuleFile[] {
  const folder = slugOf(rule.name)
  const texts = {
    'rule.toml': printRuleToml(rule, parts.today),
    'exceptions.toml': printExceptions(rule, parts.today),
    [looksLikeJson(parts.tests ?? '') ? 'tests.json' : 'tests.toml']: parts.tests,
    'events.ndjson': parts.events,
  }
  const own = Object.entries(texts).flatMap(([path, text]) =>
    text === undefined || text === '' ? [] : [{ path, text }],
  )
  const more = (parts.files ?? []).filter(
    ({ path }) => !own.some((file) => file.path === path),
  )
  return [...own, ...more].map(({ path, text }) => ({ path: `${folder}/${path}`, text }))
}

/** One rule in one file, in the format asked for. */
export function printRuleFile(
  rule: Rule,
  format: 'toml' | 'ndjson' | 'eql',
  today?: string,
): RuleFile {
  const path = `${slugOf(rule.name)}.${format}`
  if (format === 'eql') return { path, text: rule.query }
  const text = format === 'toml' ? printRuleToml(rule, today) : printKibanaExport([rule])
  return { path, text }
}

/**
 * The rule's exception lists as a file of their own in the detection-rules schema; empty
 * without any. `readExceptionFile` reads it again.
 */
export function printExceptions(rule: Rule, today?: string): string {
  if (rule.exceptions.length === 0) return ''
  const dates = today ? { creation_date: today, updated_date: today } : {}
  const [first] = rule.exceptions
  return printTable([], {
    metadata: {
      ...dates,
      list_name: first?.name ?? '',
      rule_ids: [rule.ruleId ?? rule.id],
      rule_names: [rule.name],
    },
    exceptions: rule.exceptions.map(({ id, name, type, record, items }) => ({
      container: record ?? { list_id: id, name, type },
      items: items.map((item) => item.record),
    })),
  })
}
