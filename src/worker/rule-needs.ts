import { STREAM_FIELDS } from '../events/streams'
import { INDEX_FIELDS } from '../explain/event-indices'
import { fieldsIn, keyNamesOf, stepsOf } from '../language/walk'
import { fieldsOfTest } from '../rules/event-test'
import type { HidingRule } from './api'
import { parseText } from './rule-texts'

/** What the rules in use need of events. */
export interface RuleNeeds {
  /** Every field they read, and those that their exceptions do. */
  readonly fields: readonly string[]
  /** The field by whose values events are best told apart. */
  readonly key: string
}

const CATEGORY = 'event.category'
const TIMESTAMP = '@timestamp'
/** What keys are sampled by when no rule joins by anything. */
const HOST = 'host.id'

/** By the name of a machine its id is settled (ingest/ecs/settle-host-ids). */
const COMPUTER = 'winlog.computer_name'

/**
 * With the columns that tell in which index events are, on which machine, and in which
 * order where their times are equal.
 */
export const withTellers = (fields: readonly string[]): readonly string[] => [
  ...new Set([...fields, ...INDEX_FIELDS, COMPUTER, ...STREAM_FIELDS]),
]

/**
 * Which fields rules read, and by which of them events are best told apart. Pauses after
 * every rule: its text may be read for the first time.
 */
export function* readNeeds(rules: readonly HidingRule[]): Generator<void, RuleNeeds> {
  const fields = new Set([CATEGORY, TIMESTAMP])
  const joins = new Map<string, number>()
  for (const rule of rules) {
    yield
    const { query } = parseText(rule.query)
    const own = [rule.timestampField, rule.tiebreakerField, rule.eventCategoryField]
    for (const name of own) if (name !== undefined) fields.add(name)
    for (const { hides } of rule.hidden ?? [])
      for (const name of fieldsOfTest(hides)) fields.add(name)
    if (!query) continue
    const keys = stepsOf(query).map((_, at) => keyNamesOf(query, at))
    for (const { query: step } of stepsOf(query))
      for (const { name } of fieldsIn(step.condition)) fields.add(name)
    for (const name of keys.flat()) fields.add(name)
    // Whole keys are whole sequences only where all steps join by the same field.
    for (const name of new Set(keys[0]))
      if (keys.every((names) => names.includes(name)))
        joins.set(name, (joins.get(name) ?? 0) + 1)
  }
  const [key = HOST] = [...joins.entries()]
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name)
  fields.add(key)
  return { fields: [...fields], key }
}
