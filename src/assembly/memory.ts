import { endOfMemory } from './host'

/*
 * Blocks of 16, 32, 64 … bytes. What is released is used again for blocks of the same
 * size; everything here that grows does so by doubling, so little is ever lost.
 */
const SMALLEST_SHIFT: u32 = 4
const PAGE_SHIFT: u32 = 16
/**
 * Pages that memory grows by at least. What is not used takes no room, and every time it
 * grows, JavaScript takes all of it for new and collects its garbage.
 */
const LEAST_GROWTH: i32 = 512
/** Bytes that may be read behind the end of any block. */
const SLACK: u32 = 64

/** By size class, the first of the released blocks; each points to the next. */
const released: usize = memory.data(32 * 4)

/** Behind the last byte in use. */
export let top: usize = (__heap_base + 63) & ~63

function sizeClass(bytes: u32): u32 {
  return bytes <= 16 ? SMALLEST_SHIFT : 32 - clz<u32>(bytes - 1)
}

function reserve(end: usize): void {
  const have = (<u64>memory.size()) << PAGE_SHIFT
  const needed = <u64>end + SLACK
  if (needed <= have) return
  const pages = <i32>((needed - have + 0xffff) >> PAGE_SHIFT)
  let ahead = max(LEAST_GROWTH, memory.size() >> 3)
  while (memory.grow(pages + ahead) < 0) {
    if (ahead == 0) endOfMemory()
    ahead >>= 1
  }
}

/** At least so many bytes, holding anything. */
export function allocate(bytes: u32): usize {
  const shift = sizeClass(bytes)
  const head = released + (shift << 2)
  const reused = load<u32>(head)
  if (reused != 0) {
    store<u32>(head, load<u32>(reused))
    return reused
  }
  const block = top
  // Blocks of 2 GB, or beyond the last address, there are none.
  if (shift > 30 || block > <usize>0xffff0000 - (1 << shift)) endOfMemory()
  reserve(block + (1 << shift))
  top = block + (1 << shift)
  return block
}

/** At least so many bytes, all 0. */
export function allocateZeros(bytes: u32): usize {
  const isReused = load<u32>(released + (sizeClass(bytes) << 2)) != 0
  const block = allocate(bytes)
  // Memory that was never used is zero.
  if (isReused) memory.fill(block, 0, bytes)
  return block
}

/** Gives back a block that was asked for with so many bytes. */
export function release(block: usize, bytes: u32): void {
  if (block == 0) return
  const head = released + (sizeClass(bytes) << 2)
  store<u32>(block, load<u32>(head))
  store<u32>(head, block)
}

/** A larger block with the same beginning; the old one is given back. */
export function enlarge(block: usize, bytes: u32, larger: u32): usize {
  const copy = allocate(larger)
  memory.copy(copy, block, bytes)
  release(block, bytes)
  return copy
}
