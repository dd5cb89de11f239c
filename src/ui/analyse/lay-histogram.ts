import { scaleBand, scaleLinear } from 'd3-scale'
import type { MaxspanTuning } from '../../explain/maxspan-tuner'
import { printMaxspan } from './maxspan-edit'

/**
 * Where everything of the histogram stands, in px. Bars are of equal width, as maxspans
 * are chosen from a list that grows like a logarithm.
 *
 *           │      ▁   : what of it
 *     ▁  ▃  │  ▁   █   : takes so long
 *    ─┴──┴──┼──┴───┴─  : the line: the rule's maxspan catches what is left of it
 *     5s 10s 15s  1m
 */
export interface Histogram {
  readonly width: number
  readonly height: number
  readonly axisY: number
  readonly bars: readonly HistogramBar[]
  /** Right of the bars that the rule's maxspan takes in. */
  readonly limit?: number | undefined
}

export interface HistogramBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly count: number
  /** Times, in as many bars as have room for them. */
  readonly label: string
  readonly middle: number
}

const HEIGHT = 132
const TOP = 18
const AXIS = 20
/** Room for a time at the axis. */
const LABEL = 40

/** `counts`: what each bar holds. */
export function layHistogram(
  bars: MaxspanTuning['bars'],
  counts: readonly number[],
  width: number,
): Histogram {
  const axisY = HEIGHT - AXIS
  const x = scaleBand<number>(
    bars.map((_, at) => at),
    [0, width],
  ).paddingInner(0.12)
  const y = scaleLinear([0, Math.max(1, ...counts)], [axisY, TOP])
  const every = Math.max(1, Math.ceil(LABEL / Math.max(x.step(), 1)))
  const current = bars.findIndex(({ isCurrent }) => isCurrent)
  return {
    width,
    height: HEIGHT,
    axisY,
    bars: counts.map((count, at) => {
      const left = x(at) ?? 0
      // What is there is seen, however little it is beside the rest.
      const top = Math.min(y(count), count > 0 ? axisY - 2 : axisY)
      return {
        x: left,
        y: top,
        width: x.bandwidth(),
        height: axisY - top,
        count,
        label: at % every === 0 ? printMaxspan(bars[at]!.upToMs) : '',
        middle: left + x.bandwidth() / 2,
      }
    }),
    limit: current < 0 ? undefined : (x(current) ?? 0) + x.bandwidth() + x.step() * 0.06,
  }
}
