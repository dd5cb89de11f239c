import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../src/language/parse'
import { printProblems } from './print-problems'
import { printTree } from './print-tree'
import { readCases, updateCases } from './read-cases'

/** The tree of a query, or the server's error and below it our own words. */
function answer(source: string): string {
  const { query, diagnostics } = parseQuery(source)
  return query ? printTree(query) : printProblems(source, diagnostics)
}

const files = [
  'queries.txt',
  'expressions.txt',
  'sequences.txt',
  'literals.txt',
  'errors.txt',
]

describe.each(files)('%s', (file) => {
  if (process.env['UPDATE']) updateCases(file, answer)
  test.each(readCases(file))('$source', ({ source, expected }) => {
    expect(answer(source)).toBe(expected)
  })
})

test('texts of more than one line, and none', () => {
  expect(answer('')).toContain('query is null or empty')
  expect(answer('any where a ==\n\n\t"C:\\Windows"')).toContain(
    "line 3:2: token recognition error at: '\"C:\\W'",
  )
  expect(answer('any where "😀" == b = 1')).toContain('line 1:20: mismatched input')
})
