import type { Row } from '../events/row-set'
import type { KeyTuple } from './observer'
import type { CompiledStep, JoinKey } from './plan'
import { MISSING, type Match } from './result'

/** A sequence of these events, one for each positive step; missing steps hold their place. */
export function printSequence(
  steps: readonly CompiledStep[],
  key: KeyTuple,
  rows: readonly Row[],
): Match {
  let at = 0
  const places = steps.map((step) => (step.missing ? MISSING : rows[at++]!))
  const by = steps.find((step) => !step.missing)?.keys ?? []
  return by.length === 0
    ? { rows: places }
    : { rows: places, joinKeys: printKey(key, by) }
}

/** A join key as its fields print their values. */
export const printKey = (
  key: KeyTuple,
  by: readonly JoinKey[],
): NonNullable<Match['joinKeys']> =>
  key.map((value, at) => (value === null ? null : by[at]!.print(value)))
