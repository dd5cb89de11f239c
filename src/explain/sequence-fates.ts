import type { KeyTuple } from '../engine/observer'
import type { Violation } from '../engine/missing-step'
import { SequenceMachine } from '../engine/sequence-machine'
import { prepareConditions, type SequenceRule } from '../engine/sequence'
import { RowSet, type Row } from '../events/row-set'

/** How a pending sequence ended without a match. `rows`: one per positive step so far. */
export type Fate = { readonly key: KeyTuple; readonly rows: readonly Row[] } & (
  | { readonly kind: 'waiting'; readonly by?: undefined }
  | { readonly kind: 'replaced'; readonly by: Row }
  | { readonly kind: 'expired'; readonly by: Row; readonly overMs: number }
  | { readonly kind: 'cut'; readonly by: Row; readonly until: Row }
  | {
      readonly kind: 'violated'
      readonly by?: undefined
      readonly step: number
      readonly witness: Row
    }
)

/** All that a run left behind. */
export interface Fates {
  /** Those that came farthest first; of each length at most the cap. */
  readonly list: readonly Fate[]
  /** How many there were. */
  readonly total: number
  /** Events that take part in a match. */
  readonly matched: RowSet
  /** Events that carried some sequence on, whatever became of it. */
  readonly used: RowSet
  /** An event in a gap between these, where a missing step forbids it. */
  readonly violationBetween: (
    rows: readonly Row[],
    key: KeyTuple,
  ) => Violation | undefined
}

/** Runs the rule once more, listening; keeps no matches. */
export function* recordFates(
  rule: SequenceRule,
  size: number,
  cap: number,
): Generator<void, Fates> {
  const byLength: Fate[][] = []
  const matched = new RowSet(size)
  const used = new RowSet(size)
  let total = 0
  const record = (fate: Fate): void => {
    total++
    const others = (byLength[fate.rows.length] ??= [])
    if (others.length < cap) others.push(fate)
  }
  const limits = { size: 0, resultPosition: 'head', maxSamplesPerKey: 1 } as const
  const machine = new SequenceMachine(rule, limits, {
    advanced: (_, rows) => used.add(rows.at(-1)!),
    replaced: (key, rows, by) => record({ kind: 'replaced', key, rows, by }),
    expired: (key, rows, by, overMs) =>
      record({ kind: 'expired', key, rows, by, overMs }),
    cut: (key, rows, by, until) => record({ kind: 'cut', key, rows, by, until }),
    violated: (key, rows, step, witness) =>
      record({ kind: 'violated', key, rows, step, witness }),
    waiting: (key, rows) => record({ kind: 'waiting', key, rows }),
    matched: (_, rows) => rows.forEach((row) => matched.add(row)),
  })
  yield* prepareConditions(rule)
  yield* machine.run()
  return {
    list: byLength.reverse().flat(),
    total,
    matched,
    used,
    violationBetween: (rows, key) => machine.violationBetween(rows, key),
  }
}
