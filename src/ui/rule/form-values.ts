import { isRecord } from '../../rules/record'
import { FORM } from './edit-wording'
import type { FieldKind } from './form-fields'

/** A value as the form shows it. */
export function printField(field: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (field.kind === 'json') return JSON.stringify(value, null, 2)
  if (field.kind === 'lines')
    return linesOf(value, field.within).map(printOneLine).join('\n')
  return isScalar(value) ? String(value) : ''
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** An item that a file has on several lines. */
const printOneLine = (item: string): string =>
  item
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')

/** A list, or one text that stands for a list of it. */
function linesOf(value: unknown, within?: string): readonly string[] {
  if (Array.isArray(value)) return value.map(String)
  if (isScalar(value)) return [String(value)]
  if (!isRecord(value)) return []
  return within === undefined ? [] : linesOf(value[within] ?? [])
}

export type ReadField =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

/**
 * What was typed as a value, in the shape the old one had; undefined for a field that is
 * left empty.
 */
export function readField(field: FieldKind, typed: string, old: unknown): ReadField {
  if (typed.trim() === '') return { ok: true, value: undefined }
  switch (field.kind) {
    case 'lines':
      return { ok: true, value: shapeLines(typed, old, field.within) }
    case 'number':
      return readNumber(typed)
    case 'switch':
      return { ok: true, value: typed === 'true' }
    case 'json':
      return readJson(typed)
    case 'text':
      return { ok: true, value: typed }
    default:
      return { ok: true, value: typed.trim() }
  }
}

/** Items that nobody changed stay as they are written. */
function shapeLines(typed: string, old: unknown, within: string | undefined): unknown {
  const written = new Map(linesOf(old, within).map((item) => [printOneLine(item), item]))
  const list = typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => written.get(line) ?? line)
  if (within !== undefined) return { ...(isRecord(old) && old), [within]: list }
  return typeof old === 'string' && list.length === 1 ? list[0] : list
}

function readNumber(typed: string): ReadField {
  const value = Number(typed)
  return Number.isFinite(value)
    ? { ok: true, value }
    : { ok: false, problem: FORM.noNumber }
}

function readJson(typed: string): ReadField {
  try {
    const value: unknown = JSON.parse(typed)
    if (typeof value !== 'object' || value === null)
      return { ok: false, problem: FORM.noList }
    return isWritable(value) ? { ok: true, value } : { ok: false, problem: FORM.noNull }
  } catch {
    return { ok: false, problem: FORM.noJson }
  }
}

/** TOML has no null. */
const isWritable = (value: unknown): boolean =>
  value !== null && (typeof value !== 'object' || Object.values(value).every(isWritable))
