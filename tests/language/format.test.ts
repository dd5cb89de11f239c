import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatQuery } from '../../src/language/format'
import {
  group,
  indent,
  line,
  printLayout,
  softLine,
  type Layout,
} from '../../src/language/layout'
import { parseQuery } from '../../src/language/parse'
import { printQuery } from '../../src/language/print'
import { commentsBetween, scanTokens } from '../../src/language/tokens'
import { bundledRules } from '../../src/rules/library'
import { printTree } from './print-tree'
import { query } from './queries'
import { readCases, updateCases } from './read-cases'

/** Tokens and comments of a text; what stands between them is left out. */
function readWords(text: string) {
  const tokens = scanTokens(text)
  const comments = tokens.flatMap(({ from }, i) =>
    commentsBetween(text, tokens[i - 1]?.to ?? 0, from),
  )
  return {
    tokens: tokens.slice(0, -1).map((token) => token.text),
    comments: comments.map(({ from, to }) => text.slice(from, to).trimEnd()),
  }
}

/** Same tree, same words, same comments, and nothing left to do the second time. */
function judge(text: string) {
  const before = parseQuery(text).query!
  const formatted = formatQuery(text)
  const { query: after, diagnostics } = parseQuery(formatted)
  expect(diagnostics).toEqual([])
  expect(printTree(after!)).toBe(printTree(before))
  expect(readWords(formatted)).toEqual(readWords(text))
  expect(formatQuery(formatted)).toBe(formatted)
  expect(formatted).not.toMatch(/ $|^\n|\n$/)
}

describe('format.txt', () => {
  if (process.env['UPDATE']) updateCases('format.txt', formatQuery)
  test.each(readCases('format.txt'))('$source', ({ source, expected }) => {
    expect(formatQuery(source)).toBe(expected)
    judge(source)
  })
})

const files = ['queries.txt', 'expressions.txt', 'sequences.txt', 'literals.txt']

test.each(files.flatMap(readCases))('$source keeps its meaning', ({ source }) => {
  judge(source)
})

test('the bundled rules', () => {
  expect(bundledRules.length).toBeGreaterThan(0)
  for (const { rule } of bundledRules) judge(rule.query)
})

const blanks = fc.constantFrom(' ', '\n', '\t', '\r\n', '\n\n   ')
const gaps = fc.oneof(
  { weight: 4, arbitrary: blanks },
  fc.constantFrom(
    ...['/* a */', ' /* b */\n', '\n/* c */', '\n /* d */ \n', ' // e\n', '\n// f \n'],
    ...['/* g\n  h */', '\n/* i /* j */ */ // k\n', '// l\r\n/* m */', '\n//\n\n// n\n'],
  ),
)

/** A query's tokens with other things between them; no `/` may open a comment. */
const spacedOut = (between: fc.Arbitrary<string>) =>
  fc.tuple(query, fc.infiniteStream(between)).map(([made, stream]) => {
    const words = scanTokens(printQuery(made)).map(({ text }) => text)
    return [...stream.take(words.length)]
      .map((gap, i) => `${gap}${words[i]!}${words[i] === '/' ? ' ' : ''}`)
      .join('')
      .replace(/<EOF>$/, '')
  })

test('generated queries with comments between all their words', () => {
  fc.assert(fc.property(spacedOut(gaps), judge), { numRuns: 300 })
})

test('blanks make no difference', () => {
  fc.assert(
    fc.property(spacedOut(blanks), (text) => {
      const spacedByOne = scanTokens(text).map((token) => token.text)
      const plain = spacedByOne.slice(0, -1).join(' ')
      expect(formatQuery(text)).toBe(formatQuery(plain))
    }),
    { numRuns: 150 },
  )
})

test.each([
  '',
  '  ',
  'process  where',
  'process  where a = 1',
  'sequence  [any where true]',
  'any  where child of [any where true]',
])('“%s” is no query and stays as it is', (text) => {
  expect(formatQuery(text)).toBe(text)
})

test('a long query is broken behind every connective', () => {
  const condition = Array.from({ length: 3000 }, (_, i) => `a${i} : ("x", "y")`)
  const text = `any where ${condition.join(' or ')}`
  expect(formatQuery(text).split('\n')).toHaveLength(3000)
})

/** How often the parts of a layout are looked into until so many of its lines are printed. */
function countLooks(lines: number): number {
  let looks = 0
  const counted = (parts: readonly Layout[]): Layout =>
    new Proxy(parts, {
      has: (target, name) => {
        looks++
        return Reflect.has(target, name)
      },
    })
  const list = () =>
    counted(['(', indent([softLine, '"x",', line, '"y"']), softLine, ')'])
  const part = () => counted(['field : ', group(list()), ' or', line])
  const layout = group(indent(Array.from({ length: lines }, part)))
  expect(printLayout(layout, 100).split('\n')).toHaveLength(lines + 1)
  return looks
}

test('a layout ten times as long is ten times the work', () => {
  expect(countLooks(1000)).toBeLessThan(11 * countLooks(100))
})
