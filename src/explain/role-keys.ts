import { KeyTable } from '../engine/key-table'
import type { KeyTuple } from '../engine/observer'
import type { CompiledStep } from '../engine/plan'
import type { Scalar } from '../events/column'
import type { Row } from '../events/row-set'
import { printKey } from './sequence-world'

/** A join key as it is told. */
export type RoleKeys = readonly { readonly name: string; readonly value: Scalar }[]

/** Of an event with arrays in its key fields, so many keys are followed. */
const MOST_KEYS = 8

/** The join keys of an event by the fields of a step; none where it lacks one. */
export function keysAt(
  { keys }: CompiledStep,
  row: Row,
  nulls: 'as written' | 'always' = 'as written',
): readonly KeyTuple[] {
  const table = new KeyTable(keys)
  const ids = table.reader(keys, nulls).all(row)
  return ids.slice(0, MOST_KEYS).map((id) => table.tuple(id))
}

/** The key fields that an event would need and has not. */
export const lackingKeys = ({ keys }: CompiledStep, row: Row): readonly string[] =>
  keys
    .filter((key) => !key.optional && key.valuesAt(row).length === 0)
    .map(({ name }) => name)

export const printKeys = ({ keys }: CompiledStep, tuple: KeyTuple): RoleKeys =>
  tuple.map((value, part) => ({
    name: keys[part]!.name,
    value: printKey(keys[part]!, value),
  }))

/** Tells one key from another. */
export const nameOfKey = (key: KeyTuple): string => JSON.stringify(key, printBig)

const printBig = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value
