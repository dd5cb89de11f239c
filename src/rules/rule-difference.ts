import { formatQuery } from '../language/format'
import { comparableRecord } from './export-record'
import { isSameValue, type JsonRecord } from './record'
import type { Rule } from './rule'
import { writeMetadata } from './rule-toml'
import { diffTexts, type DiffLine } from './text-diff'

/** A field on which two rules differ; undefined on the side that lacks it. */
export interface FieldChange {
  /** Its name in the API; `metadata` is what a file says of itself. */
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What differs between two versions, or two rules; queries with mistakes stay as laid out. */
export interface RuleDifference {
  readonly changes: readonly FieldChange[]
  /** The queries, line by line; laid out alike first, so that only words count. */
  readonly query: readonly DiffLine[]
}

export function diffRules(before: Rule, after: Rule): RuleDifference {
  const [one, other] = recordsOfBoth(before, after)
  return {
    changes: listChanges(one, other),
    query: diffTexts(formatQuery(before.query), formatQuery(after.query)),
  }
}

/** What two rules say besides their queries, as indented JSON, line by line. */
export function diffMetadata(before: Rule, after: Rule): readonly DiffLine[] {
  const [one, other] = recordsOfBoth(before, after)
  return diffTexts(printMetadata(one), printMetadata(other))
}

/**
 * Of rules that came in different formats only one may have a file's metadata; and an id
 * that is made of the query says nothing that the query does not.
 */
function recordsOfBoth(before: Rule, after: Rule): readonly [JsonRecord, JsonRecord] {
  const isMade = [before, after].some(({ assumed }) =>
    assumed.some(({ field }) => field === 'ruleId'),
  )
  const hasFile = before.metadata !== undefined && after.metadata !== undefined
  const recordOf = (rule: Rule): JsonRecord => {
    const { rule_id: id, ...said } = comparableRecord(rule)
    return {
      ...said,
      ...(!isMade && { rule_id: id }),
      ...(hasFile && rule.metadata && { metadata: writeMetadata(rule.metadata) }),
    }
  }
  return [recordOf(before), recordOf(after)]
}

const listChanges = (one: JsonRecord, other: JsonRecord): readonly FieldChange[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((field) => !isSameValue(one[field], other[field]))
    .map((field) => ({ field, before: one[field], after: other[field] }))

function printMetadata({ query: _, ...rest }: JsonRecord): string {
  const sorted = Object.keys(rest)
    .sort()
    .map((key) => [key, rest[key]])
  return JSON.stringify(Object.fromEntries(sorted), null, 2)
}
