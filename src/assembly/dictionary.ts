import { hashBytes, isSame } from './bytes'
import { allocate, allocateZeros, enlarge, release, top } from './memory'
import { isBeyondSafe, kindOfNumber } from './numbers'

/*
 * The contents of one column. Each is kept as JSON, in the one way it is written here,
 * so that equal contents are equal bytes; an array is `[a,b]`.
 *
 *     chunks     "cmd.exe","svchost.exe",443,["a","b"],          contents and commas
 *     entries    by code - 1: where a content begins
 *     runs       by chunk: the first code in it, where its contents end
 *     slots      hash and code, open addressing; code 0 is a free slot
 *
 * Where nearly every content is new, finding that out would be most of the work and the
 * slots most of the memory. Then only one in sixteen is still looked for, and the others
 * are taken for new, until those looked for turn out to be known again.
 */

const FIRST_SLOTS: u32 = 16
/** A slot takes 8 bytes. */
const SLOT_SHIFT: u32 = 3
const FIRST_ENTRIES: u32 = 8
const FIRST_CHUNK: u32 = 128
/** How often chunks double: the largest take 256 KB. */
const DOUBLINGS: u32 = 11
const FIRST_RUNS: u32 = 2
/** Bytes of each part of a content that decides whether it is looked for. */
const SAMPLE: u32 = 16
const COMMA: u8 = 0x2c
const QUOTE: u8 = 0x22

/** Contents looked for between two looks at how many of them were known. */
const TRIAL: u32 = 4096
/** With fewer known ones, it does not pay to look for them. */
const FEW: u32 = TRIAL / 10
/** Slots are given back where more than one in so many contents (as a power of two) has one. */
const LEAST_SPARED: u32 = 3

@unmanaged
export class Dictionary {
  size: u32
  entries: usize
  entryRoom: u32
  slots: usize
  /** Slots less one; they are a power of two. */
  mask: u32
  /** Slots in use. */
  used: u32
  /** Room for contents: the next byte and the end of the chunk. */
  next: usize
  end: usize
  runs: usize
  runCount: u32
  runRoom: u32
  asked: u32
  known: u32
  guessedBefore: u32
  // What kinds of scalars there are, once per content.
  texts: u32
  longs: u32
  bigs: u32
  doubles: u32
  booleans: u32
  nulls: u32
  // From here on to the codes of columns: what every value needs, side by side.
  /** How often a content was guessed (guesses.ts); it was known then, and not asked for. */
  guessed: u32
  isSampling: bool
  /** Whether there are integers that JSON.parse would round. */
  hasUnsafe: bool
}

export function setUp(own: Dictionary): void {
  own.entryRoom = FIRST_ENTRIES
  own.entries = allocate(FIRST_ENTRIES << 2)
  own.mask = FIRST_SLOTS - 1
  own.slots = allocateZeros(FIRST_SLOTS << SLOT_SHIFT)
  own.runRoom = FIRST_RUNS
  own.runs = allocate(FIRST_RUNS << 3)
}

/** The code of a content, new if need be. */
export function intern(own: Dictionary, at: usize, length: u32): u32 {
  return own.isSampling && !isSampled(at, length)
    ? append(own, at, length)
    : lookUp(own, at, length, hashBytes(at, length))
}

/** The code of a content with a hash, 0 when it has no slot. */
export function recall(own: Dictionary, at: usize, length: u32, hash: u32): u32 {
  let slot = hash & own.mask
  while (true) {
    const place = own.slots + (slot << SLOT_SHIFT)
    const code = load<u32>(place, 4)
    if (code == 0) return 0
    if (load<u32>(place) == hash && isEntry(own, code, at, length)) {
      own.known++
      if (++own.asked == TRIAL) judge(own)
      return code
    }
    slot = (slot + 1) & own.mask
  }
}

/** Of long contents, three parts decide. */
function isSampled(at: usize, length: u32): bool {
  if (length <= SAMPLE * 3) return hashBytes(at, length) >> 28 == 0
  const middle = hashBytes(at + (length >> 1), SAMPLE)
  const end = hashBytes(at + length - SAMPLE, SAMPLE)
  return (hashBytes(at, SAMPLE) + middle + end + length) >> 28 == 0
}

