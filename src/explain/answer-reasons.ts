import type { Match } from '../engine/result'
import { MISSING } from '../engine/result'
import type { Row, RowSet } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import { isTied } from '../events/tied'
import { explainAbsence, type Absence, type AbsenceWorld } from './absent-match'
import * as say from './answer-wording'
import type { OtherValue } from './same-events'
import { findMatchTie } from './ties'
import { printTie } from './ties-wording'

/** What is known of our events, and of the same ones in another engine's answer. */
export interface AnswerWorld {
  readonly absence: AbsenceWorld
  /** Rows the rule looked at. */
  readonly active: RowSet
  /** Rows of sources that are switched on. */
  readonly switchedOn: RowSet
  /** Rows that the index patterns of the rule do not cover; undefined: not to be held against it. */
  readonly outside:
    { readonly rows: RowSet; readonly patterns: readonly string[] } | undefined
  readonly order: TimeOrder
  readonly nameOf: (row: Row) => string
  /** Whether the answer holds that event at all. */
  readonly isTold: (row: Row) => boolean
  /** Fields of the rule that the answer has with other values. */
  readonly otherValues: (row: Row) => readonly OtherValue[]
}

/** An event of a result that we lack. */
export interface ToldStep {
  /** 1-based, as written. */
  readonly step: number
  readonly name: string
  /** Undefined when we have it not. */
  readonly row: Row | undefined
}

/** One reason, and the event of ours that it is of. */
export interface Reason extends Absence {
  readonly row?: Row
}

/** Why a result of the cluster is none of ours. */
export function explainMissing(
  world: AnswerWorld,
  steps: readonly ToldStep[],
): readonly Reason[] {
  const absent = steps.filter(({ row }) => row === undefined)
  if (absent.length > 0)
    return [{ sentence: say.sayNotLoaded(absent.map(({ name }) => name)) }]
  const here = steps.flatMap(({ row, step, name }) =>
    row === undefined ? [] : [{ row, step, name }],
  )
  const kept = here.flatMap(({ row, step, name }): Reason[] => {
    if (!world.switchedOn.has(row))
      return [{ row, step, sentence: say.saySwitchedOff(name) }]
    return world.active.has(row) ? [] : [{ row, step, sentence: say.sayHidden(name) }]
  })
  if (kept.length > 0) return kept
  const rows = here.map(({ row }) => row)
  const why = explainAbsence(world.absence, rows)
  const culprit = here.find(({ step }) => step === why.step)?.row
  return [
    ...here.flatMap(({ row, name }) => tellOthers(world, row, name)),
    { ...why, ...(culprit !== undefined && { row: culprit }) },
    ...(hasTies(world.order, rows) ? [{ sentence: say.sayTied }] : []),
  ]
}

const tellOthers = ({ otherValues }: AnswerWorld, row: Row, name: string): Reason[] =>
  otherValues(row).map((other) => ({ row, sentence: say.sayOtherValue(name, other) }))

/** Whether one of them is tied with its neighbour in the order of time. */
const hasTies = (order: TimeOrder, rows: readonly Row[]): boolean =>
  rows.some((row) => {
    const rank = order.rank[row]!
    return [order.rows[rank - 1], order.rows[rank + 1]].some(
      (other) => other !== undefined && isTied(order, row, other),
    )
  })

/**
 * Why a result of ours may be none of the cluster's. `takenBy`: the number, from 1, of the
 * result missing here that has an event. Yields every few thousand events.
 */
export function* explainExtra(
  world: AnswerWorld,
  match: Match,
  takenBy: (row: Row) => number | undefined,
): Generator<void, readonly Reason[]> {
  const { rule } = world.absence
  const rows = match.rows.filter((row) => row !== MISSING)
  const reasons: Reason[] = rows.flatMap((row) => {
    const name = world.nameOf(row)
    const { outside } = world
    const taken = takenBy(row)
    return [
      ...tellOthers(world, row, name),
      ...(outside?.rows.has(row)
        ? [{ row, sentence: say.sayOutsidePatterns(name, outside.patterns) }]
        : []),
      ...(taken === undefined
        ? []
        : [{ row, sentence: say.sayTakenElsewhere(name, taken) }]),
    ]
  })
  const tie = rule.kind === 'sequence' ? yield* findMatchTie(rule, match) : undefined
  if (tie) reasons.push({ sentence: printTie(tie, world.nameOf) })
  if (reasons.length > 0) return reasons
  const untold = rows.filter((row) => !world.isTold(row))
  if (untold.length === 0) return [{ sentence: say.sayPartlyTold }]
  return [{ sentence: say.sayNotTold(untold.map(world.nameOf)) }]
}
