import { RowSet } from '../events/row-set'
import { printEventTest, type EventTest } from '../rules/event-test'
import { conditionsOf } from './heavy-part'
import { prepareRule, type LoadedEvents } from './prepare-rule'

/** The active rows that pass a test of an exception or filter. */
export interface HiddenRows {
  readonly rows: RowSet
  readonly isExact: boolean
  /** Why no row is taken to pass: the first objection to the test, as a condition. */
  readonly problem?: string
}

/** Asks a test as a query of its own (rules.md 3.10); pauses every 10 ms or so. */
export function* findHiddenRows(
  test: EventTest,
  events: LoadedEvents,
): Generator<void, HiddenRows> {
  const { schema, table } = events
  const typeOf = (field: string) => schema.field(field)?.typeName
  const { condition, isExact } = printEventTest(test, typeOf)
  const prepared = prepareRule(`any where ${condition}`, {}, events)
  const none = { rows: new RowSet(table.rowCount), isExact }
  if (!prepared.ok) {
    const error = prepared.diagnostics.find(({ severity }) => severity === 'error')
    const problem = error?.message ?? prepared.failure?.reason ?? ''
    return { ...none, problem }
  }
  const [only] = conditionsOf(prepared.rule)
  return only ? { rows: yield* only.prepare(), isExact } : none
}
