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
  events: LoadedEvents,
): RepairQuestion {
  const { categoryField } = context
  const fields = { ...clock, eventCategoryField: categoryField }
  return {
    ...fieldsOfEvents(context.table, context.schema),
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
