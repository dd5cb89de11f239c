import { checkQuery } from '../../src/language/check'
import { runToEnd } from '../../src/engine/run'
import { fieldsOfEvents } from '../../src/explain/event-fields'
import type { NearMiss } from '../../src/explain/explanation'
import { findNearMisses } from '../../src/explain/near-miss'
import type { BoundText, Repairs } from '../../src/explain/repair'
import { findRepairs } from '../../src/explain/repairs'
import { parseQuery } from '../../src/language/parse'
import { bindRule, runBound } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'

const FIELDS = { categoryField: 'event.category', timestampField: '@timestamp' }

/** A text bound to drawn events, if it parses and its fields are there. */
const bindIfSound = (drawn: DrawnTable, text: string): BoundText | undefined => {
  const { query } = parseQuery(text)
  if (!query || checkQuery(query, drawn.schema, FIELDS).length > 0) return undefined
  return bindRule(drawn, text)
}

export const nearMissesOf = (drawn: DrawnTable, text: string): readonly NearMiss[] => {
  const bound = bindRule(drawn, text)
  const { active } = bound.context.table
  return runToEnd(findNearMisses(bound.query, bound.rule, active, runBound(bound))).list
}

export const repairsOf = (drawn: DrawnTable, text: string, miss: NearMiss): Repairs => {
  const bound = bindRule(drawn, text)
  return runToEnd(
    findRepairs({
      ...fieldsOfEvents(drawn.table, drawn.schema),
      query: bound.query,
      miss,
      result: runBound(bound),
      categoryField: FIELDS.categoryField,
      bind: (edited) => bindIfSound(drawn, edited),
    }),
  )
}
