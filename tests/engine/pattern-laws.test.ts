import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldAscii } from '../../src/engine/case-fold'
import { compileLuceneRegexp } from '../../src/engine/regexp/lucene-regexp'
import { compilePatterns } from '../../src/engine/text-pattern'
import { compileWildcard } from '../../src/engine/wildcard'

/** By the definition, one code point at a time. */
function coversNaively(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text.length === 0
  if (first === '*')
    return (
      coversNaively(rest, text) ||
      (text.length > 0 && coversNaively(pattern, text.slice(1)))
    )
  return (
    text.length > 0 &&
    (first === '?' || first === text[0]) &&
    coversNaively(rest, text.slice(1))
  )
}

const textOf = (...letters: string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((chars) => chars.join(''))

describe('wildcards', () => {
  test('cover what their definition says', () => {
    fc.assert(
      fc.property(
        textOf('a', 'b', '*', '?', '😀'),
        textOf('a', 'b', '\n', '😀'),
        (p, t) => {
          expect(compileWildcard(p)(t)).toBe(coversNaively(Array.from(p), Array.from(t)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('in any case agree with the folded text', () => {
    const mixed = textOf('a', 'A', '.', '[', '*', '?', 'É', 'é')
    fc.assert(
      fc.property(mixed, textOf('a', 'A', '.', '[', 'É', 'é', '\\'), (pattern, text) => {
        const plain = compileWildcard(foldAscii(pattern))(foldAscii(text))
        expect(compilePatterns(':', [pattern], 'field')(text)).toBe(plain)
      }),
      { numRuns: 500 },
    )
  })

  test('are not slowed by many stars', () => {
    const covers = compileWildcard(`${'*a'.repeat(40)}?b`)
    expect(covers('a'.repeat(20_000))).toBe(false)
  })
})

/** Letters in no order that repeats soon. */
function fickleText(length: number): string {
  let seed = 1
  return Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return (seed >>> 16) % 2 ? 'a' : 'b'
  }).join('')
}

/** What Lucene and JavaScript write alike. */
const { common } = fc.letrec<{ common: string }>((tie) => ({
  common: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'ab', '.', '[ab]', '[^a]', '\\.', '\\d', 'x😀', '[a-c]'),
    fc.tuple(tie('common'), tie('common')).map(([a, b]) => a + b),
    fc.tuple(tie('common'), tie('common')).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(
        tie('common'),
        fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '{1,}'),
      )
      .map(([a, times]) => `(${a})${times}`),
  ),
}))
const subject = textOf('a', 'b', 'c', '.', '7', 'x😀', '\n')

const lucene = (pattern: string, ignoreCase = false): ((text: string) => boolean) =>
  compileLuceneRegexp(pattern, ignoreCase)

describe("Lucene's regular expressions", () => {
  test('agree with JavaScript where both write the same', () => {
    fc.assert(
      fc.property(common, subject, (pattern, text) => {
        const expected = new RegExp(`^(?:${pattern})$`, 'su').test(text)
        expect(lucene(pattern)(text)).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test('know complement and intersection', () => {
    fc.assert(
      fc.property(common, common, subject, (a, b, text) => {
        const [matchesA, matchesB] = [lucene(a)(text), lucene(b)(text)]
        expect(lucene(`~(${a})`)(text)).toBe(!matchesA)
        expect(lucene(`(${a})&(${b})`)(text)).toBe(matchesA && matchesB)
        expect(lucene(`~(~(${a})|~(${b}))`)(text)).toBe(matchesA && matchesB)
      }),
    )
  })

  test('take the numbers of an interval', () => {
    const ends = fc.integer({ min: 0, max: 1200 })
    fc.assert(
      fc.property(ends, ends, ends, (from, to, number) => {
        const isWithin = Math.min(from, to) <= number && number <= Math.max(from, to)
        const isPadded = String(from).length === String(to).length
        const padded = String(number).padStart(isPadded ? String(from).length : 6, '0')
        expect(lucene(`<${from}-${to}>`)(padded)).toBe(isWithin)
      }),
    )
  })

  test('fold ASCII only when told to', () => {
    const upper = textOf('A', 'b', 'É', 'z')
    fc.assert(
      fc.property(upper, (text) => {
        const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        expect(lucene(text === '' ? '()' : text, true)(lower)).toBe(true)
        expect(lucene('[A-Y]|É', true)('é')).toBe(false)
      }),
    )
  })

  test('answer fast where backtracking would not', () => {
    expect(lucene('(a*)*b')('a'.repeat(50_000))).toBe(false)
    expect(lucene('(a|aa)+~(.*b.*)')('a'.repeat(50_000))).toBe(true)
  })

  test('give up on monsters', () => {
    expect(() => lucene('((a{1000}){1000}){1000}')).toThrow('too many states')
    const nested = '((((a{0,100}){0,100}){0,100}){0,100})'
    expect(() => lucene(nested)('a'.repeat(3000))).toThrow('too many states')
    expect(() => lucene('.*a.{20}')(fickleText(40_000))).toThrow('too many states')
  })
})
