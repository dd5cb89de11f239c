import type { Column, Scalar } from './column'

/**
 * What kinds of scalars a column has been given, counted once per distinct content
 * (timestamps kept as numbers: once per event). Good for "any?" and "only?" questions.
 */
export interface ObservedTypes {
  readonly strings: number
  /** Integers within 64 bits, signed. */
  readonly longs: number
  /** Integers beyond that. */
  readonly bigs: number
  readonly doubles: number
  readonly booleans: number
  /** Explicit nulls. */
  readonly nulls: number
}

/** A column that can say what it holds without being read. */
export interface ObservedColumn extends Column {
  readonly observed: ObservedTypes
  /** Rows that have the field, explicit nulls included. */
  readonly filled: number
}

export class TypeCounts implements ObservedTypes {
  strings = 0
  longs = 0
  bigs = 0
  doubles = 0
  booleans = 0
  nulls = 0

  add(scalar: Scalar): void {
    if (typeof scalar === 'string') this.strings++
    else if (typeof scalar === 'number') this.addNumber(scalar)
    else if (typeof scalar === 'boolean') this.booleans++
    else if (scalar === null) this.nulls++
    else if (BigInt.asIntN(64, scalar) === scalar) this.longs++
    else this.bigs++
  }

  /** Adds one of each kind that a bit is set for, in the order above. */
  addKinds(bits: number): void {
    KINDS.forEach((kind, i) => {
      if (((bits >>> i) & 1) === 1) this[kind]++
    })
  }

  private addNumber(value: number): void {
    if (Number.isSafeInteger(value)) this.longs++
    else this.doubles++
  }
}

const KINDS = ['strings', 'longs', 'bigs', 'doubles', 'booleans', 'nulls'] as const
