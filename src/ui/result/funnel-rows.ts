import type { FunnelStage } from '../../engine/result'
import { sayStage } from './wording'

/** One line of the funnel as drawn. */
export interface FunnelRow {
  readonly words: string
  /** 1-based number of a step as written. */
  readonly step?: number | undefined
  readonly count: number
  /** Length of the bar, 0 … 1. */
  readonly length: number
  /** What was lost since the stage it is measured against, `−99.2 %`; empty when nothing. */
  readonly drop: string
  /** The first stage that nothing reached. */
  readonly died: boolean
}

export interface FunnelView {
  readonly rows: readonly FunnelRow[]
  readonly logarithmic: boolean
}

/** Beyond this ratio the small stages would vanish on a linear scale. */
const LINEAR_RATIO = 40

/**
 * Rows of the funnel. Steps are counted each for itself, so their loss is against all
 * events; later stages lose against the stage before, the joined ones against the
 * scarcest step. Logarithmic bars measure log(1 + count), so that 0 has no length and
 * 1 still has one.
 */
export const readFunnel = (
  stages: readonly FunnelStage[],
  maxspanMs?: number,
): FunnelView => {
  const counts = stages.map((stage) => stage.count)
  const { logarithmic, lengthOf } = scaleBars(counts)
  const dead = counts.indexOf(0)
  const rows = stages.map((stage, place) => ({
    words: sayStage(stage, maxspanMs),
    step: stage.step,
    count: stage.count,
    length: lengthOf(stage.count),
    drop: printDrop(stage.count, baseOf(stages, place)),
    died: place === dead,
  }))
  return { rows, logarithmic }
}

/** The scale of some bars, and the length of each on it, 0 … 1. */
export function scaleBars(counts: readonly number[]) {
  const largest = Math.max(1, ...counts)
  const smallest = Math.min(...counts.filter((count) => count > 0), largest)
  const logarithmic = largest / smallest > LINEAR_RATIO
  const lengthOf = (count: number): number =>
    logarithmic ? Math.log1p(count) / Math.log1p(largest) : count / largest
  return { logarithmic, lengthOf }
}

const baseOf = (stages: readonly FunnelStage[], place: number): number => {
  const stage = stages[place]!
  if (stage.stage === 'step') return stages[0]!.count
  if (stage.stage !== 'joined') return stages[place - 1]?.count ?? stage.count
  return Math.min(...stages.slice(0, place).map((before) => before.count))
}

/** `−57 %`, and as many digits as keep `−99.98 %` from reading as all. */
const printDrop = (count: number, base: number): string => {
  if (count >= base) return ''
  const percent = (1 - count / base) * 100
  for (const digits of [0, 1, 2, 3]) {
    const text = percent.toFixed(digits)
    if (count === 0 || Number(text) < 100) return `−${Number(text) === 0 ? '<1' : text} %`
  }
  return '−>99.999 %'
}
