import { hashBytes, isSame } from './bytes'
import { Key, visitKeys } from './keys'
import { allocate, allocateZeros, release } from './memory'
import { recallPending } from './pending'
import { areKnown, copyValues, countOthers, KEPT_VALUE } from './row'
import { repeatValues, valueCount } from './row'

/*
 * Objects that come again byte for byte: the machine, the agent, the user, the program
 * that does one thing after another. Of such an object is kept what it gave to its row,
 * and comparing bytes is all it takes to give that to the next.
 *
 *     wholes     of one key, by a hash of how an object begins: where it is kept, or 0
 *     an object  length, number of values
 *                as it stands in the input
 *                (field, code, offset, length), for each value
 *
 * Only objects are kept whose values all have their codes, and which gave nothing else.
 */

const SLOTS: u32 = 2048
const TABLE_BYTES: u32 = SLOTS << 2
const HEADER: u32 = 8
/** Larger objects are not kept. */
const MOST_BYTES: u32 = 1024
/** Keys whose objects are kept at a time: at most 64 MB of objects in all. */
const MOST_TABLES: u32 = 32

const SHORTEST: u32 = 16
/** Bytes of an object that are hashed: as many as the shortest has, up to this. */
const MOST_HASHED: u32 = 64

/** Objects after which it is decided whether it pays, and those passed over if not. */
const TRIAL: u32 = 2048
const PAUSE: u32 = 16384
/** One in so many has to come again for it to pay. */
const LEAST_SHARE: u32 = 2

let tables: u32 = 0

/** Whether it is worth a try to find the object of a key among those that were kept. */
export function mayComeAgain(key: Key): bool {
  if (key.passed == 0) return true
  key.passed--
  return false
}

/** Gives the row what an object gave before that begins here: the place behind it, or 0. */
export function repeatWhole(key: Key, at: usize): usize {
  if (++key.tried == TRIAL) judge(key)
  if (key.wholes == 0) return 0
  const whole = load<u32>(slotOf(key, at))
  if (whole == 0) return 0
  const length = load<u32>(whole)
  if (!isSame(whole + HEADER, at, length)) return 0
  if (!repeatValues(whole + HEADER + length, load<u32>(whole, 4), at)) return 0
  key.repeated++
  return at + length
}

/**
 * Keeps the object from `at` to `end`, which was read after the row had `before` values
 * and so many `others`.
 */
export function keepWhole(
  key: Key,
  at: usize,
  end: usize,
  before: u32,
  others: u32,
): void {
  const length = <u32>(end - at)
  const count = valueCount - before
  if (length < SHORTEST || bytesOf(length, count) > MOST_BYTES) return
  if (countOthers() != others) return
  recallPending(before)
  if (!areKnown(before, at, end)) return
  if (!prepare(key, min(length, MOST_HASHED))) return
  const slot = slotOf(key, at)
  empty(slot)
  const whole = allocate(bytesOf(length, count))
  store<u32>(slot, whole)
  store<u32>(whole, length)
  store<u32>(whole, count, 4)
  memory.copy(whole + HEADER, at, length)
  copyValues(before, whole + HEADER + length, at)
}

function bytesOf(length: u32, count: u32): u32 {
  return HEADER + length + count * KEPT_VALUE
}

/** Gives back what a slot holds. */
function empty(slot: usize): void {
  const whole = load<u32>(slot)
  if (whole == 0) return
  release(whole, bytesOf(load<u32>(whole), load<u32>(whole, 4)))
  store<u32>(slot, 0)
}

/** Makes room to keep objects; false where there is none, or they are to be hashed anew. */
function prepare(key: Key, hashed: u32): bool {
  const isShorter = hashed < key.hashed
  if (key.hashed == 0 || isShorter) key.hashed = hashed
  if (isShorter) forgetWholes(key)
  if (key.wholes == 0 && tables < MOST_TABLES) {
    key.wholes = allocateZeros(TABLE_BYTES)
    tables++
  }
  return key.wholes != 0
}

function slotOf(key: Key, at: usize): usize {
  return key.wholes + ((hashBytes(at, key.hashed) & (SLOTS - 1)) << 2)
}

function judge(key: Key): void {
  if (key.repeated * LEAST_SHARE < key.tried) {
    key.passed = PAUSE
    forgetWholes(key)
  }
  key.tried = 0
  key.repeated = 0
}

/** Columns are others: what was given to them is not to be given again. */
export function forgetAllWholes(): void {
  visitKeys(forgetWholes)
}

function forgetWholes(key: Key): void {
  if (key.wholes == 0) return
  const end = key.wholes + TABLE_BYTES
  for (let slot = key.wholes; slot < end; slot += 4) empty(slot)
  release(key.wholes, TABLE_BYTES)
  key.wholes = 0
  tables--
}