/** The code of a content with a hash, new if need be; it is looked for in any case. */
export function lookUp(own: Dictionary, at: usize, length: u32, hash: u32): u32 {
  if (++own.asked == TRIAL) judge(own)
  let slot = hash & own.mask
  while (true) {
    const place = own.slots + (slot << SLOT_SHIFT)
    const code = load<u32>(place, 4)
    if (code == 0) return addAt(own, place, at, length, hash)
    if (load<u32>(place) == hash && isEntry(own, code, at, length)) {
      own.known++
      return code
    }
    slot = (slot + 1) & own.mask
  }
}

/** The hash in the slot where a content with a hash is looked for first. */
export function firstSlot(own: Dictionary, hash: u32): u32 {
  return load<u32>(own.slots + ((hash & own.mask) << SLOT_SHIFT))
}

/** Where the content begins that is met first with a hash; 0 where there is none. */
export function likelyEntry(own: Dictionary, hash: u32): usize {
  let slot = hash & own.mask
  while (true) {
    const place = own.slots + (slot << SLOT_SHIFT)
    const code = load<u32>(place, 4)
    if (code == 0) return 0
    if (load<u32>(place) == hash) return beginOfEntry(own, code)
    slot = (slot + 1) & own.mask
  }
}

/** Whether a code stands for these bytes. */
function isEntry(own: Dictionary, code: u32, at: usize, length: u32): bool {
  const entry = beginOfEntry(own, code)
  // No JSON value and comma begin another value, so the comma shows the same length.
  if (entry + length >= top || load<u8>(entry + length) != COMMA) return false
  return isSame(entry, at, length)
}

function addAt(own: Dictionary, place: usize, at: usize, length: u32, hash: u32): u32 {
  const code = append(own, at, length)
  store<u32>(place, hash)
  store<u32>(place, code, 4)
  if (++own.used * 4 > own.mask * 3) rehash(own, (own.mask + 1) << 1)
  return code
}

/** Adds a content without looking whether there is one like it. */
function append(own: Dictionary, at: usize, length: u32): u32 {
  if (own.size == own.entryRoom) {
    own.entries = enlarge(own.entries, own.entryRoom << 2, own.entryRoom << 3)
    own.entryRoom <<= 1
  }
  // Last, as memory may end here: no chunk is ever left without a content.
  if (own.next + length + 1 > own.end) addChunk(own, length + 1)
  const entry = own.next
  memory.copy(entry, at, length)
  store<u8>(entry + length, COMMA)
  own.next = entry + length + 1
  store<u32>(own.runs + ((own.runCount - 1) << 3), own.next, 4)
  store<u32>(own.entries + (own.size << 2), entry)
  countKinds(own, entry, length)
  return ++own.size
}

/** Each chunk is twice as large as the one before, up to a size. */
function chunkBytesOf(run: u32): u32 {
  return FIRST_CHUNK << min(run, DOUBLINGS)
}

function addChunk(own: Dictionary, needed: u32): void {
  if (own.runCount == own.runRoom) {
    own.runs = enlarge(own.runs, own.runRoom << 3, own.runRoom << 4)
    own.runRoom <<= 1
  }
  // A chunk of its own for what is larger than all.
  const bytes = max(needed, chunkBytesOf(own.runCount))
  const chunk = allocate(bytes)
  const run = own.runs + (own.runCount++ << 3)
  store<u32>(run, own.size + 1)
  store<u32>(run, chunk, 4)
  own.next = chunk
  own.end = chunk + bytes
}

/** Makes so many slots in place of those there are, for the same contents. */
function rehash(own: Dictionary, count: u32): void {
  const slots = allocateZeros(count << SLOT_SHIFT)
  const mask = count - 1
  for (let i: u32 = 0; i <= own.mask; i++) {
    const from = own.slots + (i << SLOT_SHIFT)
    const hash = load<u32>(from)
    if (load<u32>(from, 4) == 0) continue
    let slot = hash & mask
    while (load<u32>(slots + (slot << SLOT_SHIFT), 4) != 0) slot = (slot + 1) & mask
    store<u64>(slots + (slot << SLOT_SHIFT), load<u64>(from))
  }
  release(own.slots, (own.mask + 1) << SLOT_SHIFT)
  own.slots = slots
  own.mask = mask
}

/** Decides whether it still pays to look every content up. */
function judge(own: Dictionary): void {
  const guessed = own.guessed - own.guessedBefore
  const isWorthwhile = own.known + guessed >= FEW
  own.asked = 0
  own.known = 0
  own.guessedBefore = own.guessed
  if (isWorthwhile != own.isSampling) return
  own.isSampling = !isWorthwhile
  // After a while of looking every content up, few slots can be spared.
  if (own.isSampling && own.used > own.size >> LEAST_SPARED) forgetSlots(own)
}

