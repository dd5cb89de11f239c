import type { Cause } from '../explain/explanation'
import type { RuleProblem } from './read-rules'

/** An event as it is written: its `_id` is its label. */
export type TestEvent = Readonly<Record<string, unknown>>

/** Why one event kept a sequence, or a match, from coming about. */
export interface ExpectedMiss {
  readonly cause: Cause
  /** `_id` of the event that broke it. */
  readonly culprit: string
}

/** One case of a `tests.toml`, complete: nothing is left to merge or to look up. */
export interface RuleTest {
  readonly name: string
  readonly expect: 'match' | 'none' | 'error'
  /** The events themselves, or a file beside the tests that holds them. */
  readonly events: readonly TestEvent[] | { readonly file: string }
  /** Ordered `_id`s, a list for each match. */
  readonly matches?: readonly (readonly string[])[]
  /** `matches` need not be all there are. */
  readonly atLeast?: boolean
  /** How many matches there are. */
  readonly count?: number
  /** `_id`s that may be in no match. */
  readonly not?: readonly string[]
  /** Near misses that are found, among others. */
  readonly nearMisses: readonly ExpectedMiss[]
  /** With `expect = "error"`: a part of the message. */
  readonly error?: string
}

/** What running a rule over the events of a case came to. */
export interface TestOutcome {
  /** Ordered `_id`s, a list for each match; `missing` stands for a missing step. */
  readonly matches: readonly (readonly string[])[]
  readonly nearMisses: readonly ExpectedMiss[]
  /** Why there is no answer; empty when there is one. */
  readonly error: string
}

export interface ReadRuleTests {
  readonly tests: readonly RuleTest[]
  readonly problems: readonly RuleProblem[]
}
