import type { RunResult } from '../engine/result'
import { fieldsOfEvents } from '../explain/event-fields'
import type { NearMiss } from '../explain/explanation'
import type { RepairQuestion } from '../explain/repairs'
import { prepareRule, type LoadedEvents } from './prepare-rule'
import type { BoundRule } from './rule-answer'

/** What the repairs of a near miss of a rule are looked for in. */
export function askForRepairs(
  { query, context, clock }: BoundRule,
  result: RunResult,
  miss: NearMiss,
  { texts }: Pick<LoadedEvents, 'texts'>,
): RepairQuestion {
  const { categoryField, table, schema, leaves } = context
  // A rule that is kept from some events is tried out on the same others.
  const events = { table, schema, leaves, texts }
  const fields = { ...clock, eventCategoryField: categoryField }
  return {
    ...fieldsOfEvents(table, schema),
    query,
    miss,
    result,
    categoryField,
    bind: (text) => {
      const bound = prepareRule(text, fields, events)
      return bound.ok ? bound : undefined
    },
  }
}
