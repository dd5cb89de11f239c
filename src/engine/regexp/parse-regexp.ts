import {
  anyChar,
  foldSet,
  joinRanges,
  negateSet,
  oneChar,
  rangesOf,
  type CharSet,
} from './char-set'
import { readInterval } from './interval'
import type { Term, TermPool } from './term'

/** What is wrong with a pattern. */
export type RegexpProblem =
  | 'end-expected'
  | 'early-end'
  | 'unclosed-group'
  | 'unclosed-class'
  | 'unclosed-quote'
  | 'unclosed-repeat'
  | 'bad-range'
  | 'bad-repeat'
  | 'bad-interval'

export class RegexpSyntaxError extends Error {
  constructor(readonly problem: RegexpProblem) {
    super(problem)
  }
}

const maxRepeats = 1000

/**
 * Reads Lucene's regular expressions with every optional operator on (language.md 3.9).
 *
 *     union   = inter ('|' inter)*            repeat  = compl ('?' '*' '+' '{n,m}')*
 *     inter   = concat ('&' concat)*          compl   = '~'* simple
 *     concat  = repeat+                       simple  = . # @ "…" (…) […] <n-m> \d char
 *
 * `^` and `$` are ordinary characters; so is an operator where an operand must stand,
 * such as the first `*` of `*.exe`.
 * https://lucene.apache.org/core/9_11_0/core/org/apache/lucene/util/automaton/RegExp.html
 */
export class RegexpParser {
  private at = 0

  constructor(
    private readonly text: string,
    private readonly pool: TermPool,
    private readonly ignoreCase: boolean,
  ) {}

  /** @throws RegexpSyntaxError, RegexpTooComplex */
  parse(): Term {
    if (this.text === '') return this.pool.empty
    const term = this.union()
    if (this.hasMore()) throw new RegexpSyntaxError('end-expected')
    return term
  }

  private union(): Term {
    const terms = [this.intersection()]
    while (this.take('|')) terms.push(this.intersection())
    return this.pool.either(terms)
  }

  private intersection(): Term {
    const terms = [this.concatenation()]
    while (this.take('&')) terms.push(this.concatenation())
    return this.pool.both(terms)
  }

  private concatenation(): Term {
    const terms = [this.repetition()]
    while (this.hasMore() && !this.sees(')|&')) terms.push(this.repetition())
    return this.pool.sequence(terms)
  }

  private repetition(): Term {
    let term = this.complement()
    for (;;) {
      if (this.take('?')) term = this.pool.either([term, this.pool.empty])
      else if (this.take('*')) term = this.pool.star(term)
      else if (this.take('+')) term = this.pool.then(term, this.pool.star(term))
      else if (this.take('{')) term = this.counted(term)
      else return term
    }
  }

  /** `{n}`, `{n,}` or `{n,m}`, the brace already taken. */
  private counted(term: Term): Term {
    const least = this.number()
    const most = this.take(',') ? this.optionalNumber() : least
    if (!this.take('}')) throw new RegexpSyntaxError('unclosed-repeat')
    if (Math.max(least, most ?? least) > maxRepeats || least > (most ?? least))
      throw new RegexpSyntaxError('bad-repeat')
    let rest = most === undefined ? this.pool.star(term) : this.pool.empty
    for (let i = least; i < (most ?? least); i++)
      rest = this.pool.either([this.pool.empty, this.pool.then(term, rest)])
    for (let i = 0; i < least; i++) rest = this.pool.then(term, rest)
    return rest
  }

  private optionalNumber(): number | undefined {
    return this.sees('0123456789') ? this.number() : undefined
  }

  private number(): number {
    const digits = /^\d*/.exec(this.text.slice(this.at))?.[0] ?? ''
    if (digits === '') throw new RegexpSyntaxError('bad-repeat')
    this.at += digits.length
    return Number(digits)
  }

  private complement(): Term {
    return this.take('~') ? this.pool.not(this.complement()) : this.simple()
  }

  private simple(): Term {
    const named = this.namedClass()
    if (named) return this.pool.char(named)
    if (this.take('.')) return this.pool.char(anyChar)
    if (this.take('#')) return this.pool.nothing
    if (this.take('@')) return this.pool.anyText
    if (this.take('"')) return this.literal(this.upTo('"', 'unclosed-quote'))
    if (this.take('(')) return this.group()
    if (this.take('[')) return this.pool.char(this.charClass())
    if (this.take('<')) return this.interval()
    return this.literal(this.char())
  }

  private group(): Term {
    if (this.take(')')) return this.pool.empty
    const term = this.union()
    if (!this.take(')')) throw new RegexpSyntaxError('unclosed-group')
    return term
  }

  private interval(): Term {
    const term = readInterval(this.upTo('>', 'bad-interval'), this.pool)
    if (!term) throw new RegexpSyntaxError('bad-interval')
    return term
  }

  private literal(text: string): Term {
    return this.pool.sequence(
      Array.from(text, (char) => this.pool.char(this.cased(oneChar(char)))),
    )
  }

  private cased(set: CharSet): CharSet {
    return this.ignoreCase ? foldSet(set) : set
  }

  /** The inside of `[…]`; a `]` right at its beginning is literal. */
  private charClass(): CharSet {
    const isNegated = this.take('^')
    const ranges: [number, number][] = []
    do ranges.push(...rangesOf(this.namedClass() ?? this.charRange()))
    while (this.hasMore() && !this.sees(']'))
    if (!this.take(']')) throw new RegexpSyntaxError('unclosed-class')
    const set = this.cased(joinRanges(ranges))
    return isNegated ? negateSet(set) : set
  }

  /** `a` or `a-z`; a `-` right before the closing bracket is literal. */
  private charRange(): CharSet {
    const [first = 0] = oneChar(this.char())
    if (!this.sees('-') || this.text[this.at + 1] === ']') return [first, first]
    this.at++
    const [last = 0] = oneChar(this.char())
    if (last < first) throw new RegexpSyntaxError('bad-range')
    return [first, last]
  }

  private namedClass(): CharSet | undefined {
    if (!this.sees('\\')) return undefined
    const set = namedClasses.get(this.text[this.at + 1] ?? '')
    if (set) this.at += 2
    return set
  }

  /** One code point, a backslash before it dropped. */
  private char(): string {
    this.take('\\')
    const point = this.text.codePointAt(this.at)
    if (point === undefined) throw new RegexpSyntaxError('early-end')
    const char = String.fromCodePoint(point)
    this.at += char.length
    return char
  }

  private upTo(end: string, problem: RegexpProblem): string {
    const close = this.text.indexOf(end, this.at)
    if (close < 0) throw new RegexpSyntaxError(problem)
    const inside = this.text.slice(this.at, close)
    this.at = close + 1
    return inside
  }

  private hasMore(): boolean {
    return this.at < this.text.length
  }

  private sees(chars: string): boolean {
    return this.hasMore() && chars.includes(this.text[this.at] ?? '')
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false
    this.at++
    return true
  }
}

const digits: CharSet = [0x30, 0x39]
const wordChars: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]
const spaces: CharSet = [0x09, 0x0a, 0x0d, 0x0d, 0x20, 0x20]

const namedClasses: ReadonlyMap<string, CharSet> = new Map([
  ['d', digits],
  ['D', negateSet(digits)],
  ['w', wordChars],
  ['W', negateSet(wordChars)],
  ['s', spaces],
  ['S', negateSet(spaces)],
])
