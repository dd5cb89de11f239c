import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExpression, parseQuery } from '../../src/language/parse'
import { printExpression, printQuery } from '../../src/language/print'
import { printNode, printTree } from './print-tree'
import { expression, query } from './queries'
import { readCases } from './read-cases'

test('what is printed reads back as the same expression', () => {
  fc.assert(
    fc.property(expression, (node) => {
      const read = parseExpression(printExpression(node))
      expect(read.diagnostics).toEqual([])
      expect(printNode(read.expression!)).toBe(printNode(node))
    }),
    { numRuns: 600 },
  )
})

test('what is printed reads back as the same query', () => {
  fc.assert(
    fc.property(query, (made) => {
      const read = parseQuery(printQuery(made))
      expect(read.diagnostics).toEqual([])
      expect(printTree(read.query!)).toBe(printTree(made))
    }),
    { numRuns: 150 },
  )
})

const files = ['queries.txt', 'expressions.txt', 'sequences.txt', 'literals.txt']

test.each(files.flatMap(readCases))('$source', ({ source, expected }) => {
  const printed = printQuery(parseQuery(source).query!)
  const read = parseQuery(printed).query!
  expect(printTree(read)).toBe(expected)
  expect(printQuery(read)).toBe(printed)
})

test.each([
  ['any where ((a)) and (b and c)', 'any where a and (b and c)'],
  ['any where not (a in (1))', 'any where a not in (1)'],
  ['any where (a or b) and c', 'any where (a or b) and c'],
  ['any where a - (b - c) == (d * e)', 'any where a - (b - c) == d * e'],
  ['any where (-1) in (1) and -(a) > 0', 'any where (-1) in (1) and -a > 0'],
  [
    'any where a == "C:\\\\x" and b == """y"""',
    'any where a == """C:\\x""" and b == "y"',
  ],
  ['any where a == "x\\\\\\n"', 'any where a == "x\\\\\\n"'],
  ['any where `a`.`b-c`.`where` == 1.0', 'any where a.`b-c`.`where` == 1.0'],
  ['"any" where true|head 1', '"any" where true\n| head 1'],
  [
    'sequence by a with maxspan=5 m [x where true] with runs=1 until [y where true]',
    undefined,
  ],
  [
    'sequence by a with maxspan=5 m [x where true] by b with runs=2 until [y where true] by c',
    'sequence by a with maxspan=5m\n  [x where true] by b with runs=2\nuntil [y where true] by c',
  ],
])('%s is printed as canonical text', (source, printed) => {
  const { query: read } = parseQuery(source)
  expect(read && printQuery(read)).toBe(printed)
})
