import type { CharTest, JavaNode, JavaPlace, JavaRegexp, JavaRepeat } from './java-node'
import { RegexpTooComplex } from './term'

/** One step of matching; the next in the list follows unless it says otherwise. */
export type Instruction =
  | { readonly do: 'char'; readonly passes: CharTest }
  /** Tries `first`, and if that fails, `second`. `number`: 0, 1, 2 … of all such. */
  | { readonly do: 'split'; first: number; second: number; readonly number: number }
  | { readonly do: 'jump'; readonly to: number }
  /** Remembers the place at hand. */
  | { readonly do: 'mark'; readonly register: number }
  /** Goes on only if something was read since the mark. */
  | { readonly do: 'advanced'; readonly register: number }
  | { readonly do: 'place'; readonly place: JavaPlace }
  /** The same text as stands between the marks `register` and the next. */
  | { readonly do: 'same'; readonly register: number }
  | {
      readonly do: 'look'
      readonly program: Program
      readonly widths: Widths
      readonly isBehind: boolean
      readonly isNegated: boolean
    }
  | { readonly do: 'match' }

/** How many units what matches may have. */
interface Widths {
  readonly least: number
  readonly most: number
}

export interface Program {
  readonly instructions: readonly Instruction[]
  readonly splits: number
}

/** A program, and what those within it share. */
export interface WholeProgram extends Program {
  readonly registers: number
  /** Whether what comes later may depend on how one came to a place. */
  readonly hasBackReferences: boolean
}

/** Repeats are written out, and repeats of repeats make many. */
const MOST_INSTRUCTIONS = 100_000

/** @throws RegexpTooComplex */
export function compileProgram({ node, names }: JavaRegexp): WholeProgram {
  const compiler = new Compiler(names)
  const program = compiler.program(node)
  const { registers, hasBackReferences } = compiler
  return { ...program, registers, hasBackReferences }
}

class Compiler {
  registers = 0
  hasBackReferences = false
  private readonly groups = new Map<number, number>()
  private count = 0

  constructor(private readonly names: ReadonlyMap<string, number>) {}

  program(node: JavaNode): Program {
    const list = new InstructionList(() => this.countOne())
    this.add(list, node)
    list.push({ do: 'match' })
    return list
  }

  private add(list: InstructionList, node: JavaNode): void {
    switch (node.kind) {
      case 'char':
        return void list.push({ do: 'char', passes: node.passes })
      case 'place':
        return void list.push({ do: 'place', place: node.place })
      case 'then':
        return node.parts.forEach((part) => this.add(list, part))
      case 'either':
        return this.addEither(list, node.parts)
      case 'repeat':
        return this.addRepeat(list, node)
      case 'group': {
        const register = this.registersOf(node.number)
        list.push({ do: 'mark', register })
        this.add(list, node.part)
        return void list.push({ do: 'mark', register: register + 1 })
      }
      case 'same': {
        this.hasBackReferences = true
        const { group } = node
        const number = typeof group === 'number' ? group : (this.names.get(group) ?? 0)
        return void list.push({ do: 'same', register: this.registersOf(number) })
      }
      case 'look': {
        const { part, isBehind, isNegated } = node
        const program = this.program(part)
        const widths = widthsOf(part)
        return void list.push({ do: 'look', program, widths, isBehind, isNegated })
      }
    }
  }

  private addEither(list: InstructionList, parts: readonly JavaNode[]): void {
    const jumps: number[] = []
    for (const part of parts.slice(0, -1)) {
      const split = list.split()
      this.add(list, part)
      jumps.push(list.push({ do: 'jump', to: -1 }))
      split.second = list.length
    }
    const last = parts.at(-1)
    if (last) this.add(list, last)
    for (const jump of jumps) list.replace(jump, { do: 'jump', to: list.length })
  }

  private addRepeat(list: InstructionList, node: JavaRepeat): void {
    const { part, least, most, isLazy } = node
    for (let i = 0; i < least; i++) this.add(list, part)
    if (most === Infinity) {
      const again = list.length
      const split = this.addTurn(list, part)
      list.push({ do: 'jump', to: again })
      leaveAt(split, list.length, isLazy)
      return
    }
    const splits = Array.from({ length: most - least }, () => this.addTurn(list, part))
    for (const split of splits) leaveAt(split, list.length, isLazy)
  }

  /** One more turn of a repeat, which must read something. */
  private addTurn(list: InstructionList, part: JavaNode): Split {
    const split = list.split()
    if (!mayBeEmpty(part)) {
      this.add(list, part)
      return split
    }
    const register = this.registers++
    list.push({ do: 'mark', register })
    this.add(list, part)
    list.push({ do: 'advanced', register })
    return split
  }

  private registersOf(group: number): number {
    const known = this.groups.get(group)
    if (known !== undefined) return known
    const register = this.registers
    this.registers += 2
    this.groups.set(group, register)
    return register
  }

  private countOne(): void {
    if (++this.count > MOST_INSTRUCTIONS) throw new RegexpTooComplex()
  }
}

type Split = Extract<Instruction, { readonly do: 'split' }>

class InstructionList implements Program {
  readonly instructions: Instruction[] = []
  splits = 0

  constructor(private readonly countOne: () => void) {}

  get length(): number {
    return this.instructions.length
  }

  /** Its place in the list. */
  push(instruction: Instruction): number {
    this.countOne()
    return this.instructions.push(instruction) - 1
  }

  replace(at: number, instruction: Instruction): void {
    this.instructions[at] = instruction
  }

  /** Goes on right behind; where else to is told later. */
  split(): Split {
    const next = this.length + 1
    const split: Split = { do: 'split', first: next, second: next, number: this.splits++ }
    this.push(split)
    return split
  }
}

function mayBeEmpty(node: JavaNode): boolean {
  switch (node.kind) {
    case 'char':
      return false
    case 'then':
      return node.parts.every(mayBeEmpty)
    case 'either':
      return node.parts.some(mayBeEmpty)
    case 'group':
      return mayBeEmpty(node.part)
    case 'repeat':
      return node.least === 0 || mayBeEmpty(node.part)
    default:
      return true
  }
}

function widthsOf(node: JavaNode): Widths {
  switch (node.kind) {
    case 'char':
      return { least: 1, most: 2 }
    case 'then':
      return node.parts.map(widthsOf).reduce(widthsOfBoth, { least: 0, most: 0 })
    case 'either':
      return node.parts.map(widthsOf).reduce(widthsOfEither)
    case 'group':
      return widthsOf(node.part)
    case 'repeat': {
      const { least, most } = widthsOf(node.part)
      const isNothing = most === 0 || node.most === 0
      return { least: least * node.least, most: isNothing ? 0 : most * node.most }
    }
    case 'same':
      return { least: 0, most: Infinity }
    default:
      return { least: 0, most: 0 }
  }
}

const widthsOfBoth = (a: Widths, b: Widths): Widths => ({
  least: a.least + b.least,
  most: a.most + b.most,
})

const widthsOfEither = (a: Widths, b: Widths): Widths => ({
  least: Math.min(a.least, b.least),
  most: Math.max(a.most, b.most),
})

function leaveAt(split: Split, at: number, isLazy: boolean): void {
  if (isLazy) {
    split.second = split.first
    split.first = at
  } else split.second = at
}
