import { describe, expect, test } from 'vitest'
import { printElasticError } from '../../src/language/elastic-error'
import { parseQuery } from '../../src/language/parse'
import { printTree } from './print-tree'
import { readCases, updateCases } from './read-cases'

/** The tree of a query, or the server's error and below it our own words. */
function answer(source: string): string {
  const { query, diagnostics } = parseQuery(source)
  if (query) return printTree(query)
  const { type, reason } = printElasticError(diagnostics)!
  const server = `${type}: ${reason.replace(/expecting .*/, 'expecting …')}`
  const own = diagnostics.map(({ from, to, code, fixes = [] }) =>
    [
      `  ${code} at “${source.slice(from, to)}”`,
      ...fixes.map(({ label, edits }) => {
        const mended = [...edits]
          .sort((a, b) => b.from - a.from)
          .reduce((s, e) => s.slice(0, e.from) + e.insert + s.slice(e.to), source)
        return `    ${label}: ${mended}`
      }),
    ].join('\n'),
  )
  return [server, ...own].join('\n')
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
