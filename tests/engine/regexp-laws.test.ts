import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePatterns } from '../../src/engine/text-pattern'
import { compileJavaRegexp } from '../../src/engine/regexp/java-regexp'

const atom = fc.constantFrom(
  ...['a', 'b', 'B', '.', '\\.', '[ab]', '[^a]', '[a-c]', '/', '-'],
  ...['"', '<', '&', '~', '@', '#', '\\d', '\\W', '\\w', '[^\\d]', '[\\w.]', '(?:\\b)'],
)
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}'))
      .map(([a, repeat]) => `(${a})${repeat}`),
    fc
      .tuple(atom, fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}'))
      .map(([a, repeat]) => `${a}${repeat}`),
    tie('pattern').map((a) => `(?:${a})*?`),
    tie('pattern').map((a) => `(?:${a}|^b$)`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `^${a}|${b}$`),
    fc
      .tuple(
        fc.constantFrom('?=', '?!', '?<=', '?<!'),
        ...[tie('pattern'), tie('pattern'), tie('pattern')],
      )
      .map(([look, a, b, c]) => `${a}(${look}${b})${c}`),
    tie('pattern').map((a) => `\\b${a}\\B`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*?', '{1,2}?'))
      .map((both) => `(?:${both[0]})${both[1]}`),
  ),
}))
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('abcA./"<&~@#0')), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é', '😀'), maxLength: 6 }),
)

test('regular expressions on results mean what they mean to JavaScript', () => {
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (body, subject, ignoreCase) => {
      const plain = new RegExp(`^(?:${body})$`, ignoreCase ? 'iu' : 'u')
      expect(compileJavaRegexp(body, ignoreCase)(subject)).toBe(plain.test(subject))
    }),
    { numRuns: 3000 },
  )
})

test('what was read once is read again as JavaScript does', () => {
  const plain = pattern.map((a) => `(?:${a.replaceAll(/\((?!\?)/g, '(?:')})`)
  const named = fc
    .tuple(plain, plain, fc.constantFrom('\\1', '\\k<x>'))
    .map(([a, b, same]) => `(?<x>${a})${b}${same}`)
  fc.assert(
    fc.property(named, text, (body, subject) => {
      const wanted = new RegExp(`^(?:${body})$`, 'u').test(subject)
      expect(compileJavaRegexp(body, false)(subject)).toBe(wanted)
    }),
    { numRuns: 1000 },
  )
})

test.for([
  '(?=((a+)+)+c)a*b',
  '(?!((a|aa)+)+c)a*b',
  '\\b((a*)*)*b',
  '((a+)+)+\nb',
  '(?<=((a+)+)+c)b',
])('nor with what cannot be decided in linear time: %s', (pattern) => {
  const matches = compileJavaRegexp(pattern, false)
  expect(matches('a'.repeat(300))).toBe(false)
})

test.for([
  ['.*(?<!x)y', false],
  ['.*(?<=a|ba)', true],
  ['(?:(?=a|b).)*', true],
  ['(?:(?<=a|b|^).)*', true],
  ['(?:(?!x|y)a)*', true],
] as const)(
  'a look at every character of a long text is no long way: %s',
  ([body, is]) => {
    expect(compileJavaRegexp(body, false)('a'.repeat(300_000))).toBe(is)
  },
)

test('what is nested too deeply is named', () => {
  const pattern = '('.repeat(20_000) + 'a' + ')'.repeat(20_000) + '\\b'
  expect(() => compileJavaRegexp(pattern, false)).toThrow(/too many states to decide/)
})

test.for([
  ['[\\s\\S]*', 'a\u00a0\u2028\ufeff\u3000😀', true],
  ['[\\S]', '\u2003', true],
  ['[^\\S]', '\u00a0', false],
  ['[^\\S]', '\v', true],
  ['\\s', '\u00a0', false],
  ['\\S', '\u00a0', true],
  ['[^\\s]', '\u00a0', true],
] as const)('space is that of ASCII, in and out of classes: %s', ([body, text, is]) => {
  expect(compileJavaRegexp(body, false)(text)).toBe(is)
})

test('what goes back to what was read is given up in time, and the expression named', () => {
  const matches = compileJavaRegexp('((a+)+)+\\1\\1\\1b', false)
  expect(matches('aaaaaaab')).toBe(true)
  expect(() => matches('a'.repeat(5000))).toThrow(/too many steps to decide/)
})

test.for(['(((a+)+)+)+b', '^(?:\\w+\\s?)+?b$', '(?i)([^"]*[^<]*)*b', '(\\w|a)*b'])(
  'nested repeats do not take longer with every character: %s',
  (pattern) => {
    const matches = compileJavaRegexp(pattern, false)
    expect(matches('a'.repeat(5000))).toBe(false)
    expect(matches('a'.repeat(5000) + 'b')).toBe(true)
  },
)

test('what is too complex to be decided in linear time is still decided', () => {
  const many = '(.{1,99}a.{1,99}){1,99}'
  expect(compileJavaRegexp(many, false)('xax')).toBe(true)
  expect(compileJavaRegexp(many, false)('xxx')).toBe(false)
})

test.for([
  ['É+', 'é', false],
  ['É+', 'ÉÉ', true],
  ['caf[éè]s?', 'CAFé', true],
  ['caf[éè]s?', 'CAFÉ', false],
  ['k', '\u212a', false],
] as const)(
  'without case, %s on %s is %s: only ASCII has two cases',
  ([body, text, is]) => {
    expect(compileJavaRegexp(body, true)(text)).toBe(is)
  },
)

test.for([
  '\\Aa\\z',
  'a\\Q.\\E',
  '\\p{Alnum}',
  '[a-z&&[^b]]',
  '[\\w&&b]',
  '\\\\\\A',
  'a++',
])('what JavaScript would read as something else is refused: %s', (pattern) => {
  expect(() => compileJavaRegexp(pattern, false)).toThrow()
})

test.for(['\\\\A', '\\[a&&b\\]', '\\x41', 'a\\_b', 'a\\-b', '\\bab\\b', '(?=a)ab'])(
  'what both read alike is taken: %s',
  (pattern) => {
    expect(() => compileJavaRegexp(pattern, false)).not.toThrow()
  },
)

test.for([
  ['é', 'É', true],
  ['caf\u00e9', 'CAFÉ', true],
  ['é+', 'É', false],
  ['k', '\u212a', true],
] as const)(
  'without operators it is an equality, of which all letters have two cases: %s, %s: %s',
  ([pattern, text, is]) => {
    expect(compilePatterns('regex~', [pattern], 'script')(text)).toBe(is)
    expect(compilePatterns('regex~', [pattern, 'other'], 'script')(text)).toBe(false)
    expect(compilePatterns('regex~', [pattern], 'field')(text)).toBe(false)
  },
)
