const FIRST_ROOM = 64

/** Gives each pair of numbers a number of its own: 1 the first, 2 the next, and so on. */
export class PairNumbers {
  size = 0
  /** Numbers by the hash of their pair, or where there is room behind it; 0 where free. */
  private slots = new Int32Array(FIRST_ROOM * 2)
  private pairs = new Int32Array(FIRST_ROOM * 2)

  numberOf(first: number, second: number): number {
    const { slots, pairs } = this
    const mask = slots.length - 1
    let slot = hash(first, second) & mask
    for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
      if (pairs[found * 2 - 2] === first && pairs[found * 2 - 1] === second) return found
      slot = (slot + 1) & mask
    }
    slots[slot] = ++this.size
    pairs[this.size * 2 - 2] = first
    pairs[this.size * 2 - 1] = second
    if (this.size * 2 === slots.length) this.widen()
    return this.size
  }

  firstOf(number: number): number {
    return this.pairs[number * 2 - 2]!
  }

  secondOf(number: number): number {
    return this.pairs[number * 2 - 1]!
  }

  private widen(): void {
    const pairs = new Int32Array(this.pairs.length * 2)
    pairs.set(this.pairs)
    const slots = new Int32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let number = 1; number <= this.size; number++) {
      let slot = hash(pairs[number * 2 - 2]!, pairs[number * 2 - 1]!) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number
    }
    this.pairs = pairs
    this.slots = slots
  }
}

function hash(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
