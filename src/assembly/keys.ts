import { hashBytes, isSame } from './bytes'
import { Column } from './columns'
import { findField } from './host'
import { allocate, allocateZeros, release } from './memory'

/*
 * The keys that events were seen to have, as a tree. Each knows which key came after it
 * last time, so that an event like the one before costs one comparison a key. Keys are
 * learnt from lines that JavaScript has read; a line with an unknown key is its to read.
 */

@unmanaged
export class Key {
  /** What stands in the input: the key in quotes and a colon. */
  pattern: usize
  patternLength: u32
  /** The first 16 bytes of that, and which of them there are. */
  headLow: u64
  headHigh: u64
  headBits: u32
  parent: Key | null
  hash: u32
  field: Field
  /** The key behind this one, and the first one inside, last time. */
  next: Key | null
  first: Key | null
  /** The object that had it last, so that it is not given twice. */
  object: u32
  /** Its objects that were kept, by a hash of so many bytes (wholes.ts). */
  wholes: usize
  hashed: u32
  tried: u32
  repeated: u32
  /** How many are still to be passed over. */
  passed: u32
}

/** Where the values of a key go; `a.b` and `b` within `a` are one field. */
@unmanaged
export class Field {
  number: u32
  column: Column | null
  /** Its values are not kept; what kinds they are is, as bits. */
  isSkipped: bool
  /** It is one of those by which rows are told that are no ECS (raw.ts). */
  isSign: bool
  kinds: u32
  /**
   * The row that had it last, and which of that row's values it is; of a field that is not
   * kept, where its value stands, 0 for several.
   */
  row: u32
  place: u32
  /** Several values, or one in an array; 0 for none. */
  list: usize
}

let keys: usize = 0
let keyMask: u32 = 0
let keyCount: u32 = 0
/** By number. */
let fields: usize = 0
let fieldRoom: u32 = 0
let root: Key | null = null

/** The key that leads to the event itself. */
export function rootKey(): Key {
  const known = root
  if (known !== null) return known
  const made = makeKey(null, 0, 0, 0)
  root = made
  return made
}

let hit: Key | null = null

/** The key that leads to the hit that an event is wrapped in. */
export function hitKey(): Key {
  const known = hit
  if (known !== null) return known
  const made = makeKey(null, 0, 0, 1)
  hit = made
  return made
}

let flat: Key | null = null

/** The key that leads to an event that is to be mapped. */
export function flatKey(): Key {
  const known = flat
  if (known !== null) return known
  const made = makeKey(null, 0, 0, 2)
  flat = made
  return made
}

export function fieldOf(number: u32): Field {
  if (number >= fieldRoom) {
    const room = fieldRoom == 0 ? 64 : fieldRoom << 1
    const larger = allocateZeros(room << 2)
    if (fieldRoom > 0) {
      memory.copy(larger, fields, fieldRoom << 2)
      release(fields, fieldRoom << 2)
    }
    fields = larger
    fieldRoom = room
    return fieldOf(number)
  }
  const known = load<u32>(fields + (number << 2))
  if (known != 0) return changetype<Field>(known)
  const field = changetype<Field>(allocateZeros(offsetof<Field>()))
  field.number = number
  store<u32>(fields + (number << 2), changetype<usize>(field))
  return field
}

/** Whether a key and its colon stand at a place. */
export function isKeyAt(key: Key, at: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const head = changetype<usize>(key) + offsetof<Key>('headLow')
    const alike = <u32>i8x16.bitmask(i8x16.eq(v128.load(head), v128.load(at)))
    if ((~alike & key.headBits) != 0) return false
    const length = key.patternLength
    return length <= 16 || isSame(key.pattern + 16, at + 16, length - 16)
  } else {
    return isSame(key.pattern, at, key.patternLength)
  }
}

/** The key inside another that reads `"…":`, null when it was not learnt. */
export function findKey(parent: Key, at: usize, length: u32): Key | null {
  if (keyMask == 0) return null
  const hash = hashBytes(at, length) ^ (<u32>changetype<usize>(parent))
  let slot = hash & keyMask
  while (true) {
    const found = load<u32>(keys + (slot << 2))
    if (found == 0) return null
    const key = changetype<Key>(found)
    if (
      key.hash == hash &&
      key.parent === parent &&
      key.patternLength == length + 1 &&
      isSame(key.pattern, at, length)
    )
      return key
    slot = (slot + 1) & keyMask
  }
}

/** Learns a key in quotes, unless it is not to be learnt. */
export function learnKey(parent: Key, at: usize, length: u32): Key | null {
  const field = findField(parent.field.number, at + 1, length - 2)
  if (field == 0) return null
  const key = makeKey(parent, at, length, field)
  key.hash = hashBytes(at, length) ^ (<u32>changetype<usize>(parent))
  if (++keyCount * 2 > keyMask) growKeys()
  place(key)
  return key
}

function makeKey(parent: Key | null, at: usize, length: u32, field: u32): Key {
  const key = changetype<Key>(allocateZeros(offsetof<Key>()))
  key.parent = parent
  key.pattern = allocate(length + 1)
  key.patternLength = length + 1
  memory.copy(key.pattern, at, length)
  store<u8>(key.pattern + length, 0x3a)
  key.headLow = load<u64>(key.pattern)
  key.headHigh = load<u64>(key.pattern, 8)
  key.headBits = length < 15 ? ((<u32>2) << length) - 1 : 0xffff
  key.field = fieldOf(field)
  return key
}

function place(key: Key): void {
  let slot = key.hash & keyMask
  while (load<u32>(keys + (slot << 2)) != 0) slot = (slot + 1) & keyMask
  store<u32>(keys + (slot << 2), changetype<usize>(key))
}

function growKeys(): void {
  const old = keys
  const count: u32 = keyMask == 0 ? 0 : keyMask + 1
  const larger: u32 = count == 0 ? 256 : count << 1
  keys = allocateZeros(larger << 2)
  keyMask = larger - 1
  for (let i: u32 = 0; i < count; i++) {
    const known = load<u32>(old + (i << 2))
    if (known != 0) place(changetype<Key>(known))
  }
  release(old, count << 2)
}

/** Visits all keys that were learnt. */
export function visitKeys(visit: (key: Key) => void): void {
  if (keyMask == 0) return
  for (let slot: u32 = 0; slot <= keyMask; slot++) {
    const known = load<u32>(keys + (slot << 2))
    if (known != 0) visit(changetype<Key>(known))
  }
}

/**
 * No field has a column, and all are kept, until they are learnt again; nor is it known
 * what kinds of values those have that are not.
 */
export function forgetFieldColumns(): void {
  for (let number: u32 = 0; number < fieldRoom; number++) {
    const known = load<u32>(fields + (number << 2))
    if (known == 0) continue
    const field = changetype<Field>(known)
    field.column = null
    field.isSkipped = false
    field.kinds = 0
  }
}
