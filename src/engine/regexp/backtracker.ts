import type { Instruction, Program, WholeProgram } from './java-program'
import type { JavaPlace } from './java-node'
import { RegexpTooComplex } from './term'

/** Steps that a text may take: a tenth of a second for a long one. */
const stepsFor = (length: number): number =>
  Math.min(100_000 + 1000 * length, 10_000_000 + 50 * length)
/** Bytes for remembering what has failed. */
const MOST_SEEN = 1 << 25

/**
 * Tries the ways of a program through a text, one after another. Without back references
 * it depends on nothing but where one stands whether the rest can be matched, so no split
 * is tried twice at one place, and time grows with the text and not with the number of
 * ways. What takes too many steps is given up.
 */
export class Backtracker {
  private readonly registers: Int32Array
  private readonly seen = new Map<Program, Places>()
  private steps: number

  constructor(
    private readonly whole: WholeProgram,
    private readonly text: string,
    /** As `flags` of JavaScript: `i` for ASCII without case, `u` for whole characters. */
    private readonly flags: string,
  ) {
    this.registers = new Int32Array(whole.registers).fill(-1)
    this.steps = stepsFor(text.length)
  }

  /** Whether the program covers the whole text. @throws RegexpTooComplex */
  covers(): boolean {
    return this.matches(this.whole, 0, this.text.length)
  }

  /** Whether a program matches from a place on, to `end` if that is not undefined. */
  private matches(program: Program, from: number, end: number | undefined): boolean {
    const { registers } = this
    const seen = this.seenOf(program)
    /** In pairs: an instruction and where to try it, or -1 - a register and its value. */
    const ways: number[] = []
    let next = 0
    let at = from
    for (;;) {
      if (this.steps-- === 0) throw new RegexpTooComplex()
      const step = program.instructions[next++]!
      let goesOn = true
      switch (step.do) {
        case 'match':
          if (end === undefined || at === end) return true
          goesOn = false
          break
        case 'char': {
          const char = this.charAt(at)
          goesOn = char !== '' && step.passes(char)
          at += char.length
          break
        }
        case 'split': {
          const place = step.number * (this.text.length + 1) + at
          goesOn = !seen || seen.add(place)
          if (!goesOn) break
          ways.push(step.second, at)
          next = step.first
          break
        }
        case 'jump':
          next = step.to
          break
        case 'mark':
          ways.push(-1 - step.register, registers[step.register]!)
          registers[step.register] = at
          break
        case 'advanced':
          goesOn = registers[step.register] !== at
          break
        case 'place':
          goesOn = this.isAt(step.place, at)
          break
        case 'same': {
          const length = this.lengthOfSame(step.register, at)
          goesOn = length >= 0
          at += length
          break
        }
        case 'look':
          goesOn = this.looks(step, at, ways)
      }
      if (goesOn) continue
      // The last way that was left open; marks set since are taken back.
      for (let key = -1; key < 0;) {
        if (ways.length === 0) return false
        at = ways.pop()!
        key = ways.pop()!
        if (key < 0) registers[-1 - key] = at
        else next = key
      }
    }
  }

  /** Which splits have been tried where; undefined where that tells nothing. */
  private seenOf(program: Program): Places | undefined {
    const count = program.splits * (this.text.length + 1)
    if (this.whole.hasBackReferences || count > MOST_SEEN) return undefined
    const seen = this.seen.get(program) ?? new Places(count)
    this.seen.set(program, seen)
    return seen
  }

  private looks(look: Look, at: number, ways: number[]): boolean {
    const { isNegated } = look
    const before = this.registers.slice()
    const isThere = look.isBehind ? this.isBehind(look, at) : this.isAhead(look, at)
    if (isThere && isNegated) this.registers.set(before)
    else
      for (const [register, value] of before.entries())
        if (this.registers[register] !== value) ways.push(-1 - register, value)
    return isThere !== isNegated
  }

  private isAhead({ program }: Look, at: number): boolean {
    const isThere = this.matches(program, at, undefined)
    // What was tried last did not fail.
    if (isThere) this.seen.get(program)?.clear()
    return isThere
  }

  private isBehind({ program, widths }: Look, end: number): boolean {
    // What fails to end here may well end elsewhere.
    this.seen.get(program)?.clear()
    const first = Math.max(0, end - widths.most)
    for (let from = end - widths.least; from >= first; from--)
      if (!this.isWithin(from) && this.matches(program, from, end)) return true
    return false
  }

  private isAt(place: JavaPlace, at: number): boolean {
    if (place === 'begin') return at === 0
    if (place === 'end') return at === this.text.length
    const isEdge = this.isWord(at - 1) !== this.isWord(at)
    return isEdge === (place === 'word edge')
  }

  private isWord(at: number): boolean {
    return /\w/.test(this.text.charAt(at))
  }

  /** The character at a place, none at the end. */
  private charAt(at: number): string {
    return this.isWithin(at + 1) ? this.text.slice(at, at + 2) : this.text.charAt(at)
  }

  /** Whether a place is in the midst of a character. */
  private isWithin(at: number): boolean {
    if (!this.flags.includes('u')) return false
    const isLow = (this.text.charCodeAt(at) & 0xfc00) === 0xdc00
    return isLow && (this.text.charCodeAt(at - 1) & 0xfc00) === 0xd800
  }

  /** How long what stands at a place is if it is what a group covered; -1 if not. */
  private lengthOfSame(register: number, at: number): number {
    const from = this.registers[register]!
    const to = this.registers[register + 1]!
    if (from < 0 || to < from) return -1
    const wanted = this.fold(this.text.slice(from, to))
    const isSame = this.fold(this.text.slice(at, at + wanted.length)) === wanted
    return isSame ? wanted.length : -1
  }

  private fold(text: string): string {
    if (!this.flags.includes('i')) return text
    return text.replace(/[A-Z]+/g, (run) => run.toLowerCase())
  }
}

/** A set of numbers below `count` that is emptied in no time. */
class Places {
  /** Those are in it that have the present stamp. */
  private readonly stamps: Uint8Array
  private stamp = 1

  constructor(count: number) {
    this.stamps = new Uint8Array(count)
  }

  /** Whether it was not in it before. */
  add(place: number): boolean {
    if (this.stamps[place] === this.stamp) return false
    this.stamps[place] = this.stamp
    return true
  }

  clear(): void {
    if (++this.stamp < 256) return
    this.stamps.fill(0)
    this.stamp = 1
  }
}

type Look = Extract<Instruction, { readonly do: 'look' }>
