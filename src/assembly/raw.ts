import { Field } from './keys'
import { skipText } from './text'

/*
 * Which rows may be something other than ECS, and are for JavaScript to look at: those
 * with one field, and neither of two others (as `ingest/windows/winlogbeat.ts` has it),
 * those with a field of flat events of Windows and without a category, and those without
 * a category in whose texts an event of Windows may stand as XML (as
 * `ingest/windows/xml-record.ts` has it).
 */

let signField: Field | null = null
let categoryField: Field | null = null
let excuseField: Field | null = null
let flatField: Field | null = null
/** The fields whose texts may hold an event as XML: at most eight. */
const carriers: usize = memory.data(8 * 4)
export let carrierCount: u32 = 0

export function lookForRaw(
  sign: Field,
  category: Field,
  excuse: Field,
  ofFlat: Field,
): void {
  signField = sign
  categoryField = category
  excuseField = excuse
  flatField = ofFlat
  sign.isSign = category.isSign = excuse.isSign = ofFlat.isSign = true
}

export function lookForXml(carrier: Field): void {
  carrier.isSign = true
  store<usize>(carriers + (carrierCount++ << 2), changetype<usize>(carrier))
}

export function carrierAt(index: u32): Field {
  return changetype<Field>(load<usize>(carriers + (index << 2)))
}

/** Whether a row is one of the first two kinds. Rows are numbered from 1. */
export function isRaw(row: u32): bool {
  const isSuspect = has(flatField, row) || (has(signField, row) && !has(excuseField, row))
  return isSuspect && !hasCategory(row)
}

export function hasCategory(row: u32): bool {
  return has(categoryField, row)
}

function has(field: Field | null, row: u32): bool {
  return field !== null && field.row == row
}

/** `<Event`, which such an event begins with. */
const BEGINNING = memory.data<u8>([0x3c, 0x45, 0x76, 0x65, 0x6e, 0x74])
const BEGINNING_LENGTH: u32 = 6

export function mayHoldXml(at: usize, length: u32): bool {
  if (length < BEGINNING_LENGTH) return false
  const end = at + length - BEGINNING_LENGTH
  for (; at <= end; at++)
    if (load<u8>(at) == 0x3c && memory.compare(at, BEGINNING, BEGINNING_LENGTH) == 0)
      return true
  return false
}

const QUOTE: u8 = 0x22
/** `\u00`, by which `<` and letters may be written. */
const ESCAPE: u32 = 0x3030755c

/** As `mayHoldXml`, of a value as it stands in the input, with its quotes and escapes. */
export function mayBeWrittenXml(start: usize): bool {
  if (load<u8>(start) != QUOTE) return false
  const end = skipText(start)
  for (let at = start; at < end; at++) if (load<u32>(at) == ESCAPE) return true
  return mayHoldXml(start, <u32>(end - start))
}
