import type { EventTest } from '../rules/event-test'

/** An exception or filter of a rule: the events it hides, as if they were not there. */
export interface HidingFilter {
  /** Unique in the rule. */
  readonly id: string
  readonly hides: EventTest
}

/** What keeps events from a rule, as if they were not there. */
export interface EventLimits {
  /** Index patterns: only events in these indices are looked at, and those in none known. */
  readonly indices?: readonly string[] | undefined
  /** None that an exception or a filter hides. */
  readonly hidden?: readonly HidingFilter[] | undefined
}
