import type { TextPatterns } from './column'

/** Points to bytes in the memory of the encoder. */
export type Pointer = number

/** Bytes that the encoder answers with at most, where it is asked of many contents. */
export const ANSWER_BYTES = 1 << 15

/** Bytes of patterns that the encoder has room for (assembly/patterns.ts). */
export const PATTERN_BYTES = 1 << 16

/** The memory of the encoder, as those see it who ask things of it. */
export interface EncoderMemory {
  /** Where answers are to be written. */
  readonly answer: Pointer
  /** The first words of the answer; good until the next question. */
  answerWords(count: number): Int32Array
  /** Puts a text where the encoder can read it, until the next. */
  write(text: string): { readonly at: Pointer; readonly bytes: number }
  /** Gives the encoder the patterns that it is to match from now on. */
  usePatterns(patterns: TextPatterns): void
}
