import { BlockPages } from './block-pages'
import { CodeBlocks } from './code-blocks'
import type { Code, CodeArray, Scalar, TextBytes } from './column'
import type { Dictionary } from './dictionary'
import { COPIED, GONE, type GrowingColumn } from './growing-column'
import { inPieces } from './in-pieces'
import type { ObservedTypes } from './observed'
import type { RowList } from './row-list'
import type { Row } from './row-set'

/** A field kept as a dictionary of its contents and one code a row. */
export class StoredColumn implements GrowingColumn {
  private readonly blocks: CodeBlocks

  constructor(
    readonly name: string,
    readonly dictionary: Dictionary,
    /** Where codes are packed, those of other columns too. */
    private readonly room = new BlockPages(),
  ) {
    this.blocks = new CodeBlocks(room)
  }

  get size(): number {
    return this.dictionary.size
  }

  get filled(): number {
    return this.blocks.filled
  }

  get observed(): ObservedTypes {
    return this.dictionary.observed
  }

  put(row: Row, scalar: Scalar): void {
    this.blocks.append(row, this.dictionary.intern(scalar))
  }

  putList(row: Row, scalars: readonly Scalar[]): void {
    this.blocks.append(row, this.dictionary.internList(scalars))
  }

  putCode(row: Row, code: Code): void {
    this.blocks.append(row, code)
  }

  appendCodes(block: number, offsets: Uint16Array, codes: Uint32Array): void {
    this.blocks.appendMany(block, offsets, codes)
  }

  scalars(code: Code): readonly Scalar[] {
    return this.dictionary.scalars(code)
  }

  smallInteger(code: Code): number | undefined {
    return this.dictionary.smallInteger?.(code)
  }

  isArray(code: Code): boolean {
    return this.dictionary.isArray(code)
  }

  texts(): TextBytes | undefined {
    return this.dictionary.texts?.()
  }

  codeAt(row: Row): Code {
    return this.blocks.codeAt(row)
  }

  forEach(visit: (row: Row, code: Code) => void, from?: Row, to?: Row): void {
    this.blocks.forEach(visit, from, to)
  }

  copyCodes(into: CodeArray, from: Row, to: Row): void {
    this.blocks.copyTo(into, from, to)
  }

  readCodes(rows: Readonly<RowList>, into: CodeArray | Int32Array): void {
    this.blocks.read(rows, into)
  }

  codeOf(scalar: Scalar): Code {
    return this.dictionary.codeOf(scalar)
  }

  *copyRows(newRow: Uint32Array): Generator<void, StoredColumn> {
    const copy = new StoredColumn(this.name, this.dictionary.makeEmpty(), this.room)
    const newCodes = new Uint32Array(this.size + 1)
    const put = (row: Row, code: Code): void => {
      const place = newRow[row] ?? GONE
      if (place === GONE) return
      newCodes[code] ||= copy.dictionary.copyFrom(this.dictionary, code)
      copy.blocks.append(place, newCodes[code])
    }
    let isWhole = false
    try {
      yield* inPieces(newRow.length, (from, to) => this.forEach(put, from, to), COPIED)
      isWhole = true
      return copy
    } finally {
      if (!isWhole) copy.dictionary.drop()
    }
  }
}
