import type { CompiledRule } from '../engine/plan'
import { runRule } from '../engine/run'
import { spanMs } from '../engine/time-span'
import type { Row } from '../events/row-set'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/** How long sequences take, and what each maxspan would catch; all times in ms. */
export interface MaxspanTuning {
  /** Sequences that join when time does not matter. */
  readonly joined: number
  /** From the shortest on; none where nothing joins. */
  readonly bars: readonly MaxspanBar[]
}

/** Times up to and including `upToMs`, beyond those of the bar before. */
export interface MaxspanBar {
  readonly upToMs: number
  /** Whether it is the rule's own maxspan. */
  readonly isCurrent: boolean
  /** Sequences that took so long from their first event to their last. */
  readonly sequences: number
  /** For every step but the first: how many came so long after the step before. */
  readonly gaps: readonly number[]
  /** What the rule finds with this maxspan, before pipes. */
  readonly matches: number
}

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000]

/** What people choose, in ms. */
const marks: readonly number[] = [
  ...[10, 100, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 3, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 4, 8, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 30, 365].map((count) => count * DAY),
]

/** No sequence takes longer; missing steps need some limit. */
const FOREVER = Number.MAX_SAFE_INTEGER

const NOTHING_KEPT = { size: 0, resultPosition: 'head', maxSamplesPerKey: 1 } as const

/**
 * The histogram of how long the sequences of a rule take when they may take any time,
 * with the matches that each maxspan gives. A shorter maxspan keeps the sequences that
 * are short enough and brings no others, so they are counted; but where a rule begins or
 * ends with a missing step, maxspan is also how long it has to be quiet, and a longer one
 * costs matches (language.md 5.4, 5.7): there each maxspan gets a run. Yields as runs do.
 */
export function* tuneMaxspan(rule: SequenceRule): Generator<void, MaxspanTuning> {
  const { spans, gaps, matched } = yield* measure(rule)
  const bars: MaxspanBar[] = []
  let before = -Infinity
  for (const upToMs of boundsFor(spans, rule.maxspan)) {
    const inBar = (list: readonly number[]): number =>
      list.filter((ms) => ms > before && ms <= upToMs).length
    bars.push({
      upToMs,
      isCurrent: upToMs === rule.maxspan,
      sequences: inBar(spans),
      gaps: gaps.map(inBar),
      matches: isQuietAtAnEnd(rule)
        ? (yield* runRule({ ...rule, maxspan: upToMs }, NOTHING_KEPT)).found
        : matched.filter((ms) => ms <= upToMs).length,
    })
    before = upToMs
    yield
  }
  return { joined: spans.length, bars }
}

const isQuietAtAnEnd = ({ steps }: SequenceRule): boolean =>
  [steps[0], steps.at(-1)].some((step) => step?.missing)

/** In ms, of all sequences that join, and of those that missing steps let pass. */
interface Times {
  readonly spans: readonly number[]
  /** By step but the first, from the step before. */
  readonly gaps: readonly (readonly number[])[]
  readonly matched: readonly number[]
}

/** Hears a run in which time does not matter. */
function* measure(rule: SequenceRule): Generator<void, Times> {
  const spans: number[] = []
  const matched: number[] = []
  const gaps: number[][] = []
  const take = (rows: readonly Row[]): number => {
    const span = spanMs(rule.order, rows[0]!, rows.at(-1)!)
    spans.push(span)
    for (let at = 1; at < rows.length; at++)
      (gaps[at - 1] ??= []).push(spanMs(rule.order, rows[at - 1]!, rows[at]!))
    return span
  }
  yield* runRule({ ...rule, maxspan: FOREVER }, NOTHING_KEPT, {
    matched: (_, rows) => matched.push(take(rows)),
    violated: (_, rows) => take(rows),
  })
  return { spans, gaps, matched }
}

/** The usual times from below the shortest span to beyond the longest, and the rule's own. */
function boundsFor(
  spans: readonly number[],
  maxspan: number | undefined,
): readonly number[] {
  if (spans.length === 0) return []
  const [shortest, longest] = spans.reduce(
    ([least, most], ms) => [Math.min(least, ms), Math.max(most, ms)],
    [Infinity, 0],
  )
  const first = Math.max(
    0,
    marks.findLastIndex((mark) => mark < shortest),
  )
  const last = marks.findIndex((mark) => mark >= longest)
  const usual = marks.slice(first, last < 0 ? undefined : last + 1)
  const beyond = last < 0 ? [Math.ceil(longest)] : []
  const own = maxspan === undefined ? [] : [maxspan]
  return [...new Set([...usual, ...beyond, ...own])].sort((a, b) => a - b)
}
