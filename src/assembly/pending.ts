import { Column } from './columns'
import { firstSlot, likelyEntry, lookUp, recall } from './dictionary'
import { isGuide } from './guesses'
import {
  pendingCount,
  pendings,
  PENDING_SHIFT,
  setCode,
  VALUE_SHIFT,
  values,
} from './row'

/*
 * Values that were not guessed, and whose codes nothing in their row depends on. They are
 * looked for together when the row has been read: slots, entries and contents are mostly
 * not in the caches, and the processor waits for all of them at once.
 *
 *     pending    value, hash of its content, what was seen on the way there
 *
 * The hash stands with the value as well: to look it up there each time took longer.
 */

/** Gives values their codes, new ones if need be. */
export function findCodes(): void {
  const end = pendings + (pendingCount << PENDING_SHIFT)
  // What is seen is kept only so that it is there when it is looked at.
  for (let at = pendings; at < end; at += 1 << PENDING_SHIFT) {
    const value = <usize>load<u32>(at)
    const hash = hashOf(value)
    store<u32>(at, hash, 4)
    store<u32>(at, firstSlot(columnOf(value), hash), 8)
  }
  for (let at = pendings; at < end; at += 1 << PENDING_SHIFT) {
    const entry = likelyEntry(columnOf(load<u32>(at)), load<u32>(at, 4))
    store<u8>(at, load<u8>(entry), 12)
  }
  for (let at = pendings; at < end; at += 1 << PENDING_SHIFT) {
    const value = <usize>load<u32>(at)
    if (load<u32>(value, 4) != 0) continue
    const column = columnOf(value)
    const length = load<u32>(value, 12)
    const code = lookUp(column, load<u32>(value, 8), length, load<u32>(at, 4))
    if (isGuide(column)) setCode(column, value, code)
    else store<u32>(value, code, 4)
  }
}

function columnOf(value: usize): Column {
  return changetype<Column>(load<u32>(value))
}

function hashOf(value: usize): u32 {
  return load<u32>(value, 24)
}

/** Gives those values that the row has since it had `before` their codes, as far as known. */
export function recallPending(before: u32): void {
  const first = values + (before << VALUE_SHIFT)
  for (let i = pendingCount; i > 0; i--) {
    const value = <usize>load<u32>(pendings + ((i - 1) << PENDING_SHIFT))
    if (value < first) return
    if (load<u32>(value, 4) != 0) continue
    const column = columnOf(value)
    const length = load<u32>(value, 12)
    const code = recall(column, load<u32>(value, 8), length, hashOf(value))
    if (code == 0) return
    setCode(column, value, code)
  }
}
