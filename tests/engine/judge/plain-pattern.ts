/** A to Z only, as tests on fields fold (language.md 3.8). */
export const lowerAscii = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))

/** Every letter that has one counterpart, as scripts fold. */
export const lowerAll = (text: string): string =>
  Array.from(text, (letter) => {
    const upper = letter.toUpperCase()
    const lower = (upper.length === letter.length ? upper : letter).toLowerCase()
    return lower.length === letter.length ? lower : letter
  }).join('')

/** `*` and `?` over code points; the whole text must be covered (language.md 3.8). */
export const matchesWildcard = (pattern: string, text: string): boolean =>
  covers(Array.from(pattern), Array.from(text))

function covers(pattern: readonly string[], text: readonly string[]): boolean {
  let reached = new Set([0])
  for (const sign of pattern) {
    const next = new Set<number>()
    for (const at of reached) {
      if (sign === '*') for (let end = at; end <= text.length; end++) next.add(end)
      else if (at < text.length && (sign === '?' || sign === text[at])) next.add(at + 1)
    }
    reached = next
  }
  return reached.has(text.length)
}

/** Where a match that begins at `from` may end. */
type Ends = (text: readonly string[], from: number) => ReadonlySet<number>

/** Lucene's regular expressions, by sets of places; the pattern is well formed (3.9). */
export function matchesLucene(
  pattern: string,
  text: string,
  ignoreCase: boolean,
): boolean {
  const chars = Array.from(text)
  return new LuceneReader(Array.from(pattern), ignoreCase)
    .whole()(chars, 0)
    .has(chars.length)
}

class LuceneReader {
  private at = 0

  constructor(
    private readonly signs: readonly string[],
    private readonly ignoreCase: boolean,
  ) {}

  whole(): Ends {
    return this.signs.length === 0 ? nothingMore : this.choice()
  }

  private choice(): Ends {
    const options = [this.common()]
    while (this.take('|')) options.push(this.common())
    return (text, from) => new Set(options.flatMap((option) => [...option(text, from)]))
  }

  private common(): Ends {
    const all = [this.chain()]
    while (this.take('&')) all.push(this.chain())
    return (text, from) => {
      const ends = all.map((each) => each(text, from))
      return new Set([...ends[0]!].filter((end) => ends.every((set) => set.has(end))))
    }
  }

  private chain(): Ends {
    let chain = this.repeated()
    while (this.at < this.signs.length && !'|&)'.includes(this.signs[this.at]!))
      chain = then(chain, this.repeated())
    return chain
  }

  private repeated(): Ends {
    let part = this.negated()
    for (;;) {
      if (this.take('*')) part = times(part, 0, Infinity)
      else if (this.take('+')) part = times(part, 1, Infinity)
      else if (this.take('?')) part = times(part, 0, 1)
      else if (this.take('{')) {
        const [least = '', most] = this.upTo('}').split(',')
        const end =
          most === undefined ? Number(least) : most === '' ? Infinity : Number(most)
        part = times(part, Number(least), end)
      } else return part
    }
  }

  private negated(): Ends {
    if (!this.take('~')) return this.single()
    const part = this.negated()
    return (text, from) => {
      const ends = part(text, from)
      const others = Array.from({ length: text.length - from + 1 }, (_, i) => from + i)
      return new Set(others.filter((end) => !ends.has(end)))
    }
  }

  private single(): Ends {
    const sign = this.signs[this.at++]!
    if (sign === '.') return oneOf(() => true)
    if (sign === '@')
      return times(
        oneOf(() => true),
        0,
        Infinity,
      )
    if (sign === '#') return () => new Set()
    if (sign === '"')
      return [...this.upTo('"')].reduce(
        (ends, c) => then(ends, this.letter(c)),
        nothingMore,
      )
    if (sign === '(') {
      if (this.take(')')) return nothingMore
      const inside = this.choice()
      this.take(')')
      return inside
    }
    if (sign === '[') return this.set()
    if (sign === '<') return numbers(this.upTo('>'))
    return this.letter(sign === '\\' ? this.signs[this.at++]! : sign)
  }

  private set(): Ends {
    const isNegated = this.take('^')
    const ranges: [string, string][] = []
    while (!this.take(']')) {
      const first = this.signs[this.at++]!
      ranges.push([first, this.take('-') ? this.signs[this.at++]! : first])
    }
    const has = (char: string): boolean =>
      ranges.some(([first, last]) => first <= char && char <= last)
    return oneOf((char) => this.cases(char).some(has) !== isNegated)
  }

  private letter(sign: string): Ends {
    return oneOf((char) => this.cases(char).includes(sign))
  }

  private cases(char: string): readonly string[] {
    if (!this.ignoreCase) return [char]
    const isLetter = /^[a-z]$/i.test(char)
    return isLetter ? [char.toLowerCase(), char.toUpperCase()] : [char]
  }

  private take(sign: string): boolean {
    if (this.signs[this.at] !== sign) return false
    this.at++
    return true
  }

  private upTo(end: string): string {
    const from = this.at
    this.at = this.signs.indexOf(end, from) + 1
    return this.signs.slice(from, this.at - 1).join('')
  }
}

const nothingMore: Ends = (_, from) => new Set([from])

const oneOf =
  (fits: (char: string) => boolean): Ends =>
  (text, from) =>
    new Set(from < text.length && fits(text[from]!) ? [from + 1] : [])

const then =
  (first: Ends, rest: Ends): Ends =>
  (text, from) =>
    new Set([...first(text, from)].flatMap((middle) => [...rest(text, middle)]))

const times =
  (part: Ends, least: number, most: number): Ends =>
  (text, from) => {
    const found = new Set<number>()
    let reached = new Set([from])
    // One time more than there are places leads nowhere new.
    for (let count = 0; count <= Math.min(most, least + text.length + 1); count++) {
      if (count >= least) for (const end of reached) found.add(end)
      reached = new Set([...reached].flatMap((at) => [...part(text, at)]))
    }
    return found
  }

/** `<n-m>`: ends of one length ask for that length. */
function numbers(inside: string): Ends {
  const [one = '', other = ''] = inside.split('-')
  const [low, high] = [Number(one), Number(other)].sort((a, b) => a - b)
  return (text, from) => {
    const ends = new Set<number>()
    for (let end = from + 1; end <= text.length && /\d/.test(text[end - 1]!); end++) {
      const digits = text.slice(from, end).join('')
      const fits = Number(digits) >= low! && Number(digits) <= high!
      if (fits && (one.length !== other.length || digits.length === one.length))
        ends.add(end)
    }
    return ends
  }
}
