import { idAt, idLength } from './hits'
import { allocate, enlarge } from './memory'

/** The ids that rows brought along, as JSON texts with a comma behind each. */

let bytes: usize = 0
let room: u32 = 0
let used: u32 = 0
let count: u32 = 0
const rows = memory.data(4096 * 4, 4)

/** Keeps the id of the record read last, for a row. */
export function keepId(row: u32): void {
  const needed = used + idLength + 1
  if (room == 0) {
    room = 1 << 16
    bytes = allocate(room)
  }
  while (needed > room) {
    bytes = enlarge(bytes, room, room << 1)
    room <<= 1
  }
  memory.copy(bytes + used, idAt, idLength)
  store<u8>(bytes + needed - 1, 0x2c)
  used = needed
  store<u32>(rows + (count++ << 2), row)
}

export function clearIds(): void {
  used = 0
  count = 0
}

export function idCount(): u32 {
  return count
}

export function idsAt(): usize {
  return bytes
}

export function idBytes(): u32 {
  return used
}

/** By id, the row it is of, counted from the first that was not fetched; u32. */
export function idRows(): usize {
  return rows
}
