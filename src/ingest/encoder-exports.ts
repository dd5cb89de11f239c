import type { ContentExports } from '../events/byte-store'
import type { Pointer } from '../events/encoder-memory'

/** The door of the encoder (assembly/encoder.ts). */
export interface EncoderExports extends ContentExports {
  seed(low: number, high: number): void
  openInput(bytes: number): Pointer
  readLines(from: number, to: number, firstRow: number): number
  readRecord(from: number, to: number, firstRow: number): number
  forgetRows(): void
  dropHalfRow(firstRow: number): void
  learn(from: number, to: number): void
  stoppedAt(): number
  lineCount(): number
  rowsRead(): number
  offsetsOfRows(): Pointer
  lengthsOfRows(): Pointer
  rowsLeftOut(): number
  isFirstRowLeftOut(): number
  kindsPassedOver(field: number): number
  keepAll(): void
  keepKeys(field: number, below: number): void
  keepTimes(field: number, from: number, to: number): void
  leaveRaw(sign: number, category: number, excuse: number, ofFlat: number): void
  leaveXml(carrier: number): void
  idCount(): number
  idsAt(): Pointer
  idBytes(): number
  idRows(): Pointer
  setFlat(on: boolean): void
  isFlatFull(): number
  flatWords(): Pointer
  flatWordCount(): number
  flatTimes(): Pointer
  flatTimeCount(): number
  countLinesOf(column: Pointer): void
  touchedColumns(): number
  touchedColumn(index: number): Pointer
  numberOf(column: Pointer): number
  codeCountOf(column: Pointer): number
  codeOffsetsOf(column: Pointer): Pointer
  codesOf(column: Pointer): Pointer
  timeCountOf(column: Pointer): number
  timeOffsetsOf(column: Pointer): Pointer
  timesOf(column: Pointer): Pointer
  nanosOf(column: Pointer): Pointer
  spellingsOf(column: Pointer): Pointer
}

/** What `readLines` came back for (assembly/encoder.ts). */
export const AT_END = 0
export const BLOCK_FULL = 1
export const ODD = 2
export const UNKNOWN = 3
/** Of `readRecord`: it was read, and is not to be kept. */
export const LEFT_OUT = 4
