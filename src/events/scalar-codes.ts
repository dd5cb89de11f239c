import type { Code, Scalar } from './column'

/** Values looked up between two looks at how many of them were known. */
const TRIAL = 4096
/** With a smaller share of known values, it does not pay to look them up. */
const FEW = 0.1

/**
 * The codes that scalars were given. Where nearly every value is new, as with ids and
 * hashes, finding that out would be most of the work of reading, and the table for it
 * most of the memory. Then only one value in sixteen is still looked up, and the others
 * are taken for new, until those looked up turn out to be known again.
 */
export class ScalarCodes {
  private codes = new Map<Scalar, Code>()
  private asked = 0
  private known = 0
  private isSampling = false
  /** Whether every value that has a code can be found. */
  isComplete = true

  /** The code of a scalar; 0 when it has none, or had better be given a new one. */
  find(scalar: Scalar): Code {
    if (this.isSampling && !isSampled(scalar)) return 0
    const code = this.codes.get(scalar) ?? 0
    if (code !== 0) this.known++
    if (++this.asked === TRIAL) this.judge()
    return code
  }

  add(scalar: Scalar, code: Code): void {
    if (!this.isSampling || isSampled(scalar)) this.codes.set(scalar, code)
  }

  /** As `find`, for those who only want to know. */
  get(scalar: Scalar): Code {
    return this.codes.get(scalar) ?? 0
  }

  private judge(): void {
    const isWorthwhile = this.known >= TRIAL * FEW
    this.asked = 0
    this.known = 0
    if (isWorthwhile === !this.isSampling) return
    this.isSampling = !isWorthwhile
    this.isComplete = false
    if (this.isSampling)
      this.codes = new Map([...this.codes].filter(([scalar]) => isSampled(scalar)))
  }
}

/** One in sixteen, told by the value alone, so that equal values are treated alike. */
function isSampled(scalar: Scalar): boolean {
  if (typeof scalar === 'number') return (scalar & 15) === 0
  if (typeof scalar !== 'string' || scalar === '') return true
  const { length } = scalar
  const mixed =
    scalar.charCodeAt(length - 1) +
    scalar.charCodeAt(length >>> 1) * 7 +
    scalar.charCodeAt(length >>> 2) * 13
  return (mixed & 15) === 0
}
