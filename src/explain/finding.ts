import type { KeyTuple } from '../engine/observer'
import type { Row } from '../events/row-set'
import type { Scalar } from '../events/column'
import type { Span } from '../language/ast'
import type { TermFailure } from './failed-term'

/** What broke a near miss, with the numbers its sentence needs; times in ms. */
export type Fault =
  | { readonly cause: 'maxspan'; readonly overMs: number; readonly limitMs: number }
  | { readonly cause: 'until'; readonly beforeMs: number }
  | { readonly cause: 'missing'; readonly afterMs: number }
  /** `by`: the event with which the newer start began, or went on. */
  | { readonly cause: 'replaced'; readonly newerByMs: number; readonly by: Row }
  | { readonly cause: 'runs'; readonly have: number; readonly of: number }
  | { readonly cause: 'order'; readonly aheadMs: number }
  | {
      readonly cause: 'key'
      readonly name: string
      readonly wanted: Scalar
      readonly found: Scalar
      readonly keyCount: number
    }
  | { readonly cause: 'key-null'; readonly name: string }
  | {
      readonly cause: TermFailure['cause']
      readonly term: string
      readonly values: TermFailure['values']
      readonly termCount: number
    }

/** A near miss before it is put into words. */
export interface Finding {
  readonly fault: Fault
  /** The step that failed, as written, 0-based. */
  readonly step: number
  /** Which of its runs failed, 1-based, where the step is written with `runs`. */
  readonly run?: number | undefined
  /** The events it has, one per positive step, `runs` written out. */
  readonly events: readonly Row[]
  /** One per step as written. */
  readonly rows: readonly (Row | undefined)[]
  readonly culprit: Row
  readonly key: KeyTuple
  readonly span: Span
  /** How many positive steps have an event that fits. */
  readonly satisfied: number
  /** How much is wrong besides time: terms or keys that do not fit. */
  readonly wrong: number
  /** What time is missing or too much, as a share of maxspan. */
  readonly slackShare: number
}

/** What is off by more than so many times maxspan is not near, however much else fits. */
const FAR = 10

const isFar = ({ slackShare }: Finding): number => Number(slackShare > FAR)

/** The nearest first: not far, most steps, least wrong, least slack, then as found. */
const compareFindings = (a: Finding, b: Finding): number =>
  isFar(a) - isFar(b) ||
  b.satisfied - a.satisfied ||
  a.wrong - b.wrong ||
  a.slackShare - b.slackShare

/** Every culprit once for a step, with its best cause; nearest first. */
export const bestFindings = (findings: readonly Finding[]): readonly Finding[] => {
  const told = new Set<string>()
  return [...findings].sort(compareFindings).filter(({ culprit, step }) => {
    const pair = `${culprit} ${step}`
    if (told.has(pair)) return false
    told.add(pair)
    return true
  })
}
