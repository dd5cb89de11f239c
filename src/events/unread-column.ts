import type { Code, CodeArray, Scalar } from './column'
import { type ObservedColumn, TypeCounts } from './observed'
import type { RowList } from './row-list'

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

  readCodes(rows: Readonly<RowList>, into: CodeArray | Int32Array): void {
    into.fill(0, 0, rows.length)
  }

  codeOf(): Code {
    return 0
  }
}
