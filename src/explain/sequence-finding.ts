import type { KeyTuple } from '../engine/observer'
import type { CompiledStep } from '../engine/plan'
import type { Row } from '../events/row-set'
import type { Span, Step } from '../language/ast'
import type { Fault, Finding } from './finding'
import { isTooFar, type SequenceWorld, type StepEvents } from './sequence-world'

// How many events around a pending sequence are looked at for one cause.
const NEARBY = 200

/** The earliest events of the remaining steps after that one, as far as they go. */
export const followUps = (
  world: SequenceWorld,
  key: KeyTuple,
  at: number,
  after: Row,
  first: Row,
): readonly Row[] => {
  const step = world.steps[at]
  if (!step) return []
  for (const row of step.fit.after(world.keys.idOf(key), after)) {
    if (isTooFar(world, first, row)) return []
    return [row, ...followUps(world, key, at + 1, row, first)]
  }
  return []
}

/** The nearest of them, if there is one. */
export const firstOf = (rows: Generator<Row, void>): Row | undefined =>
  rows.next().value ?? undefined

/** The nearest of them; a search never goes through a whole crowd. */
export function* nearby(rows: Iterable<Row>): Generator<Row, void> {
  let count = 0
  for (const row of rows) {
    if (++count > NEARBY) return
    yield row
  }
}

/** The step in the query that a compiled one came from. */
export const writtenStepOf = (
  { body }: SequenceWorld,
  { writtenStep }: CompiledStep,
): Step => body.steps[writtenStep]!

/** Which run of the step as written a positive step is, 1-based, and of how many. */
export const runOf = (
  { steps }: SequenceWorld,
  at: number,
): { readonly run: number; readonly of: number } => {
  const { writtenStep } = steps[at]!.step
  const isSame = ({ step }: StepEvents): boolean => step.writtenStep === writtenStep
  return { run: at - steps.findIndex(isSame) + 1, of: steps.filter(isSame).length }
}

/** Where the key field stands in the query: before the steps, or at this one. */
export const keySpan = (world: SequenceWorld, step: CompiledStep, part: number): Span =>
  [...world.body.by, ...writtenStepOf(world, step).by][part] ?? step

interface Found {
  readonly fault: Fault
  /** The positive step that failed, `runs` written out. */
  readonly at: number
  readonly culprit: Row
  readonly span: Span
  /** The culprit does not satisfy the step. */
  readonly isShort?: boolean
  readonly wrong?: number
  readonly slackMs?: number
}

const HOUR = 3_600_000

/** Puts a finding together from the events of the positive steps. */
export const makeFinding = (
  world: SequenceWorld,
  key: KeyTuple,
  rows: readonly Row[],
  { fault, at, culprit, span, isShort = false, wrong = 0, slackMs = 0 }: Found,
): Finding => {
  const places: (Row | undefined)[] = world.body.steps.map(() => undefined)
  for (const [index, row] of rows.entries())
    places[world.steps[index]!.step.writtenStep] = row
  const { run, of } = runOf(world, at)
  return {
    fault,
    step: world.steps[at]!.step.writtenStep,
    run: of > 1 ? run : undefined,
    events: rows,
    rows: places,
    culprit,
    key,
    span: { from: span.from, to: span.to },
    satisfied: rows.length - (isShort ? 1 : 0),
    wrong,
    slackShare: slackMs / (world.rule.maxspan ?? HOUR),
  }
}
