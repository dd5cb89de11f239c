import { stepsOf } from '../language/walk'
import type { ResultTimes, RuleTimes } from './analysis-api'
import type { KeptRun } from './rule-answer'

/** So many matches, and as many near misses, are told of. */
const MOST = 5_000

/** When the events of all matches and near misses of a run were. */
export function readTimes({ prepared, result, explained, view }: KeptRun): RuleTimes {
  const written = stepsOf(prepared.query)
  const runsOut = written.flatMap((step, at) => Array<number>(step.runs).fill(at + 1))
  const plain = written.map((_, at) => at + 1)
  const misses = explained?.nearMisses.list ?? []
  const timeOf = (row: number | undefined): number =>
    row === undefined ? NaN : (view.order.ms[row] ?? NaN)
  return {
    matches: tellTimes(
      result.matches.length,
      result.matches.slice(0, MOST).map(({ rows }) => rows.map(timeOf)),
      runsOut,
    ),
    nearMisses: tellTimes(
      misses.length,
      misses.slice(0, MOST).map(({ rows }) => rows.map(timeOf)),
      plain,
    ),
  }
}

function tellTimes(
  count: number,
  rows: readonly (readonly number[])[],
  steps: readonly number[],
): ResultTimes {
  const width = steps.length
  const times = new Float64Array(rows.length * width).fill(NaN)
  for (const [at, row] of rows.entries()) times.set(row.slice(0, width), at * width)
  return { count, width, steps, times }
}
