import type { Code, TextBytes } from '../events/column'
import { pairBit } from '../events/pair-bit'
import type { FieldReader } from './field-values'
import type { Holder, MemoryBudget } from './memory-budget'

/** Codes whose sketches lie together, as a power of two: `code >>> GROUP_SHIFT`. */
export const GROUP_SHIFT = 10
const GROUP = 1 << GROUP_SHIFT
/** Bits of a sketch, as a power of two. */
const BITS_SHIFT = 7

/** For each wildcard pattern the bits of all pairs that its texts must have. */
export type PairNeeds = readonly Uint8Array[]

/** The sketches of a group of codes. */
interface Page {
  /** For every bit as many words of 32 codes, the lowest code of the group first. */
  readonly words: Int32Array
  /** The last code that is in it. */
  readonly to: Code
}

/**
 * Sketches of the contents of a field whose texts lie as bytes: one bit, of 128, for every
 * pair of neighbouring characters in the quoted text. A text can match a pattern only if
 * its sketch has all bits of the pattern's; that turns nearly all texts away without
 * reading them. Bit by bit they lie side by side, so that 32 contents are asked at once:
 *
 *     cmd.exe        ─►  {"c cm md d. .e ex xe e"}
 *     *power*.exe    ─►  {po ow we er .e ex xe e"}  not all among those
 *
 *                 code    1 2 3 4 5 …
 *     bit of "po"         0 1 0 1 1
 *     bit of "ow"         1 1 0 0 1     and so on: 2 and 5 may match
 */
export class PairSketches implements Holder {
  private pages: (Page | undefined)[] = []
  private bytes = 0

  constructor(
    private readonly reader: FieldReader,
    private readonly memory: MemoryBudget,
  ) {}

  forget(): void {
    this.pages = []
    this.bytes = 0
  }

  /**
   * Writes which codes of a group may hold what one of the needs asks for, a bit each, to
   * as many words as there are; how many of its codes it tells of, none where they do not
   * lie as bytes.
   */
  sieve(group: number, needs: PairNeeds, into: Uint32Array): number {
    const page = this.pageOf(group)
    if (!page) return 0
    const { words, to } = page
    const stride = words.length >>> BITS_SHIFT
    for (let word = 0; word < stride; word++) {
      let may = 0
      for (let i = 0; i < needs.length; i++) may |= holdersOf(words, word, needs[i]!)
      into[word] = may
    }
    return to + 1 - (group << GROUP_SHIFT)
  }

  /** Whether a content may hold what one of the needs asks for. */
  mayHold(code: Code, needs: PairNeeds): boolean {
    if (code === 0) return false
    const page = this.pageOf(code >>> GROUP_SHIFT)
    if (!page) return true
    const word = (code & (GROUP - 1)) >>> 5
    for (let i = 0; i < needs.length; i++)
      if ((holdersOf(page.words, word, needs[i]!) >>> (code & 31)) & 1) return true
    return false
  }

  private pageOf(group: number): Page | undefined {
    const { column, kind } = this.reader
    const size = column?.size ?? 0
    const to = Math.min(size, ((group + 1) << GROUP_SHIFT) - 1)
    const known = this.pages[group]
    if (known && known.to >= to) return known
    const texts = kind === 'text' ? column?.texts?.() : undefined
    return texts && this.makePage(group, to, texts)
  }

  private makePage(group: number, to: Code, texts: TextBytes): Page {
    const base = group << GROUP_SHIFT
    const words = new Int32Array((((to - base) >>> 5) + 1) << BITS_SHIFT)
    texts.sketch(Math.max(1, base), to, words)
    const page = { words, to }
    this.bytes += words.byteLength - (this.pages[group]?.words.byteLength ?? 0)
    this.pages[group] = page
    this.memory.use(this, this.bytes)
    return page
  }
}

/** Which of 32 codes have all of some bits. */
function holdersOf(words: Int32Array, word: number, bits: Uint8Array): number {
  const stride = words.length >>> BITS_SHIFT
  let holders = -1
  for (let i = 0; i < bits.length && holders !== 0; i++)
    holders &= words[bits[i]! * stride + word]!
  return holders
}

/**
 * What each wildcard pattern, in lower case, needs; undefined when one needs nothing, so
 * that sketches could turn nothing away.
 */
export function pairNeeds(patterns: readonly string[]): PairNeeds | undefined {
  const needs = patterns.map(bitsOf)
  return needs.every((bits) => bits.length > 0) ? needs : undefined
}

function bitsOf(pattern: string): Uint8Array {
  const bits = new Set<number>()
  let before = QUOTE
  for (let i = 0; i <= pattern.length; i++) {
    const unit = i < pattern.length ? plainUnit(pattern.charCodeAt(i)) : QUOTE
    if (before !== NOT_PLAIN && unit !== NOT_PLAIN) bits.add(pairBit(before, unit))
    before = unit
  }
  return Uint8Array.from(bits)
}

const QUOTE = 0x22
const NOT_PLAIN = -1
const WILDCARDS: readonly number[] = [0x2a, 0x3f]

/**
 * A unit if it stands for itself in a pattern as well as in JSON. What is escaped there has
 * bits of its own (assembly/search.ts).
 */
const plainUnit = (unit: number): number =>
  unit < 0x20 || unit > 0x7e || unit === QUOTE || WILDCARDS.includes(unit)
    ? NOT_PLAIN
    : unit
