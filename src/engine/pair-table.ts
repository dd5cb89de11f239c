import { grownTo } from './grown-to'

/** Numbers pairs of numbers, 0, 1, 2 …: an open-addressed table, at most half full. */
export class PairTable {
  size = 0
  private lefts = new Int32Array(32)
  private rights = new Int32Array(32)
  /** 1 + the number of the pair in that place, 0 for none. */
  private places = new Int32Array(64)

  /** The number of a pair, new if need be. */
  id(left: number, right: number): number {
    const place = this.placeOf(left, right)
    const known = this.places[place]!
    if (known !== 0) return known - 1
    if (this.size === this.lefts.length) return this.grow().id(left, right)
    this.lefts[this.size] = left
    this.rights[this.size] = right
    this.places[place] = ++this.size
    return this.size - 1
  }

  left(id: number): number {
    return this.lefts[id]!
  }

  right(id: number): number {
    return this.rights[id]!
  }

  /** Where the pair is, or the free place where it belongs. */
  private placeOf(left: number, right: number): number {
    const mask = this.places.length - 1
    let place = scatter(left, right) & mask
    for (;;) {
      const pair = this.places[place]! - 1
      if (pair < 0 || (this.lefts[pair] === left && this.rights[pair] === right))
        return place
      place = (place + 1) & mask
    }
  }

  private grow(): this {
    this.lefts = grownTo(this.lefts, this.size * 2)
    this.rights = grownTo(this.rights, this.size * 2)
    this.places = new Int32Array(this.size * 4)
    for (let pair = 0; pair < this.size; pair++)
      this.places[this.placeOf(this.lefts[pair]!, this.rights[pair]!)] = pair + 1
    return this
  }
}

/** Spreads pairs over the table; the odd factors are those of common integer hashes. */
const scatter = (left: number, right: number): number => {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
