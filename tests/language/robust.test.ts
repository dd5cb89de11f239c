import { Parser } from '@lezer/common'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { parseExpression, parseQuery } from '../../src/language/parse'
import { readCases } from './read-cases'

const soup = fc
  .array(
    fc.constantFrom(
      ...['process', 'any', 'where', 'sequence', 'by', 'with', 'maxspan', '=', '5m', '['],
      ...['![', ']', '(', ')', 'a.b', '?x', '==', ':', 'like~', 'in', '"s"', '"""r"""'],
      ...[
        'and',
        'or',
        'not',
        'until',
        '|',
        'head',
        '3',
        '-',
        "'q'",
        '"\\W"',
        '`',
        '/*',
        '*/',
      ],
      ...[
        '&&',
        'AND',
        '!',
        '.5',
        'runs',
        '[0]',
        'of',
        ',',
        '\n',
        '😀',
        '"',
        'sample',
        'join',
      ],
    ),
    { maxLength: 30 },
  )
  .chain((words) => fc.constantFrom(words.join(' '), words.join('')))

/** Never throws, never says nothing, and points into the text. */
function judge(text: string) {
  const { query, diagnostics } = parseQuery(text)
  expect(query === undefined).toBe(diagnostics.length > 0)
  for (const { from, to, fixes = [] } of diagnostics) {
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeGreaterThanOrEqual(from)
    expect(to).toBeLessThanOrEqual(text.length)
    for (const edit of fixes.flatMap(({ edits }) => edits))
      expect(edit.from >= 0 && edit.to <= text.length && edit.from <= edit.to).toBe(true)
  }
  if (!query) expect(diagnostics.some(({ elastic }) => elastic)).toBe(true)
}

test('any soup of words', () => {
  judge('any where true')
  fc.assert(fc.property(soup, judge), { numRuns: 1500 })
  fc.assert(fc.property(fc.string({ unit: 'binary' }), judge), { numRuns: 300 })
})

/** The whole twice, and the first twenty of its steps twice; a few to see what mends it. */
const MOST_PARSES = 50

test('however long a beginning is, it is parsed so many times at most', () => {
  const parse = vi.spyOn(Parser.prototype, 'parse')
  const steps = readCases('sequences.txt').map(({ source }) => `${source} [any where]`)
  const source = steps.join(' ').repeat(10)
  for (let i = 0; i < source.length; i += 67) {
    parse.mockClear()
    parseQuery(source.slice(0, i))
    expect(parse.mock.calls.length).toBeLessThanOrEqual(MOST_PARSES)
  }
  expect(parse.mock.calls.length).toBeGreaterThan(1)
  parse.mockRestore()
})

test('every beginning of a query, as one types', () => {
  const sources = ['sequences.txt', 'expressions.txt', 'queries.txt'].flatMap(readCases)
  for (const { source } of sources)
    for (let i = 0; i <= source.length; i++) judge(source.slice(0, i))
})

test.each([
  ['parentheses', '('.repeat(100_000)],
  ['closed parentheses', `${'('.repeat(100_000)}a${')'.repeat(100_000)}`],
  ['nots', 'not '.repeat(100_000)],
  ['minus signs', `${'-'.repeat(100_000)}1`],
  ['calls', 'f('.repeat(100_000)],
  ['a long sum', `1${'+1'.repeat(20_000)} == 1`],
  ['wrong escapes', `"${'\\q'.repeat(200_000)}"`],
  ['comments', '/*'.repeat(100_000)],
  ['process relations', 'child of [any where '.repeat(5_000)],
  ['old strings', `a in (${"'x',".repeat(20_000)} 1)`],
])('%s without end', (_, condition) => {
  const { query, diagnostics } = parseQuery(`any where ${condition}`)
  expect(query).toBeUndefined()
  expect(diagnostics.length).toBeLessThanOrEqual(120)
})

test('long but flat is no problem', () => {
  const condition = `a == 1${' or a == 1'.repeat(5_000)}`
  expect(parseQuery(`any where ${condition}`).diagnostics).toEqual([])
  expect(parseExpression(condition).expression).toMatchObject({ kind: 'or' })
})
