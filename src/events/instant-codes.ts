import type { Code } from './column'
import type { SpelledInstant } from './instant-blocks'

/**
 * Codes for timestamps kept as numbers: a hash table over typed arrays, as they are
 * nearly unique and a Map of a million texts would outweigh all other columns.
 */
export class InstantCodes {
  private slots = new Uint32Array(64)
  private numbers = new Float64Array(64)
  private used = 0

  /** The number of an instant, 0-based, new if need be. */
  intern(ms: number, nanos: number, spelling: number): number {
    if (this.used * 2 >= this.slots.length) this.grow()
    const rest = nanos * 16 + spelling
    const slot = this.slotOf(ms, rest)
    if (this.slots[slot] === 0) {
      this.numbers[this.used * 2] = ms
      this.numbers[this.used * 2 + 1] = rest
      this.slots[slot] = ++this.used
    }
    return this.slots[slot]! - 1
  }

  /** The number an instant has, or -1. */
  find({ ms, nanos, spelling }: SpelledInstant): number {
    return this.slots[this.slotOf(ms, nanos * 16 + spelling)]! - 1
  }

  at(number: number): SpelledInstant {
    const rest = this.numbers[number * 2 + 1]!
    return {
      ms: this.numbers[number * 2]!,
      nanos: Math.floor(rest / 16),
      spelling: rest % 16,
    }
  }

  /** The slot that holds the instant, or the free one where it belongs. */
  private slotOf(ms: number, rest: number): Code {
    const mask = this.slots.length - 1
    const low = (ms % 0x1_0000_0000) | 0
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(rest, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    for (;;) {
      const number = this.slots[slot]! - 1
      if (number < 0) return slot
      if (this.numbers[number * 2] === ms && this.numbers[number * 2 + 1] === rest)
        return slot
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    const numbers = new Float64Array(this.numbers.length * 2)
    numbers.set(this.numbers)
    this.numbers = numbers
    this.slots = new Uint32Array(this.slots.length * 2)
    for (let i = 0; i < this.used; i++)
      this.slots[this.slotOf(numbers[i * 2]!, numbers[i * 2 + 1]!)] = i + 1
  }
}
