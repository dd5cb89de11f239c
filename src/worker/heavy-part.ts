import type { CompiledRule, Condition, LeafCost } from '../engine/plan'
import { writtenSteps } from '../engine/funnel'
import type { HeavyPart } from './heavy-api'
import { sayHeavy } from './wording'

/** A run that took longer is told what took it, ms. */
const HEAVY_MS = 200

/** How long the parts of a run took, ms. */
export interface RunTimes {
  readonly order: number
  readonly conditions: number
  /** All that came after the conditions: keys, pending sequences, missing steps. */
  readonly rest: number
  /** What of the rest reading join keys took, about, and finding missing steps. */
  readonly keys: number
  readonly missing: number
}

/** What made a run heavy; undefined for one that was not. */
export function findHeavyPart(
  rule: CompiledRule,
  text: string,
  { order, conditions, rest, keys, missing }: RunTimes,
): HeavyPart | undefined {
  const ms = order + conditions + rest
  if (ms <= HEAVY_MS) return undefined
  const join = rest - keys - missing
  const most = Math.max(order, conditions, keys, missing, join)
  const found = findPart(rule, { order, conditions, keys, missing }, most)
  const { from = 0, to = 0 } = found
  return { ms, ...found, sentence: sayHeavy(found, most, text.slice(from, to)) }
}

function findPart(
  rule: CompiledRule,
  { order, conditions, keys, missing }: Omit<RunTimes, 'rest'>,
  most: number,
): Found {
  if (most === conditions) return dearestLeaf(rule)
  if (most === order) return { part: 'order', rows: rule.events }
  const rows = rowsOf(rule)
  if (most === keys) return { part: 'keys', rows }
  return { part: most === missing ? 'missing' : 'join', rows }
}

type Found = Omit<HeavyPart, 'ms' | 'sentence'>

function dearestLeaf(rule: CompiledRule): Found {
  const costs = conditionsOf(rule).flatMap((condition) => condition.costs())
  const dearest = costs.reduce<LeafCost | undefined>(
    (most, cost) => (most && most.ms >= cost.ms ? most : cost),
    undefined,
  )
  const { from, to, contents } = dearest ?? { ...conditionsOf(rule)[0]!, contents: 0 }
  return { part: 'condition', from, to, contents }
}

/** How many events the steps have, each step counted for itself. */
const rowsOf = (rule: CompiledRule): number =>
  conditionsOf(rule).reduce((sum, condition) => sum + condition.rows().count(), 0)

/** The conditions of a rule, one a step as written, and that of `until`. */
export function conditionsOf(rule: CompiledRule): readonly Condition[] {
  if (rule.kind === 'events') return [rule.condition]
  const steps = writtenSteps(rule.steps).map(({ condition }) => condition)
  const until = rule.kind === 'sequence' ? rule.until?.condition : undefined
  return until ? [...steps, until] : steps
}
