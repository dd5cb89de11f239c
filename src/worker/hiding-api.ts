import type { RuleText } from './api'
import type { HidingFilter } from './hiding-filter'

/** Which exceptions and filters of a rule are asked about, switched on or not. */
export interface HiddenRequest extends RuleText {
  readonly ruleId: string
  /** As in a run. */
  readonly indices?: readonly string[] | undefined
  readonly filters: readonly HidingFilter[]
}

/** What one exception or filter hides of the loaded events. */
export interface HiddenCount {
  readonly id: string
  /** Active events that pass its test. */
  readonly events: number
  /** Matches there would be without any exception that hold such an event. */
  readonly matches?: number
  /** Elements of lists are not told apart, so it may hide more than it does in production. */
  readonly isApproximate: boolean
  /** Why it hides nothing here: its test does not suit the fields there are. */
  readonly problem?: string
}

export interface HiddenAnswer {
  readonly ruleId: string
  readonly version: number
  readonly counts: readonly HiddenCount[]
}

/** What the page can ask of exceptions and filters. */
export interface HidingApi {
  /**
   * What each exception or filter hides, whichever are switched on. Undefined when the
   * events have changed, or another rule has been asked of meanwhile.
   */
  countHidden(request: HiddenRequest): Promise<HiddenAnswer | undefined>
}
