import type { ReplayFrame, ReplayView } from '../../worker/replay-api'

/** Where a replay stops: at an event that serves a step, or at what may become of one. */
export type Break = `step ${number}` | 'until' | 'too late' | 'match'

/** All that one can stop at in a replay. */
export const breaksOf = ({ places, frames, maxspanMs }: ReplayView): readonly Break[] => {
  const steps = [...new Set(places.map(({ step }) => step))]
  const hasUntil = frames.some(({ deeds }) => deeds.includes('until'))
  return [
    ...steps.map((step): Break => `step ${step}`),
    ...(hasUntil ? (['until'] as const) : []),
    ...(maxspanMs === undefined ? [] : (['too late'] as const)),
    'match',
  ]
}

export const meetsBreak = (
  { steps, deeds }: ReplayFrame,
  breaks: ReadonlySet<Break>,
): boolean =>
  steps.some((step) => breaks.has(`step ${step}`)) ||
  (breaks.has('until') && (deeds.includes('until') || deeds.includes('cut'))) ||
  (breaks.has('too late') && deeds.includes('expired')) ||
  (breaks.has('match') && deeds.includes('matched'))

/** The next frame in a direction for which something holds; undefined when there is none. */
export const findFrame = (
  frames: readonly ReplayFrame[],
  from: number,
  way: 1 | -1,
  holds: (frame: ReplayFrame) => boolean,
): number | undefined => {
  for (let at = from + way; at >= 0 && at < frames.length; at += way)
    if (holds(frames[at]!)) return at
  return undefined
}

/** The frame after which another state stands; the end of the frames, if none does. */
export const nextChange = (
  frames: readonly ReplayFrame[],
  from: number,
  way: 1 | -1,
): number =>
  findFrame(frames, from, way, ({ changes }) => changes) ??
  (way > 0 ? frames.length - 1 : 0)
