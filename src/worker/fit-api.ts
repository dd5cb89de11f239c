import type { RuleFit } from '../explain/data-fit'

/** How many active events the index patterns of a rule would leave out (rules.md 1.7). */
export interface IndexFit {
  readonly inside: number
  readonly outside: number
  /** Of these nothing says in which index they would be. */
  readonly unknown: number
}

/** Whether the events have what a rule asks of them. */
export interface FitAnswer {
  readonly ruleId: string
  readonly version: number
  /** Absent for texts that cannot be read. */
  readonly fit?: RuleFit
  readonly indices?: IndexFit
}
