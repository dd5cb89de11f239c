import { Dictionary, setUp, tearDown } from './dictionary'
import { allocate, allocateZeros, enlarge, release } from './memory'

/*
 * A column, as far as it is here: its dictionary, and the codes and times of the rows
 * read since they were last fetched, beside the rows' offsets in their block.
 */

const FIRST_ROOM: u32 = 16
/** A guess takes 8 bytes. */
export const GUESS_SHIFT: u32 = 3

@unmanaged
export class Column extends Dictionary {
  /** Timestamps are kept as numbers where their spelling allows. */
  isTime: bool
  isTouched: bool
  /** Its texts are kept without carriage returns, and their lines counted (flat.ts). */
  hasLines: bool
  /** None is guessed right often enough for it to pay. */
  isPaused: bool
  /** The code put last, in this row or one before; or the hash in this row (row.ts). */
  current: u32
  // What it will be (guesses.ts).
  guide: Column
  guesses: usize
  guessMask: u32
  codeCount: u32
  codeRoom: u32
  codeOffsets: usize
  codes: usize
  lastGuess: u64
  /** How many other columns are guessed by it. */
  followers: u32
  // How that is found out.
  hitsBefore: u32
  misses: u32
  patience: u32
  distance: u32
  best: Column
  /** Its guide after the last trial, and how many wrong guesses it is to have then. */
  kept: Column
  rest: u32
  bestScore: f32
  /** 1, 2, 3 … as the columns were made. */
  number: u32
  timeCount: u32
  timeRoom: u32
  timeOffsets: usize
  times: usize
  nanos: usize
  spellings: usize
}

/** The columns that have rows to be fetched. */
let touched: usize = 0
let touchedCount: u32 = 0
let touchedRoom: u32 = 0

export function makeColumn(number: u32, isTime: bool): Column {
  const own = changetype<Column>(allocateZeros(offsetof<Column>()))
  setUp(own)
  own.number = number
  own.isTime = isTime
  return own
}

export function dropColumn(own: Column): void {
  tearDown(own)
  release(own.guesses, (own.guessMask + 1) << GUESS_SHIFT)
  release(own.codeOffsets, own.codeRoom << 1)
  release(own.codes, own.codeRoom << 2)
  release(own.timeOffsets, own.timeRoom << 1)
  release(own.times, own.timeRoom << 3)
  release(own.nanos, own.timeRoom << 2)
  release(own.spellings, own.timeRoom)
  release(changetype<usize>(own), offsetof<Column>())
}

function touch(own: Column): void {
  if (touchedCount == touchedRoom) {
    const room = touchedRoom == 0 ? FIRST_ROOM : touchedRoom << 1
    touched =
      touchedRoom == 0
        ? allocate(room << 2)
        : enlarge(touched, touchedRoom << 2, room << 2)
    touchedRoom = room
  }
  store<u32>(touched + (touchedCount++ << 2), changetype<usize>(own))
  own.isTouched = true
}

/** All rows have been fetched. */
export function clearTouched(): void {
  for (let i: u32 = 0; i < touchedCount; i++) {
    const own = changetype<Column>(load<u32>(touched + (i << 2)))
    own.isTouched = false
    own.codeCount = 0
    own.timeCount = 0
  }
  touchedCount = 0
}

/** Takes back what the last row was given, which is at an offset of its block. */
export function dropRow(offset: u32): void {
  for (let i: u32 = 0; i < touchedCount; i++) {
    const own = changetype<Column>(load<u32>(touched + (i << 2)))
    const codes = own.codeCount
    if (codes > 0 && <u32>load<u16>(own.codeOffsets + ((codes - 1) << 1)) == offset)
      own.codeCount--
    const times = own.timeCount
    if (times > 0 && <u32>load<u16>(own.timeOffsets + ((times - 1) << 1)) == offset)
      own.timeCount--
  }
}

/** Gives the row at an offset of the block its code, at a place where there is room. */
export function putCode(own: Column, at: u32, offset: u32, code: u32): void {
  store<u16>(own.codeOffsets + (at << 1), offset)
  store<u32>(own.codes + (at << 2), code)
  own.codeCount = at + 1
}

/** Makes room for another code. */
export function makeRoom(own: Column): void {
  if (!own.isTouched) touch(own)
  if (own.codeCount == own.codeRoom) growCodes(own)
}

export function putTime(
  own: Column,
  offset: u32,
  ms: f64,
  nanos: u32,
  spelling: u32,
): void {
  if (!own.isTouched) touch(own)
  const at = own.timeCount
  if (at == own.timeRoom) growTimes(own)
  store<u16>(own.timeOffsets + (at << 1), offset)
  store<f64>(own.times + (at << 3), ms)
  store<u32>(own.nanos + (at << 2), nanos)
  store<u8>(own.spellings + at, spelling)
  own.timeCount = at + 1
}

function growCodes(own: Column): void {
  const room = own.codeRoom
  const larger = room == 0 ? FIRST_ROOM : room << 1
  own.codeOffsets = grow(own.codeOffsets, room << 1, larger << 1)
  own.codes = grow(own.codes, room << 2, larger << 2)
  own.codeRoom = larger
}

function growTimes(own: Column): void {
  const room = own.timeRoom
  const larger = room == 0 ? FIRST_ROOM : room << 1
  own.timeOffsets = grow(own.timeOffsets, room << 1, larger << 1)
  own.times = grow(own.times, room << 3, larger << 3)
  own.nanos = grow(own.nanos, room << 2, larger << 2)
  own.spellings = grow(own.spellings, room, larger)
  own.timeRoom = larger
}

function grow(block: usize, bytes: u32, larger: u32): usize {
  return block == 0 ? allocate(larger) : enlarge(block, bytes, larger)
}

export function touchedColumns(): u32 {
  return touchedCount
}

export function touchedColumn(index: u32): usize {
  return load<u32>(touched + (index << 2))
}

export function numberOf(own: Column): u32 {
  return own.number
}

export function codeCountOf(own: Column): u32 {
  return own.codeCount
}

/** Offsets of rows in their block; u16. */
export function codeOffsetsOf(own: Column): usize {
  return own.codeOffsets
}

/** Their codes; u32. */
export function codesOf(own: Column): usize {
  return own.codes
}

export function timeCountOf(own: Column): u32 {
  return own.timeCount
}

/** Offsets of rows in their block; u16. */
export function timeOffsetsOf(own: Column): usize {
  return own.timeOffsets
}

/** Epoch ms; f64. */
export function timesOf(own: Column): usize {
  return own.times
}

/** Nanoseconds within the millisecond; u32. */
export function nanosOf(own: Column): usize {
  return own.nanos
}

/** Digits of the second's fraction, or 10 for numbers; u8. */
export function spellingsOf(own: Column): usize {
  return own.spellings
}
