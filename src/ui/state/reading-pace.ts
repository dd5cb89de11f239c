/** How fast a source is being read, smoothed: single slices come in bursts. */
export interface ReadingPace {
  /** When it was last noted, ms of `performance.now()`. */
  readonly at: number
  readonly bytes: number
  /** Bytes per ms; 0 until two moments are known. */
  readonly rate: number
  /** For how long it has been noted, ms. */
  readonly lasted: number
}

/** What happened so long ago, ms, counts about a third of what happens now. */
const MEMORY = 2000

export const startPace = (at: number): ReadingPace => ({
  at,
  bytes: 0,
  rate: 0,
  lasted: 0,
})

/** The pace once `bytes` in all have been read at a moment. */
export function notePace(pace: ReadingPace, bytes: number, at: number): ReadingPace {
  const passed = at - pace.at
  if (passed <= 0) return pace
  const now = (bytes - pace.bytes) / passed
  const weight = pace.lasted === 0 ? 1 : 1 - Math.exp(-passed / MEMORY)
  const rate = pace.rate + (now - pace.rate) * weight
  return { at, bytes, rate, lasted: pace.lasted + passed }
}

/** How long the rest takes at this pace, ms; undefined while that is a mere guess. */
export const remainingOf = (pace: ReadingPace, bytesTotal: number): number | undefined =>
  pace.rate > 0 && pace.lasted >= SURE
    ? Math.max(0, bytesTotal - pace.bytes) / pace.rate
    : undefined

/** A pace noted for less, ms, tells little. */
const SURE = 1000
