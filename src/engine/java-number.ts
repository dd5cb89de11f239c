/**
 * A number as a script holds it: typed as in Java, which decides overflow, division and
 * text (language.md 3.10).
 */
export type JavaNumber = WholeNumber | RealNumber

export interface WholeNumber {
  readonly type: WholeType
  readonly value: bigint
}
export interface RealNumber {
  readonly type: RealType
  readonly value: number
}
type WholeType = 'int' | 'long' | 'unsigned_long'
type RealType = 'float' | 'double'

/** What an expression over function results or arithmetic comes to. */
export type ScriptValue = string | boolean | JavaNumber | null

export const isNumber = (value: ScriptValue): value is JavaNumber =>
  typeof value === 'object' && value !== null

export const isWhole = (number: JavaNumber): number is WholeNumber =>
  typeof number.value === 'bigint'

export const int = (value: number): WholeNumber => ({ type: 'int', value: BigInt(value) })

/** The exact number as JavaScript holds it best: bigint only beyond ±2^53. */
export const plainNumber = ({ value }: JavaNumber): number | bigint =>
  typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
