import type {
  NearMissAnswer,
  NearMissView,
  RunAnswer,
  RunOutcome,
} from '../../worker/api'

/** An answer with what almost matched, which is looked for when the matches stand. */
export interface ShownAnswer extends RunAnswer {
  /** Undefined until it is known. */
  readonly nearMissCount?: number | undefined
  readonly nearMissesCapped: boolean
  /** The first pages. */
  readonly nearMisses: readonly NearMissView[]
}

export interface ShownOutcome extends RunOutcome {
  readonly answer?: ShownAnswer | undefined
}

/** An outcome whose near misses are not known yet. */
export const withoutNearMisses = ({ answer, ...outcome }: RunOutcome): ShownOutcome => ({
  ...outcome,
  answer: answer && { ...answer, nearMissesCapped: false, nearMisses: [] },
})

/** The same outcome with what was found to almost match. */
export const withNearMisses = (
  { answer, ...outcome }: ShownOutcome,
  { count, capped, list, advice }: NearMissAnswer,
): ShownOutcome => ({
  ...outcome,
  diagnostics: [...outcome.diagnostics, ...advice],
  answer: answer && {
    ...answer,
    nearMissCount: count,
    nearMissesCapped: capped,
    nearMisses: list,
  },
})
