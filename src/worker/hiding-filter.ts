import type { EventTest } from '../rules/event-test'

/** An exception or filter of a rule: the events it hides, as if they were not there. */
export interface HidingFilter {
  /** Unique in the rule. */
  readonly id: string
  readonly hides: EventTest
}
