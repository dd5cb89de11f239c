import type { MatchView, MissingStep, NearMissView, StepEvent } from '../../worker/api'

/** One line of a card: an event, a step that must be missing, or a step nothing was found for. */
export type StepRowView =
  | {
      readonly kind: 'event'
      readonly step: number
      readonly event: StepEvent
      /** From the event before it in the card, ms; undefined for the first, NaN without times. */
      readonly gap: number | undefined
      /** The day differs from the one the card shows in its head. */
      readonly newDay: boolean
      /** The event that broke a near miss. */
      readonly broke: boolean
    }
  | { readonly kind: 'missing' | 'none'; readonly step: number }

const isMissing = (step: StepEvent | MissingStep): step is MissingStep =>
  'missing' in step

const DAY = 86_400_000
/** Events without a time (NaN) have no day to differ in. */
const differsInDay = (a: number, b: number): boolean =>
  Math.abs(Math.floor(a / DAY) - Math.floor(b / DAY)) > 0

/** The lines of a match, in step order. */
export const rowsOfMatch = (match: MatchView): readonly StepRowView[] =>
  rowsOf(match.steps)

/** The lines of a near miss; a step as written that no event stands for gets its own line. */
export const rowsOfNearMiss = (
  nearMiss: NearMissView,
  stepCount: number,
): readonly StepRowView[] => {
  const found = new Set(nearMiss.steps.map((event) => event.step))
  const rows: StepRowView[] = [...rowsOf(nearMiss.steps, nearMiss.culprit)]
  for (let step = 1; step <= stepCount; step++)
    if (!found.has(step)) rows.push({ kind: 'none', step })
  return rows.sort((a, b) => a.step - b.step)
}

const rowsOf = (
  steps: readonly (StepEvent | MissingStep)[],
  culprit?: number,
): readonly StepRowView[] => {
  let first: StepEvent | undefined
  let before: StepEvent | undefined
  return steps.map((step): StepRowView => {
    if (isMissing(step)) return { kind: 'missing', step: step.step }
    first ??= step
    const gap = before && step.time - before.time
    const newDay = differsInDay(first.time, step.time)
    before = step
    const broke = step.row === culprit
    return { kind: 'event', step: step.step, event: step, gap, newDay, broke }
  })
}
