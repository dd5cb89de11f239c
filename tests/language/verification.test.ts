import { describe, expect, test } from 'vitest'
import { checkQuery } from '../../src/language/check'
import { parseQuery } from '../../src/language/parse'
import { printProblems } from './print-problems'
import { readCases, updateCases } from './read-cases'
import { readSchema } from './schema-lines'

const schema = readSchema(`
  @timestamp: date
  event.category: keyword
  process.name: keyword
  process.args: keyword
  process.pid: long
  process.parent.pid: long
  process.elevated: boolean
  user.name: keyword
  host.name: keyword
  source.ip: ip
  network.protocol: keyword
  message: text
  summary: text exact=summary.a
  summary.a: keyword of=summary
  summary.b: keyword of=summary
  folded: keyword normalizer=lower
  geo: unsupported as=geo_point
  threat.list: nested
  threat.list.name: keyword in=threat.list
`)

const options = { categoryField: 'event.category', timestampField: '@timestamp' }

/** The server's error and our own words, or that all is in order. */
function answer(source: string): string {
  const { query, diagnostics } = parseQuery(source)
  expect(diagnostics).toEqual([])
  const problems = checkQuery(query!, schema, options)
  return problems.length ? printProblems(source, problems) : 'in order'
}

describe('verification.txt', () => {
  if (process.env['UPDATE']) updateCases('verification.txt', answer)
  test.each(readCases('verification.txt'))('$source', ({ source, expected }) => {
    expect(answer(source)).toBe(expected)
  })
})

const drawn = [...readCases('errors.txt'), ...readCases('verification.txt')].filter(
  ({ expected }) => /^\w+_exception: /.test(expected),
)

test(`${drawn.length} errors of the server are drawn, each with our own words`, () => {
  expect(drawn.length).toBeGreaterThanOrEqual(120)
  expect(new Set(drawn.map(({ source }) => source)).size).toBe(drawn.length)
  for (const { expected } of drawn) expect(expected).toMatch(/\n {2}[a-z-]+ at “/)
})
