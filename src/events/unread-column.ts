import type { Code, Scalar } from './column'
import { type ObservedColumn, TypeCounts } from './observed'

/**
 * A field whose values were seen but not kept: that it exists and what kinds of scalars
 * it has is known, so that a schema can have it, but no row has a value of it.
 */
export class UnreadColumn implements ObservedColumn {
  readonly size = 0
  readonly filled = 0
  readonly observed = new TypeCounts()

  constructor(readonly name: string) {}

  scalars(): readonly Scalar[] {
    return []
  }

  isArray(): boolean {
    return false
  }

  codeAt(): Code {
    return 0
  }

  forEach(): void {
    // There is nothing to visit.
  }

  copyCodes(): void {
    // Every place stays 0.
  }

  codeOf(): Code {
    return 0
  }
}
