import type {
  NearMissAnswer,
  NearMissView,
  RunAnswer,
  RunOutcome,
} from '../../worker/api'

/** An answer with what almost matched. */
export interface ShownAnswer extends RunAnswer {
  readonly nearMissCount: number
  readonly nearMissesCapped: boolean
  /** The first pages. */
  readonly nearMisses: readonly NearMissView[]
}

export interface ShownOutcome extends RunOutcome {
  readonly answer?: ShownAnswer | undefined
}

/** Puts the two halves of an answer together; `found` is undefined when there is none. */
export const joinAnswer = (
  outcome: RunOutcome,
  found: NearMissAnswer | undefined,
): ShownOutcome => ({
  ...outcome,
  diagnostics: [...outcome.diagnostics, ...(found?.advice ?? [])],
  answer: outcome.answer && {
    ...outcome.answer,
    nearMissCount: found?.count ?? 0,
    nearMissesCapped: found?.capped ?? false,
    nearMisses: found?.list ?? [],
  },
})
