import { hasChar } from './char-set'
import { RegexpTooComplex, type Term, type TermPool } from './term'

const maxStates = 10_000

/** A term as a state: what is still to be read. */
interface State {
  readonly term: Term
  /** By character class; undefined until first needed. */
  readonly next: (State | undefined)[]
  /** Whatever follows cannot change the answer. */
  readonly isSettled: boolean
}

/**
 * A deterministic automaton made as it is used: the state after a character is the
 * derivative of the state before it (Brzozowski, 1964). Time is linear in the text.
 */
export class Automaton {
  /** First code points of the classes that no set of the expression tells apart. */
  private readonly classes: readonly number[]
  private readonly lowClasses: Uint16Array
  private readonly states = new Map<Term, State>()
  private readonly derivatives = new Map<number, Term>()
  private readonly start: State

  constructor(
    private readonly pool: TermPool,
    term: Term,
  ) {
    const cuts = new Set([0])
    for (const set of pool.sets)
      set.forEach((point, i) => cuts.add(i % 2 === 0 ? point : point + 1))
    this.classes = [...cuts].sort((a, b) => a - b)
    this.lowClasses = Uint16Array.from({ length: 256 }, (_, point) => this.seek(point))
    this.start = this.state(term)
  }

  /** Whether the whole text belongs to the language. @throws RegexpTooComplex */
  accepts(text: string): boolean {
    let state = this.start
    for (let i = 0; i < text.length && !state.isSettled; i++) {
      let point = text.charCodeAt(i)
      if (point >= 0xd800 && point < 0xdc00) {
        point = text.codePointAt(i) ?? point
        if (point > 0xffff) i++
      }
      const cls = point < 256 ? this.lowClasses[point]! : this.seek(point)
      state = state.next[cls] ??= this.state(this.derive(state.term, cls))
    }
    return state.term.takesEmpty
  }

  private state(term: Term): State {
    const known = this.states.get(term)
    if (known) return known
    if (this.states.size >= maxStates) throw new RegexpTooComplex()
    const isSettled = term === this.pool.nothing || term === this.pool.anyText
    const state: State = { term, next: [], isSettled }
    this.states.set(term, state)
    return state
  }

  /** The class of a code point: the last cut at or before it. */
  private seek(point: number): number {
    let low = 0
    let high = this.classes.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.classes[middle]! <= point) low = middle
      else high = middle - 1
    }
    return low
  }

  /** What may follow once a character of the class has been read. */
  private derive(term: Term, cls: number): Term {
    const key = term.id * this.classes.length + cls
    const known = this.derivatives.get(key)
    if (known) return known
    const derivative = this.deriveAnew(term, cls)
    this.derivatives.set(key, derivative)
    return derivative
  }

  private deriveAnew(term: Term, cls: number): Term {
    const { pool } = this
    switch (term.kind) {
      case 'nothing':
      case 'empty':
        return pool.nothing
      case 'char':
        return hasChar(term.set, this.classes[cls] ?? 0) ? pool.empty : pool.nothing
      case 'then': {
        const afterFirst = pool.then(this.derive(term.first, cls), term.rest)
        if (!term.first.takesEmpty) return afterFirst
        return pool.either([afterFirst, this.derive(term.rest, cls)])
      }
      case 'either':
        return pool.either(term.parts.map((part) => this.derive(part, cls)))
      case 'both':
        return pool.both(term.parts.map((part) => this.derive(part, cls)))
      case 'star':
        return pool.then(this.derive(term.part, cls), term)
      case 'not':
        return pool.not(this.derive(term.part, cls))
    }
  }
}
