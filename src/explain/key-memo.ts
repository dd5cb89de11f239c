import type { KeyId, KeyReader } from '../engine/key-table'
import type { Row } from '../events/row-set'

/** A key reader that reads each row once, for who asks of the same rows again and again. */
export class KeyMemo implements KeyReader {
  /** By row: 3 + what `one` says, 0 as long as it has not been asked. */
  private readonly known: Int32Array

  constructor(
    private readonly reader: KeyReader,
    rowCount: number,
  ) {
    this.known = new Int32Array(rowCount)
  }

  one(row: Row): KeyId {
    const known = this.known[row]!
    if (known !== 0) return known - 3
    const key = this.reader.one(row)
    this.known[row] = key + 3
    return key
  }

  all(row: Row): readonly KeyId[] {
    return this.reader.all(row)
  }
}
