import { PairTable } from '../events/pair-table'

/**
 * Numbers tuples of numbers, all of one length. A tuple is folded pair by pair,
 * each pair looked up by two numbers,
 *
 *     (host, user, pid)  ->  ((host, user), pid)  ->  one number
 *
 * so two different tuples cannot meet. A single number stands for itself.
 */
export class TupleIds {
  private readonly pairs: readonly PairTable[]

  /** `width`: how many numbers a tuple has, one at least. */
  constructor(width: number) {
    this.pairs = Array.from({ length: width - 1 }, () => new PairTable())
  }

  /** Pairs kept. */
  get size(): number {
    return this.pairs.reduce((sum, pairs) => sum + pairs.size, 0)
  }

  /** What the places before `at` came to, and the number there. */
  fold(prefix: number, at: number, number: number): number {
    return at === 0 ? number : this.pairs[at - 1]!.id(prefix, number)
  }

  numbersOf(id: number): number[] {
    const numbers: number[] = []
    let rest = id
    for (let at = this.pairs.length - 1; at >= 0; at--) {
      numbers.push(this.pairs[at]!.right(rest))
      rest = this.pairs[at]!.left(rest)
    }
    numbers.push(rest)
    return numbers.reverse()
  }
}