/** Gives all slots back: of millions, it would take seconds to find the sampled ones. */
function forgetSlots(own: Dictionary): void {
  const slots = allocateZeros(FIRST_SLOTS << SLOT_SHIFT)
  release(own.slots, (own.mask + 1) << SLOT_SHIFT)
  own.slots = slots
  own.mask = FIRST_SLOTS - 1
  own.used = 0
}

/** A code of a content, 0 when there is none. Slow where not all have a slot. */
export function find(own: Dictionary, at: usize, length: u32): u32 {
  const code = recall(own, at, length, hashBytes(at, length))
  if (code != 0) return code
  if (own.used == own.size) return 0
  for (let code: u32 = 1; code <= own.size; code++)
    if (isEntry(own, code, at, length)) return code
  return 0
}

function countKinds(own: Dictionary, at: usize, length: u32): void {
  if (load<u8>(at) != 0x5b) return countScalar(own, at, length)
  let from = at + 1
  const end = at + length - 1
  while (from < end) {
    const to = endOfScalar(from)
    countScalar(own, from, <u32>(to - from))
    from = to + 1
  }
}

/** Where a scalar of a list ends. */
function endOfScalar(from: usize): usize {
  let at = from
  if (load<u8>(at) == QUOTE) {
    for (at++; load<u8>(at) != QUOTE; at++) if (load<u8>(at) == 0x5c) at++
    return at + 1
  }
  while (load<u8>(at) != COMMA && load<u8>(at) != 0x5d) at++
  return at
}

function countScalar(own: Dictionary, at: usize, length: u32): void {
  const kind = kindOf(at, length)
  const counter = changetype<usize>(own) + offsetof<Dictionary>('texts') + (kind << 2)
  store<u32>(counter, load<u32>(counter) + 1)
  if (kind < DOUBLES && kind > TEXTS && isBeyondSafe(at, length)) own.hasUnsafe = true
}

/** The kinds of scalars, in the order they are counted in. */
export const TEXTS: u32 = 0
const DOUBLES: u32 = 3
const BOOLEANS: u32 = 4
const NULLS: u32 = 5

export function kindOf(at: usize, length: u32): u32 {
  const first = load<u8>(at)
  if (first == QUOTE) return TEXTS
  if (first == 0x6e) return NULLS
  if (first == 0x74 || first == 0x66) return BOOLEANS
  return 1 + kindOfNumber(at, length)
}

/** Where content `code` ends: behind its last byte. */
export function endOfEntry(own: Dictionary, code: u32): usize {
  const run = runOf(own, code)
  const isLast = code == own.size || run != runOf(own, code + 1)
  const behind = isLast
    ? load<u32>(own.runs + (run << 3), 4)
    : load<u32>(own.entries + (code << 2))
  return behind - 1
}

/** The last code whose content stands in one run with that of `code`. */
export function endOfRun(own: Dictionary, code: u32): u32 {
  const next = runOf(own, code) + 1
  return next == own.runCount ? own.size : load<u32>(own.runs + (next << 3)) - 1
}

function runOf(own: Dictionary, code: u32): u32 {
  let low: u32 = 0
  let high = own.runCount - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (load<u32>(own.runs + (middle << 3)) <= code) low = middle
    else high = middle - 1
  }
  return low
}

/** Where content `code` begins. */
export function beginOfEntry(own: Dictionary, code: u32): usize {
  return load<u32>(own.entries + ((code - 1) << 2))
}

/** Gives all memory back. */
export function tearDown(own: Dictionary): void {
  // The runs first: where they begin is read from the entries.
  for (let run: u32 = 0; run < own.runCount; run++) releaseRun(own, run)
  release(own.runs, own.runRoom << 3)
  release(own.entries, own.entryRoom << 2)
  release(own.slots, (own.mask + 1) << SLOT_SHIFT)
}

function releaseRun(own: Dictionary, run: u32): void {
  const first = load<u32>(own.runs + (run << 3))
  const begin = beginOfEntry(own, first)
  const used = load<u32>(own.runs + (run << 3), 4) - <u32>begin
  // A chunk that is larger than its turn has one content, which fills it.
  release(begin, max(used, chunkBytesOf(run)))
}
