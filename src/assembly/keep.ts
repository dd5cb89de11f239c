import { Field } from './keys'

/*
 * Which rows are kept: those with a chosen value of one field, and those of a span of
 * time. As `ingest/keep-filter.ts` has it.
 */

let keyField: Field | null = null
let hashes: u64 = 0
let clockField: Field | null = null
let earliest: f64 = 0
let latest: f64 = 0

/** All rows are kept from now on. */
export function keepAll(): void {
  keyField = null
  clockField = null
}

/** Only rows whose value of a field has a hash below a bound. */
export function keepOnlyKeys(field: Field, below: f64): void {
  keyField = field
  hashes = <u64>below
}

/** Only rows with a time from one moment to before another, epoch ms. */
export function keepOnlyTimes(field: Field, from: f64, to: f64): void {
  clockField = field
  earliest = from
  latest = to
}

export function chosenKey(): Field | null {
  return keyField
}

export function chosenClock(): Field | null {
  return clockField
}

export function isKeptTime(ms: f64): bool {
  return ms >= earliest && ms < latest
}

/** FNV-1a, mixed once more; not of null. */
export function isKeptKey(at: usize, length: u32): bool {
  if (load<u8>(at) == 0x6e) return false
  let hash: u32 = 0x811c9dc5
  for (let i: u32 = 0; i < length; i++) hash = (hash ^ load<u8>(at + i)) * 0x01000193
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35
  return <u64>(hash ^ (hash >> 16)) < hashes
}
