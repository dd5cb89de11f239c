import { formatQuery } from '../language/format'
import { differingFields, exportRecord } from './export-record'
import { isSameValue } from './record'
import type { Rule } from './rule'
import { withQuery } from './rule-record'
import { diffTexts, type DiffLine } from './text-diff'

/** One form a rule had, whole: any can be run, exported and compared. */
export interface RuleVersion {
  /** Unique in the history, and stable. */
  readonly id: string
  /** Imported: as opened. Told: from the page's own history. Saved: an edit. */
  readonly origin: 'imported' | 'told' | 'saved'
  /** The rule's own number, where it has one. */
  readonly version?: number
  /** The release of the stack it came with, as a page tells it. */
  readonly release?: string
  /** Epoch ms, of imported and saved ones. */
  readonly time?: number
  readonly rule: Rule
}

/** The newest first; never empty. */
export type RuleHistory = readonly [RuleVersion, ...RuleVersion[]]

/**
 * The history of a rule as it is opened: itself, and the versions its page tells of
 * (rules.md 1.6). A page says what the query was before each change.
 */
export function startHistory(rule: Rule, time: number): RuleHistory {
  const told = rule.history.flatMap(({ version, query }, i): RuleVersion[] => {
    if (query === undefined) return []
    const older = rule.history[i + 1]
    const number = older?.version ?? version - 1
    return [
      {
        id: `told-${number}`,
        origin: 'told',
        version: number,
        ...(older?.release !== undefined && { release: older.release }),
        rule: { ...withQuery(rule, query), version: number, history: [] },
      },
    ]
  })
  const imported: RuleVersion = {
    id: 'imported',
    origin: 'imported',
    time,
    rule,
    ...(rule.version !== undefined && { version: rule.version }),
  }
  return [imported, ...told]
}

/** The history with an edit in front; the same when nothing was changed. */
export function saveVersion(history: RuleHistory, rule: Rule, time: number): RuleHistory {
  const [newest] = history
  if (isSameValue(exportRecord(newest.rule), exportRecord(rule))) return history
  const number = history.filter(({ origin }) => origin === 'saved').length + 1
  const saved: RuleVersion = {
    id: `saved-${number}`,
    origin: 'saved',
    time,
    rule,
    ...(rule.version !== undefined && { version: rule.version }),
  }
  return [saved, ...history]
}

/** What differs between two versions, or two rules; queries with mistakes stay as laid out. */
export interface RuleDifference {
  /** Fields by their names in the API, the query among them. */
  readonly fields: readonly string[]
  /** The queries, line by line; laid out alike first, so that only words count. */
  readonly query: readonly DiffLine[]
  /** Everything else, as indented JSON, line by line. */
  readonly metadata: readonly DiffLine[]
}

export function diffRules(before: Rule, after: Rule): RuleDifference {
  return {
    fields: differingFields(before, after),
    query: diffTexts(formatQuery(before.query), formatQuery(after.query)),
    metadata: diffTexts(printMetadata(before), printMetadata(after)),
  }
}

function printMetadata(rule: Rule): string {
  const { query: _, ...rest } = exportRecord(rule)
  const sorted = Object.keys(rest)
    .sort()
    .map((key) => [key, rest[key]])
  return JSON.stringify(Object.fromEntries(sorted), null, 2)
}
