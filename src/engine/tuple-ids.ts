import { PairTable } from './pair-table'

/**
 * Numbers tuples of numbers, 0, 1, 2 …, all of one length. A tuple is folded pair by pair,
 * each pair looked up by two numbers,
 *
 *     (host, user, pid)  ->  ((host, user), pid)  ->  one number
 *
 * so two different tuples cannot meet. A single number is paired with 0.
 */
export class TupleIds {
  /** The place whose number begins the first pair: the first, or what stands before it. */
  private readonly begins: 0 | 1
  private readonly pairs: readonly PairTable[]

  constructor(width: number) {
    this.begins = width > 1 ? 1 : 0
    this.pairs = Array.from({ length: width - this.begins }, () => new PairTable())
  }

  /** Numbers handed out; there is one tuple without anything in it. */
  get size(): number {
    return this.pairs.at(-1)?.size ?? 1
  }

  /** What the places before `at` came to, begun with 0, and the number there. */
  fold(prefix: number, at: number, number: number): number {
    return at < this.begins ? number : this.pairs[at - this.begins]!.id(prefix, number)
  }

  numbersOf(id: number): number[] {
    const numbers: number[] = []
    let rest = id
    for (let at = this.pairs.length - 1; at >= 0; at--) {
      numbers.push(this.pairs[at]!.right(rest))
      rest = this.pairs[at]!.left(rest)
    }
    if (this.begins === 1) numbers.push(rest)
    return numbers.reverse()
  }
}
