import { compareCodePoints } from '../events/code-point-order'
import type { FieldRef } from '../language/ast'
import type { Row } from '../events/row-set'
import type { Field } from '../events/schema'
import type { EvaluationContext } from './context'
import { kindOf, type ValueKind } from './field-values'
import { readAddress } from './ip'
import { shortestFloat } from './java-text'
import { keyValuesOf } from './key-values'
import type { JoinKey, KeyValue, PrintedKey } from './plan'
import { compareVersions } from './version-order'

/** How dates stand in `join_keys`: ISO text in sequences, epoch ms in samples. */
export type DateStyle = 'iso' | 'epoch'

/**
 * The readers of `by` fields, in the order given (language.md 5.3). An optional field
 * that nothing maps is a key that is always null.
 */
export const compileJoinKeys = (
  by: readonly FieldRef[],
  context: EvaluationContext,
  dates: DateStyle,
): readonly JoinKey[] => by.map((ref) => compileJoinKey(ref, context, dates))

const compileJoinKey = (
  { name, optional }: FieldRef,
  context: EvaluationContext,
  dates: DateStyle,
): JoinKey => {
  const values = keyValuesOf(context.table)
  const field = exactField(name, context)
  const numbers = field ? values.field(field, context) : values.nothing
  const valuesAt = (row: Row): readonly KeyValue[] =>
    numbers.listAt(row).map((number) => numbers.valueOf(number)!)
  return {
    name,
    optional,
    numbers,
    valuesAt,
    print: field ? keyPrinter(field, dates) : (value) => value,
    compare: field && comparers[kindOf(field.type)],
  }
}

/** A `text` field joins by its exact sub-field, if it has one. */
const exactField = (name: string, { schema }: EvaluationContext): Field | undefined => {
  const field = schema.field(name)
  return field?.exact === undefined ? field : (schema.field(field.exact) ?? field)
}

const comparers: Partial<Record<ValueKind, JoinKey['compare']>> = {
  version: (a, b) => compareVersions(String(a), String(b)),
  ip: (a, b) =>
    compareCodePoints(readAddress(String(a)) ?? '', readAddress(String(b)) ?? ''),
}

const keyPrinter = (
  { type }: Field,
  dates: DateStyle,
): ((value: KeyValue) => PrintedKey) => {
  if (type === 'float' || type === 'half_float') return printFloat
  const isDate = type === 'date' || type === 'date_nanos'
  return isDate && dates === 'iso' ? printInstant : (value) => value
}

/** `0.1`, not what a double makes of the float. */
const printFloat = (value: KeyValue): PrintedKey =>
  typeof value === 'number' ? shortestFloat(value) : value

/** Epoch ms as a number, or epoch ns as a bigint, to ISO text. */
const printInstant = (value: KeyValue): PrintedKey => {
  if (typeof value === 'number') return new Date(value).toISOString()
  if (typeof value !== 'bigint') return value
  const nanos = ((value % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const ms = Number((value - nanos) / 1_000_000n)
  return new Date(ms).toISOString().replace('000Z', `${pad9(nanos)}Z`)
}

const pad9 = (nanos: bigint): string => String(nanos).padStart(9, '0')
