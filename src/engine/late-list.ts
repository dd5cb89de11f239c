/** A list whose items are only made when someone looks: of millions, few are seen. */
export class LateList<T> implements Iterable<T> {
  /** `make`: the item at a place, 0 … length - 1. */
  constructor(
    readonly length: number,
    private readonly make: (at: number) => T,
  ) {}

  /** As of an array; the items are made anew with each call. */
  slice(from = 0, to = this.length): readonly T[] {
    const count = Math.max(0, Math.min(to, this.length) - from)
    return Array.from({ length: count }, (_, at) => this.make(from + at))
  }

  map<U>(tell: (item: T) => U): U[] {
    return Array.from(this, tell)
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let at = 0; at < this.length; at++) yield this.make(at)
  }
}
