import { anyChar, type CharSet } from './char-set'

/**
 * A regular language. Terms of one pool with the same meaning by the simple laws
 * (`x|x`, `x&~#`, empty parts) are the same object, which is what keeps the automaton
 * of derivatives finite.
 */
export type Term = TermShape & {
  readonly id: number
  /** Whether the empty text belongs to it. */
  readonly takesEmpty: boolean
}

type TermShape =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly set: CharSet }
  | { readonly kind: 'then'; readonly first: Term; readonly rest: Term }
  | { readonly kind: 'either' | 'both'; readonly parts: readonly Term[] }
  | { readonly kind: 'star'; readonly part: Term }
  | { readonly kind: 'not'; readonly part: Term }

/** Thrown when a pattern needs more terms or states than is reasonable. */
export class RegexpTooComplex extends Error {}

const maxTerms = 100_000
/** Steps of putting terms together: repeats of repeats make few terms in very many. */
const maxWork = 2_000_000

/** Makes terms, each once. */
export class TermPool {
  private readonly byKey = new Map<string, Term>()
  /** Every set of characters in use; they cut the alphabet into classes. */
  readonly sets: CharSet[] = []
  private work = 0
  readonly nothing = this.make('nothing', { kind: 'nothing' }, false)
  readonly empty = this.make('empty', { kind: 'empty' }, true)
  readonly anyText = this.star(this.char(anyChar))

  char(set: CharSet): Term {
    if (set.length === 0) return this.nothing
    return this.make(`c${set.join()}`, { kind: 'char', set }, false)
  }

  star(part: Term): Term {
    if (part.kind === 'star' || part.kind === 'empty') return part
    if (part.kind === 'nothing') return this.empty
    return this.make(`*${part.id}`, { kind: 'star', part }, true)
  }

  not(part: Term): Term {
    if (part.kind === 'not') return part.part
    if (part === this.nothing) return this.anyText
    if (part === this.anyText) return this.nothing
    return this.make(`!${part.id}`, { kind: 'not', part }, !part.takesEmpty)
  }

  /** One after the other, leaning right: `(ab)c` is `a(bc)`. */
  sequence(terms: readonly Term[]): Term {
    return terms.reduceRight((rest, first) => this.then(first, rest), this.empty)
  }

  then(first: Term, rest: Term): Term {
    if (first.kind === 'nothing' || rest.kind === 'nothing') return this.nothing
    if (first.kind === 'empty') return rest
    if (rest.kind === 'empty') return first
    this.spend(1)
    if (first.kind === 'then') return this.then(first.first, this.then(first.rest, rest))
    const takesEmpty = first.takesEmpty && rest.takesEmpty
    return this.make(`.${first.id},${rest.id}`, { kind: 'then', first, rest }, takesEmpty)
  }

  either(terms: readonly Term[]): Term {
    return this.combine('either', terms, this.nothing, this.anyText)
  }

  both(terms: readonly Term[]): Term {
    return this.combine('both', terms, this.anyText, this.nothing)
  }

  /** `neutral` parts change nothing, one `decisive` part settles it. */
  private combine(
    kind: 'either' | 'both',
    terms: readonly Term[],
    neutral: Term,
    decisive: Term,
  ): Term {
    const flat = terms.flatMap((term) => (term.kind === kind ? term.parts : [term]))
    this.spend(flat.length)
    if (flat.includes(decisive)) return decisive
    const parts = [...new Set(flat)]
      .filter((term) => term !== neutral)
      .sort((a, b) => a.id - b.id)
    if (parts.length < 2) return parts[0] ?? neutral
    const empties = parts.filter((part) => part.takesEmpty).length
    const takesEmpty = kind === 'either' ? empties > 0 : empties === parts.length
    const key = `${kind === 'either' ? '|' : '&'}${parts.map(({ id }) => id).join()}`
    return this.make(key, { kind, parts }, takesEmpty)
  }

  private spend(steps: number): void {
    this.work += steps
    if (this.work > maxWork) throw new RegexpTooComplex()
  }

  private make(key: string, shape: TermShape, takesEmpty: boolean): Term {
    const known = this.byKey.get(key)
    if (known) return known
    if (this.byKey.size >= maxTerms) throw new RegexpTooComplex()
    const term = { ...shape, id: this.byKey.size, takesEmpty }
    this.byKey.set(key, term)
    if (shape.kind === 'char') this.sets.push(shape.set)
    return term
  }
}
