import { isSame } from './bytes'
import { noteUnknown, readEvent, readValue, skipSpace, skipValue } from './events'
import { findKey, hitKey, learnKey } from './keys'
import { isLearning } from './row'
import { readText, skipPlainText, valueAt, valueLength } from './text'

/*
 * Search hits, as search responses and elasticdump have them: the event is the object
 * under `_source`, `_id` its name, and `_index` where it is, which becomes a field of it.
 * They are told by their first key, `_index`, `_id` or `_source`; one that has no `_source`
 * is left to JavaScript.
 */

const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const COLON: u8 = 0x3a
const OPEN_BRACE: u8 = 0x7b
const CLOSE_BRACE: u8 = 0x7d
const LOW_LINE: u8 = 0x5f

const SOURCE = memory.data<u8>([
  0x22, 0x5f, 0x73, 0x6f, 0x75, 0x72, 0x63, 0x65, 0x22, 0, 0, 0, 0, 0, 0, 0,
])
const SOURCE_LENGTH: u32 = 9
const ID = memory.data<u8>([0x22, 0x5f, 0x69, 0x64, 0x22, 0, 0, 0, 0, 0, 0, 0])
const ID_LENGTH: u32 = 5
const INDEX = memory.data<u8>([
  0x22, 0x5f, 0x69, 0x6e, 0x64, 0x65, 0x78, 0x22, 0, 0, 0, 0, 0, 0, 0, 0,
])
const INDEX_LENGTH: u32 = 8

/** The id of the record read last, as JSON text; 0 when it has none. */
export let idAt: usize = 0
export let idLength: u32 = 0
let hasSource: bool = false
let hasIndex: bool = false

export function hasId(): bool {
  return idAt != 0
}

/** Reads the record that begins with the brace at `start`: the place behind it, or 0. */
export function readHitOrEvent(start: usize): usize {
  idAt = 0
  hasSource = false
  hasIndex = false
  noteUnknown(false)
  const first = skipSpace(start + 1)
  return beginsHit(first) ? readHit(first) : readEvent(start)
}

/** Whether a key is `_index`, `_id`, `_source` or the like. */
function beginsHit(key: usize): bool {
  if (load<u8>(key) != QUOTE || load<u8>(key + 1) != LOW_LINE) return false
  const letter = load<u8>(key + 2)
  return letter == 0x69 || (letter == 0x73 && load<u8>(key + 3) == 0x6f)
}

function readHit(first: usize): usize {
  let at = first
  while (true) {
    const end = load<u8>(at) == QUOTE ? skipPlainText(at) : 0
    if (end == 0) return 0
    const colon = skipSpace(end)
    if (load<u8>(colon) != COLON) return 0
    at = readMember(at, <u32>(end - at), skipSpace(colon + 1))
    if (at == 0) return 0
    at = skipSpace(at)
    const next = load<u8>(at)
    if (next == CLOSE_BRACE) return hasSource ? at + 1 : 0
    if (next != COMMA) return 0
    at = skipSpace(at + 1)
  }
}

function readMember(key: usize, length: u32, at: usize): usize {
  if (length == SOURCE_LENGTH && isSame(key, SOURCE, SOURCE_LENGTH)) {
    if (hasSource || load<u8>(at) != OPEN_BRACE) return 0
    hasSource = true
    return readEvent(at)
  }
  if (length == ID_LENGTH && isSame(key, ID, ID_LENGTH)) return readId(at)
  if (length == INDEX_LENGTH && isSame(key, INDEX, INDEX_LENGTH))
    return readIndex(key, at)
  return skipValue(at, 1)
}

function readIndex(key: usize, at: usize): usize {
  if (hasIndex) return 0
  hasIndex = true
  if (load<u8>(at) != QUOTE) return skipValue(at, 1)
  const known = findKey(hitKey(), key, INDEX_LENGTH)
  if (known !== null) return readValue(at, known, 1, false)
  noteUnknown(true)
  const learnt = isLearning ? learnKey(hitKey(), key, INDEX_LENGTH) : null
  return learnt === null ? 0 : readValue(at, learnt, 1, false)
}

function readId(at: usize): usize {
  if (idAt != 0 || load<u8>(at) != QUOTE) return 0
  const end = readText(at)
  idAt = valueAt
  idLength = valueLength
  return end
}
