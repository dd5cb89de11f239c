import { DECIDING_KEYS } from '../windows/flat-shapes'
import type { FlatPlan } from './flat-plan'
import type { ValuePlace } from './value-place'
import { type FlatRows, KIND_SHIFT, LINES } from './flat-rows'

/** Beyond these, rows are read otherwise: shapes and plans in all, plans of one shape. */
const MOST_KNOWN = 4000
const MOST_PLANS = 60

/** The keys that rows begin with, as a tree. */
class Shape {
  private readonly children = new Map<number, Shape>()
  private lastWord = -1
  private last: Shape | undefined = undefined
  plans: Plans | undefined = undefined

  /** Undefined for one that is not known, and is not to be. */
  child(word: number, mayGrow: boolean): Shape | undefined {
    if (word === this.lastWord) return this.last!
    let found = this.children.get(word)
    if (!found && !mayGrow) return undefined
    if (!found) this.children.set(word, (found = new Shape()))
    this.lastWord = word
    return (this.last = found)
  }
}

/** Plans of rows with the same keys. */
interface Plans {
  readonly places: readonly ValuePlace[]
  /** Where the words of deciding values are. */
  readonly deciding: readonly number[]
  readonly known: { readonly codes: readonly number[]; readonly plan: Plan }[]
}
type Plan = FlatPlan | undefined

/** Finds the plan of a row by its keys, their order, and a few of its values. */
export class RowPlans {
  private readonly root = new Shape()
  private count = 0

  constructor(
    private readonly rows: FlatRows,
    /** Makes the plan of a row, given where its values are. */
    private readonly make: (places: readonly ValuePlace[]) => Plan,
  ) {}

  /** `base` is where the words of the row begin, of so many values. */
  find(base: number, pairs: number): Plan {
    const { words } = this.rows
    const end = base + pairs * 2
    const mayGrow = this.count < MOST_KNOWN
    let shape: Shape | undefined = this.root
    for (let at = base; shape && at < end; at += 2)
      shape = shape.child(words[at]!, mayGrow)
    if (!shape || (!shape.plans && !mayGrow)) return undefined
    const plans = (shape.plans ??= this.describe(base, pairs))
    const { known } = plans
    for (let i = 0; i < known.length; i++) {
      const { codes, plan } = known[i]!
      if (!hasCodes(words, base, plans.deciding, codes)) continue
      if (i > 0) [known[0], known[i]] = [known[i]!, known[0]!]
      return plan
    }
    if (known.length === MOST_PLANS || !mayGrow) return undefined
    this.count++
    const plan = this.make(plans.places)
    known.unshift({ codes: plans.deciding.map((at) => words[base + at]!), plan })
    return plan
  }

  private describe(base: number, pairs: number): Plans {
    this.count++
    const places: ValuePlace[] = []
    const deciding: number[] = []
    for (let at = 0; at < pairs * 2; at += 2) {
      const word = this.rows.words[base + at]!
      const kind = word >>> KIND_SHIFT
      if (kind === LINES) continue
      const { name, column } = this.rows.keyOf(word)
      places.push({ at: at + 1, name, kind, column })
      if (DECIDING_KEYS.has(name)) deciding.push(at + 1)
    }
    return { places, deciding, known: [] }
  }
}

function hasCodes(
  words: Uint32Array,
  base: number,
  places: readonly number[],
  codes: readonly number[],
): boolean {
  for (let i = 0; i < places.length; i++)
    if (words[base + places[i]!] !== codes[i]) return false
  return true
}
