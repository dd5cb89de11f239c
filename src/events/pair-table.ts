import { grownTo } from './grown-to'

/** Numbers pairs of numbers, 0, 1, 2 …: an open-addressed table, at most half full. */
export class PairTable {
  size = 0
  /** Left and right of each pair side by side, so that both come in one go. */
  private pairs = new Int32Array(64)
  /** 1 + the number of the pair in that place, 0 for none. */
  private places = new Int32Array(64)

  /** The number of a pair, new if need be. */
  id(left: number, right: number): number {
    const place = this.placeOf(left, right)
    const known = this.places[place]!
    if (known !== 0) return known - 1
    if (this.size * 2 === this.pairs.length) return this.grow().id(left, right)
    this.pairs[this.size * 2] = left
    this.pairs[this.size * 2 + 1] = right
    this.places[place] = ++this.size
    return this.size - 1
  }

  left(id: number): number {
    return this.pairs[id * 2]!
  }

  right(id: number): number {
    return this.pairs[id * 2 + 1]!
  }

  /** Where the pair is, or the free place where it belongs. */
  private placeOf(left: number, right: number): number {
    const { pairs, places } = this
    const mask = places.length - 1
    let place = scatter(left, right) & mask
    for (;;) {
      const at = places[place]! * 2 - 2
      if (at < 0 || (pairs[at] === left && pairs[at + 1] === right)) return place
      place = (place + 1) & mask
    }
  }

  /** Where there is no room for both, the table stays as it is. */
  private grow(): this {
    const pairs = grownTo(this.pairs, this.size * 4)
    const places = new Int32Array(this.size * 4)
    this.pairs = pairs
    this.places = places
    for (let id = 0; id < this.size; id++)
      this.places[this.placeOf(this.left(id), this.right(id))] = id + 1
    return this
  }
}

/** Spreads pairs over the table; the odd factors are those of common integer hashes. */
const scatter = (left: number, right: number): number => {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
