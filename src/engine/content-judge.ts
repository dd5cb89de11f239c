import type { Code } from '../events/column'
import type { ColumnTest, TextAsks } from './column-test'
import { mostWhole, type FieldReader } from './field-values'
import type { FoldedTexts } from './folded-texts'
import type { LeafCache } from './leaf-cache'
import type { LeafEffort } from './leaf'
import { GROUP_SHIFT, pairNeeds, type PairNeeds, type PairSketches } from './pair-sketch'
import type { TruthTable } from './truth-table'

/** How a test is asked, as far as the contents of its field can be asked so. */
type Asks = Omit<TextAsks, 'needs'> & { readonly needs: PairNeeds | undefined }

/** Which codes of a group may match; no step is interrupted. */
const mayMatch = new Uint32Array(1 << (GROUP_SHIFT - 5))

/** What a test says of the contents of its field, in the quickest way there is for each. */
export class ContentJudge {
  private readonly foldedTexts: FoldedTexts
  private readonly sketches: PairSketches
  /** Made for the first content that is asked: of many leaves none ever is. */
  private known: Asks | undefined
  private readonly mostWhole: number

  constructor(
    private readonly reader: FieldReader,
    private readonly test: ColumnTest,
    cache: LeafCache,
  ) {
    this.foldedTexts = cache.foldedOf(reader)
    this.sketches = cache.sketchesOf(reader)
    this.mostWhole = mostWhole(reader)
  }

  isTrue(code: Code): boolean {
    const { needs } = this.asks
    return !(needs && !this.sketches.mayHold(code, needs)) && this.isTrueOf(code)
  }

  /** The same for what sketches did not turn away. */
  isTrueOf(code: Code): boolean {
    const { patterns, folded } = this.asks
    const isMatch = patterns && this.foldedTexts.matches(code, patterns)
    if (isMatch !== undefined) return isMatch
    if (folded) return this.foldedTexts.some(code, folded)
    return this.isTrueOfWhole(code) ?? this.test.judge(this.reader.of(code)) === true
  }

  /** Of a content that is a small number, and need not become a value; else undefined. */
  private isTrueOfWhole(code: Code): boolean | undefined {
    const { test, reader, mostWhole } = this
    if (!test.isTrueOf || mostWhole < 0 || code === 0) return undefined
    const number = reader.column?.smallInteger?.(code)
    if (number === undefined || number > mostWhole) return undefined
    return test.isTrueOf(number)
  }

  /** Settles the contents from a code up to another that sketches turn away. */
  *sieve(
    table: TruthTable,
    from: Code,
    to: Code,
    cost: LeafEffort,
  ): Generator<void, void> {
    const { needs } = this.asks
    if (!needs) return
    const last = to >>> GROUP_SHIFT
    for (let group = from >>> GROUP_SHIFT; group <= last; group++) {
      const started = performance.now()
      cost.add(this.sieveGroup(table, group, needs), started)
      if (cost.isPauseDue()) yield
    }
  }

  /** How many it settled. */
  private sieveGroup(table: TruthTable, group: number, needs: PairNeeds): number {
    const count = this.sketches.sieve(group, needs, mayMatch)
    const first = group << GROUP_SHIFT
    // What comes after them is not known.
    if ((count & 31) !== 0) mayMatch[count >>> 5]! |= -1 << (count & 31)
    let settled = 0
    for (let at = 0; at << 5 < count; at++)
      settled += table.settleOthers(first + (at << 5), mayMatch[at]!)
    return settled
  }

  private get asks(): Asks {
    return (this.known ??= this.readAsks())
  }

  private readAsks(): Asks {
    const { needs, patterns, folded } = this.test.asks?.() ?? {}
    return { needs: needs && pairNeeds(needs), patterns, folded }
  }
}
