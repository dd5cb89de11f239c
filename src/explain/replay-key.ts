import { KeyTable } from '../engine/key-table'
import type { KeyTuple } from '../engine/observer'
import type { CompiledRule, CompiledStep } from '../engine/plan'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import type { NearMiss } from './explanation'

type SequenceRule = Extract<CompiledRule, { kind: 'sequence' }>

/**
 * A join key of an event: by the fields of the first step it satisfies, else of the first
 * that has values in it. Of arrays the first combination; undefined when it has no key.
 */
export const keyOfEvent = (
  { steps, until }: SequenceRule,
  row: Row,
): KeyTuple | undefined => {
  const all = [...steps, ...(until ? [until] : [])]
  const satisfied = all.filter(({ condition }) => condition.rows().has(row))
  for (const step of [...satisfied, ...all]) {
    const [key] = keysAt(step, row)
    if (key) return key
  }
  return undefined
}

/** The join key a near miss is of: that of its events which prints the same. */
export const keyOfNearMiss = (
  { steps }: SequenceRule,
  { rows, joinKeys }: Pick<NearMiss, 'rows' | 'joinKeys'>,
): KeyTuple | undefined => {
  for (const step of steps) {
    const row = rows[step.writtenStep]
    if (row === undefined) continue
    const key = keysAt(step, row).find((tuple) =>
      printKey(step, tuple).every((value, part) => value === joinKeys[part]?.value),
    )
    if (key) return key
  }
  return undefined
}

/** The values of a key as they are shown. */
export const printKey = ({ keys }: CompiledStep, key: KeyTuple): readonly Scalar[] =>
  keys.map((field, part) => {
    const value = key[part] ?? null
    return value === null ? null : field.print(value)
  })

const keysAt = ({ keys: fields }: CompiledStep, row: Row): readonly KeyTuple[] => {
  const keys = new KeyTable(fields)
  return [...keys.reader(fields, 'as written').all(row)].map((id) => keys.tuple(id))
}
