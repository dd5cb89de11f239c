import type { Code, Scalar } from './column'
import { type Dictionary, withoutLaterNulls } from './dictionary'
import { type ObservedTypes, TypeCounts } from './observed'
import { ScalarCodes } from './scalar-codes'

/** The scalars of an array, as one content. */
class List {
  constructor(readonly scalars: readonly Scalar[]) {}
}

/** A dictionary of JavaScript values. */
export class MapDictionary implements Dictionary {
  private readonly entries: (Scalar | List)[] = []
  private readonly codes = new ScalarCodes()
  private readonly singleLists = new ScalarCodes()
  private readonly lists = new Map<string, Code>()
  /** Numbers for the elements of arrays; a list is found by the numbers it is made of. */
  private readonly elements = new Map<Scalar, number>()
  private readonly counts = new TypeCounts()
  private last: Scalar | undefined = undefined
  private lastCode: Code = 0

  get size(): number {
    return this.entries.length
  }

  get observed(): ObservedTypes {
    return this.counts
  }

  intern(scalar: Scalar): Code {
    // Neighbouring events mostly agree, and comparing is cheaper than hashing.
    if (scalar === this.last) return this.lastCode
    let code = this.codes.find(scalar)
    if (code === 0) {
      code = this.addEntry(scalar === 0 ? 0 : scalar)
      this.codes.add(scalar, code)
      this.counts.add(scalar)
    }
    this.last = scalar
    this.lastCode = code
    return code
  }

  internList(scalars: readonly Scalar[]): Code {
    const kept = withoutLaterNulls(scalars)
    return kept.length === 1 ? this.internSingle(kept[0]!) : this.internMany(kept)
  }

  copyFrom(other: Dictionary, code: Code): Code {
    const scalars = other.scalars(code)
    return other.isArray(code) ? this.internList(scalars) : this.intern(scalars[0]!)
  }

  makeEmpty(): MapDictionary {
    return new MapDictionary()
  }

  drop(): void {
    this.entries.length = 0
  }

  scalars(code: Code): readonly Scalar[] {
    const entry = this.entries[code - 1]
    if (entry === undefined) return []
    return entry instanceof List ? entry.scalars : [entry]
  }

  isArray(code: Code): boolean {
    return this.entries[code - 1] instanceof List
  }

  codeOf(scalar: Scalar): Code {
    const known = this.codes.get(scalar)
    return known || this.codes.isComplete ? known : this.entries.indexOf(scalar) + 1
  }

  private internSingle(scalar: Scalar): Code {
    const known = this.singleLists.find(scalar)
    if (known !== 0) return known
    const code = this.addEntry(new List([scalar === 0 ? 0 : scalar]))
    this.singleLists.add(scalar, code)
    this.counts.add(scalar)
    return code
  }

  private internMany(scalars: readonly Scalar[]): Code {
    const numbers = scalars.map((scalar) => this.elementNumber(scalar))
    const key = numbers.join()
    const known = this.lists.get(key)
    if (known !== undefined) return known
    const code = this.addEntry(new List(scalars.map((s) => (s === 0 ? 0 : s))))
    this.lists.set(key, code)
    for (const scalar of scalars) this.counts.add(scalar)
    return code
  }

  private elementNumber(scalar: Scalar): number {
    const known = this.elements.get(scalar)
    if (known !== undefined) return known
    this.elements.set(scalar, this.elements.size)
    return this.elements.size - 1
  }

  private addEntry(entry: Scalar | List): Code {
    return this.entries.push(entry)
  }
}
