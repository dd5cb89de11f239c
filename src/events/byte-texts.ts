import type { Code, TextBytes, TextPatterns, VisitHash } from './column'
import { ANSWER_BYTES, type EncoderMemory, type Pointer } from './encoder-memory'
import { printScalar } from './scalar-json'

/** What is asked of the encoder (assembly/search.ts). */
export interface SearchExports {
  holdsTextsOnly(column: Pointer): number
  sketchTexts(column: Pointer, from: Code, to: Code, out: Pointer): void
  hashOf(at: Pointer, anyCase: boolean): number
  hashTexts(
    column: Pointer,
    from: Code,
    skipped: number,
    to: Code,
    out: Pointer,
    room: number,
  ): number
  isSameText(place: Pointer, other: Pointer, anyCase: boolean): number
  placeOfPatterns(): Pointer
  takePatterns(areFolded: boolean): void
  matchesContent(column: Pointer, code: Code): number
}

const HASH_WORDS = 4

/** The texts of one column in the memory of the encoder. */
export class ByteTexts implements TextBytes {
  constructor(
    private readonly memory: EncoderMemory,
    private readonly column: Pointer,
    private readonly exports: SearchExports,
  ) {}

  sketch(from: Code, to: Code, into: Int32Array): void {
    const { memory, column, exports } = this
    exports.sketchTexts(column, from, to, memory.answer)
    into.set(memory.answerWords(into.length))
  }

  forEachHash(from: Code, to: Code, visit: VisitHash): void {
    const { memory, column, exports } = this
    const room = Math.floor(ANSWER_BYTES / 4 / HASH_WORDS)
    let skipped = 0
    for (let code = from, isOver = false; !isOver;) {
      const count = exports.hashTexts(column, code, skipped, to, memory.answer, room)
      const words = memory.answerWords(count * HASH_WORDS)
      for (let at = 0; at < words.length; at += HASH_WORDS)
        visit(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)
      isOver = count < room
      // It goes on within the last content, which may have more texts than there is room.
      const last = words.at(-HASH_WORDS) ?? code
      if (last !== code) skipped = 0
      for (let at = words.length; words[at - HASH_WORDS] === last; at -= HASH_WORDS)
        skipped++
      code = last
    }
  }

  put(text: string): Pointer {
    return this.memory.write(printScalar(text)).at
  }

  hashAt(place: Pointer, anyCase: boolean): number {
    return this.exports.hashOf(place, anyCase)
  }

  areSame(place: Pointer, other: Pointer, anyCase: boolean): boolean {
    return this.exports.isSameText(place, other, anyCase) !== 0
  }

  matches(code: Code, patterns: TextPatterns): boolean {
    this.memory.usePatterns(patterns)
    return this.exports.matchesContent(this.column, code) !== 0
  }
}
