import { Field } from './keys'

/*
 * Which rows may be something other than ECS, and are for JavaScript to look at: those
 * with one field, and neither of two others. As `ingest/windows/winlogbeat.ts` has it.
 */

let signField: Field | null = null
let firstExcuse: Field | null = null
let secondExcuse: Field | null = null

export function lookForRaw(sign: Field, first: Field, second: Field): void {
  signField = sign
  firstExcuse = first
  secondExcuse = second
}

/** Whether a row is one of those. Rows are numbered from 1. */
export function isRaw(row: u32): bool {
  return has(signField, row) && !has(firstExcuse, row) && !has(secondExcuse, row)
}

function has(field: Field | null, row: u32): bool {
  return field !== null && field.row == row
}
