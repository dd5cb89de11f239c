import type { ResultView } from '../result/result-items'
import type { Selection } from '../result/selection'

/** What a text that is tried out stands beside, and what it takes to go back. */
export interface ScratchVersion {
  /** For every repair put in, what there was just before it; the oldest first. */
  readonly steps: readonly [ScratchStep, ...ScratchStep[]]
  /** The text with the last repair, before anything else was done to it. */
  readonly tried: string
  /** The events that are to match. */
  readonly wanted: readonly number[]
}

export interface ScratchStep {
  readonly text: string
  readonly chosen: Selection | undefined
  readonly view: ResultView
}

/** The text that stays if the scratch version goes. */
export const textBefore = ({ steps }: ScratchVersion): string => steps[0].text
