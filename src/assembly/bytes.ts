/*
 * Bytes compared, hashed and looked over, 16 at a time where the machine can. All of it
 * may read up to 64 bytes behind what it is given.
 */

/** Whether `length` bytes at two places are the same. */
export function isSame(a: usize, b: usize, length: u32): bool {
  if (ASC_FEATURE_SIMD) {
    if (length <= 16) {
      const alike = <u32>i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b)))
      return (~alike & ~((<u32>0xffffffff) << length)) == 0
    }
    const last = length - 16
    for (let i: u32 = 0; i < last; i += 16)
      if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false
    return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)))
  } else {
    if (length < 8) {
      const unlike = load<u64>(a) ^ load<u64>(b)
      return (unlike & (((<u64>1) << ((<u64>length) << 3)) - 1)) == 0
    }
    const last = length - 8
    for (let i: u32 = 0; i < last; i += 8)
      if (load<u64>(a + i) != load<u64>(b + i)) return false
    return load<u64>(a + last) == load<u64>(b + last)
  }
}

const MIX_A: u64 = 0x9e3779b97f4a7c15
const MIX_B: u64 = 0xff51afd7ed558ccd
const MIX_C: u64 = 0xc4ceb9fe1a85ec53

/** Drawn anew for every session, so that nobody can make values that all collide. */
let seed: u64 = 0

export function seedHashes(low: u32, high: u32): void {
  seed = (((<u64>high) << 32) | low) * MIX_A
}

/** Where other hashes begin. */
export function hashSeed(): u32 {
  return (<u32>(seed >> 32)) ^ 0x811c9dc5
}

export function hashBytes(at: usize, length: u32): u32 {
  let a: u64 = seed ^ length
  let b: u64 = seed
  if (length < 8) {
    a ^= load<u64>(at) & (((<u64>1) << ((<u64>length) << 3)) - 1)
  } else {
    let i: u32 = 0
    for (; i + 16 < length; i += 16) {
      a = (a ^ load<u64>(at + i)) * MIX_B
      b = (b ^ load<u64>(at + i + 8)) * MIX_C
      a ^= a >> 29
      b ^= b >> 31
    }
    const back = length > 16 ? 16 : length
    a ^= load<u64>(at + length - back)
    b ^= load<u64>(at + length - 8)
  }
  let hash = a * MIX_B + rotl<u64>(b * MIX_C, 31)
  hash ^= hash >> 32
  hash *= MIX_A
  return <u32>(hash >> 32)
}
