import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/language/diagnostics'
import { checkQuery } from '../../src/language/check'
import { lintQuery } from '../../src/language/lint'
import { parseQuery } from '../../src/language/parse'
import { applyFix } from './print-problems'
import { readCases } from './read-cases'
import { readSchema } from './schema-lines'

const schema = readSchema(`
  @timestamp: date
  event.category: keyword
  event.sequence: long
  process.name: keyword
  process.pid: long
  file.path: keyword
  source.ip: ip
`)

const options = { categoryField: 'event.category', timestampField: '@timestamp' }

/** All that is wrong with a text, or might be. */
function findProblems(text: string): readonly Diagnostic[] {
  const { query, diagnostics } = parseQuery(text)
  if (!query) return diagnostics
  return [...checkQuery(query, schema, options), ...lintQuery(query, schema)]
}

const fixesOf = (text: string) =>
  findProblems(text).flatMap((problem) =>
    (problem.fixes ?? []).map((fix) => ({ problem, fix, mended: applyFix(text, fix) })),
  )

// The mended text has no problem left at all.
test.each([
  ['any where process.name = "a"', 'Use ==', 'any where process.name == "a"'],
  [
    `any where process.name == 'a "b"'`,
    'Use double quotes',
    'any where process.name == "a \\"b\\""',
  ],
  [
    'any where file.path : "C:\\Windows\\*"',
    'Use a raw string',
    'any where file.path : """C:\\Windows\\*"""',
  ],
  [
    'any where file.path : "C:\\Windows\\*"',
    'Double the backslashes',
    'any where file.path : "C:\\\\Windows\\\\*"',
  ],
  ['any where process.name == "cmd*"', 'Use :', 'any where process.name : "cmd*"'],
  [
    'any where process.name != "cmd*" and process.pid == 4',
    'Use not … :',
    'any where not process.name : "cmd*" and process.pid == 4',
  ],
  [
    'any where process.name in ("cmd*", "x")',
    'Use like',
    'any where process.name like ("cmd*", "x")',
  ],
  [
    'any where true and (process.name) not in~("cmd*")',
    'Use like~',
    'any where true and not (process.name) like~("cmd*")',
  ],
  ['any where proces.name == "a"', 'Use process.name', 'any where process.name == "a"'],
  [
    'any where nowhere.found == "a"',
    'Make it optional',
    'any where ?nowhere.found == "a"',
  ],
  [
    'any where event.sequence == 4',
    'Put it in backticks',
    'any where event.`sequence` == 4',
  ],
  [
    'any where process.pid == 4 AND process.name == "a"',
    'Use and',
    'any where process.pid == 4 and process.name == "a"',
  ],
  [
    'sequence by process.pid with maxspan=1m [any where true [any where true]',
    'Insert ]',
    'sequence by process.pid with maxspan=1m [any where true] [any where true]',
  ],
  [
    'sequence by process.pid with maxspan=1m [any where true] [any where true',
    'Insert ]',
    'sequence by process.pid with maxspan=1m [any where true] [any where true]',
  ],
  ['any where process.pid : 4', 'Use ==', 'any where process.pid == 4'],
  [
    'any where process.name not like "a*"',
    'Put not first',
    'any where not process.name like "a*"',
  ],
  ['any where process.name : "*"', 'Use != null', 'any where process.name != null'],
  [
    'any where process.pid == 1 or process.pid == 2 and process.name == "a"',
    'Add parentheses',
    'any where process.pid == 1 or (process.pid == 2 and process.name == "a")',
  ],
  ['any where true // or false', 'Use /* */', 'any where true /* or false */'],
])('%s: %s', (text, label, mended) => {
  const found = fixesOf(text).filter(({ fix }) => fix.label === label)
  expect(found.map((one) => one.mended)).toEqual([mended])
  expect(findProblems(mended)).toEqual([])
})

test.each([
  ['any where source.ip == "10.*"', 'wildcard-under-equals'],
  ['any where "a*" == process.name', 'wildcard-under-equals'],
  ['any where process.name in ("a*", null)', 'wildcard-under-equals'],
  ['any where ?nowhere : "*"', 'star-only'],
  ['process, file where true', 'where-missing'],
])('%s has no easy fix', (text, code) => {
  const problem = findProblems(text).find((one) => one.code === code)
  expect(problem?.fixes ?? []).toEqual([])
  expect(problem).toBeDefined()
})

const cases = [...readCases('errors.txt'), ...readCases('verification.txt')]

/** How many problems of a kind there are up to a place. */
const countUpTo = (text: string, { code, from }: Diagnostic) =>
  findProblems(text).filter((one) => one.code === code && one.from <= from).length

describe('every fix mends the problem it is for', () => {
  test.each(cases.filter(({ source }) => fixesOf(source).length > 0))(
    '$source',
    ({ source }) => {
      for (const { problem, mended } of fixesOf(source)) {
        expect(mended).not.toBe(source)
        expect(countUpTo(mended, problem), mended).toBe(countUpTo(source, problem) - 1)
      }
    },
  )
})
