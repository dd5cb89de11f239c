import { compareCodePoints } from '../events/code-point-order'
import type { FieldRef } from '../language/ast'
import type { Field } from '../events/schema'
import type { EvaluationContext } from './context'
import {
  keyValue,
  readFieldValues,
  type FieldReader,
  type ValueKind,
} from './field-values'
import { readAddress } from './ip'
import { shortestFloat } from './java-text'
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
  ref: FieldRef,
  context: EvaluationContext,
  dates: DateStyle,
): JoinKey => {
  const { name, optional } = ref
  const field = exactField(name, context)
  if (!field) return { name, optional, ...NEVER }
  const reader = readFieldValues(context.table, field)
  const valuesOf = (code: number): readonly KeyValue[] => distinctKeys(reader, code)
  const codeAt = (row: number): number => reader.column?.codeAt(row) ?? 0
  return {
    name,
    optional,
    codeAt,
    valuesOf,
    valuesAt: (row) => valuesOf(codeAt(row)),
    print: keyPrinter(reader, dates),
    compare: comparers[reader.kind],
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

const NEVER = {
  codeAt: () => 0,
  valuesOf: () => [],
  valuesAt: () => [],
  print: (value: KeyValue) => value,
}

const distinctKeys = (reader: FieldReader, code: number): readonly KeyValue[] => {
  const values = reader.of(code)
  if (values.length === 1) return [keyValue(values[0]!, reader.kind)]
  return [...new Set(values.map((value) => keyValue(value, reader.kind)))]
}

const keyPrinter = (
  { kind, field }: FieldReader,
  dates: DateStyle,
): ((value: KeyValue) => PrintedKey) => {
  if (field.type === 'float' || field.type === 'half_float') return printFloat
  const isDate = kind === 'date' || kind === 'nanos'
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
