import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/language/diagnostics'
import { readRules } from '../../src/rules/rule-file'
import { readTomlDocument } from '../../src/rules/toml-document'
import {
  listSourceProblems,
  placeProblem,
  withoutReturns,
} from '../../src/ui/rule/source-problems'

const toml = (query: string) =>
  `[rule]\nname = "R"\nseverity = "low"\nrisk_score = 99\nquery = ${query}\n`

/** The problem is of the word `oops`; its place is given back as the text there. */
function textsAt(text: string): readonly string[] {
  const read = readTomlDocument(text)
  if (!('document' in read)) throw new Error('no TOML')
  const query = readRules(text).rules[0]?.query ?? ''
  const from = query.indexOf('oops')
  const problem: Diagnostic = {
    ...{ from, to: from + 4, severity: 'error', code: 'c', message: 'm' },
    fixes: [{ label: 'l', edits: [{ from, to: from + 4, insert: 'x' }] }],
  }
  const listed = listSourceProblems(read.document, query, [problem])
  const [first] = listed
  const plain = text.replaceAll('\r\n', '\n')
  const there = listed.map((each) => withoutReturns(each, text))
  const [edit] = first?.fixes?.[0]?.edits ?? []
  if (edit) expect(text.slice(edit.from, edit.to)).toBe('oops')
  return there.map((each) => plain.slice(each.from, each.to))
}

test.each([
  ['on several lines', "'''\nany where oops\n'''", 'oops'],
  ['on one line', '"any where oops"', 'oops'],
  ['with escapes', '"any where \\"a\\" == oops"', '"any where \\"a\\" == oops"'],
])('a problem of a query %s has its place in the file', (_, query, place) => {
  expect(textsAt(toml(query))[0]).toBe(place)
})

test('so have lints of the metadata, with other line ends too', () => {
  expect(textsAt(toml('"any where oops"'))).toContain('99')
  expect(textsAt(toml('"any where oops"').replaceAll('\n', '\r\n'))).toContain('99')
})

test.each([
  [{ line: 1, column: 3 }, 'cd'],
  [{ line: 2, column: 1 }, 'ef'],
  [{ line: 9, column: 9 }, ''],
  [{}, 'abcd'],
])('what cannot be read at %j is marked to the end of its line', (place, text) => {
  const source = 'abcd\nef\n'
  const { from, to } = placeProblem({ message: 'm', ...place }, source)
  expect(source.slice(from, to)).toBe(text)
})
