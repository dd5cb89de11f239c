import { allocate, release } from './memory'

/** Where values are written that do not stand in the input as a dictionary has them. */

let start: usize = 0
let end: usize = 0
let at: usize = 0
let bytes: u32 = 0

/** Gets room for the values of an input of so many bytes. */
export function prepareScratch(input: u32): void {
  const needed = input * 2 + 4096
  if (needed <= bytes) return
  release(start, bytes)
  bytes = needed
  start = allocate(needed)
  end = start + needed
  at = start
}

/** Nothing written before is needed any more. */
export function clearScratch(): void {
  at = start
}

/** Room for so many bytes, 0 when there is none. */
export function openScratch(most: u32): usize {
  return at + most + 32 <= end ? at : 0
}

/** Keeps what was written, up to here. */
export function closeScratch(behind: usize): void {
  at = behind
}
