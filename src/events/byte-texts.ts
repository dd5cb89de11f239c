import type { Code, TextBytes, TextPatterns } from './column'
import { ANSWER_BYTES, type EncoderMemory, type Pointer } from './encoder-memory'
import { printScalar } from './scalar-json'

/** What is asked of the encoder (assembly/search.ts). */
export interface SearchExports {
  holdsTextsOnly(column: Pointer): number
  sketchTexts(column: Pointer, from: Code, to: Code, out: Pointer): void
  hashOf(at: Pointer): number
  hashTexts(
    column: Pointer,
    from: Code,
    skipped: number,
    to: Code,
    out: Pointer,
    room: number,
  ): number
  hasText(column: Pointer, code: Code, sought: Pointer, anyCase: boolean): number
  placeOfPatterns(): Pointer
  takePatterns(areFolded: boolean): void
  matchesContent(column: Pointer, code: Code): number
}

const SKETCH_BYTES = 16
const HASH_BYTES = 8

/** The texts of one column in the memory of the encoder. */
export class ByteTexts implements TextBytes {
  constructor(
    private readonly memory: EncoderMemory,
    private readonly column: Pointer,
    private readonly exports: SearchExports,
  ) {}

  sketch(from: Code, to: Code, into: Int32Array): void {
    const { memory, column, exports } = this
    const most = ANSWER_BYTES / SKETCH_BYTES
    for (let code = from; code <= to; code += most) {
      const last = Math.min(to, code + most - 1)
      exports.sketchTexts(column, code, last, memory.answer)
      const words = ((last - code + 1) * SKETCH_BYTES) / 4
      into.set(memory.answerWords(words), (code * SKETCH_BYTES) / 4)
    }
  }

  forEachHash(from: Code, to: Code, visit: (code: Code, hash: number) => void): void {
    const { memory, column, exports } = this
    const room = ANSWER_BYTES / HASH_BYTES
    let skipped = 0
    for (let code = from, isOver = false; !isOver;) {
      const count = exports.hashTexts(column, code, skipped, to, memory.answer, room)
      const words = memory.answerWords(count * 2)
      for (let at = 0; at < words.length; at += 2) visit(words[at]!, words[at + 1]!)
      isOver = count < room
      // It goes on within the last content, which may have more texts than there is room.
      const last = words.at(-2) ?? code
      if (last !== code) skipped = 0
      for (let at = words.length - 2; at >= 0 && words[at] === last; at -= 2) skipped++
      code = last
    }
  }

  hash(text: string): number {
    return this.exports.hashOf(this.write(text))
  }

  having(text: string, codes: readonly Code[], anyCase: boolean): readonly Code[] {
    const { column, exports } = this
    const sought = this.write(text)
    return codes.filter((code) => exports.hasText(column, code, sought, anyCase) !== 0)
  }

  matches(code: Code, patterns: TextPatterns): boolean {
    this.memory.usePatterns(patterns)
    return this.exports.matchesContent(this.column, code) !== 0
  }

  private write(text: string): Pointer {
    return this.memory.write(printScalar(text)).at
  }
}
