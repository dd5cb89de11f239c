import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellRule } from '../../src/explain/in-words'
import { signatures } from '../../src/language/functions'
import { parseQuery } from '../../src/language/parse'
import { checkArrowLines } from '../support/arrow-lines'

function tell(text: string, isWanted: (kind: string) => boolean): string {
  const { query, diagnostics } = parseQuery(text)
  if (!query) return `? ${diagnostics[0]?.message ?? ''}`
  return tellRule(query)
    .filter(({ kind }) => isWanted(kind))
    .map(({ phrases }) => phrases.map((phrase) => phrase.text).join(''))
    .join(' / ')
}

/** `steps:` leaves out how the rule is introduced; `notes:` asks for what is said last. */
function answer(question: string): string {
  const [, ask, text = ''] = /^(?:(steps|notes|whole): )?(.*)$/.exec(question) ?? []
  if (ask === 'notes') return tell(text, (kind) => kind === 'note')
  if (ask === 'whole') return tell(text, (kind) => kind !== 'note')
  return tell(text, (kind) => kind !== 'note' && kind !== 'intro')
}

test('rules in words', () => {
  checkArrowLines(join(import.meta.dirname, 'in-words.txt'), answer)
})

test('every function is told in words', () => {
  for (const { name, example, hasTilde } of signatures)
    for (const form of hasTilde ? ['', '~'] : ['']) {
      const call = example.replace(/^(\w+)~?\(/, `$1${form}(`)
      const isClause = parseQuery(`any where ${call}`).query !== undefined
      const told = answer(`any where ${isClause ? call : `${call} == null`}`)
      expect(told).not.toMatch(/\w\(|undefined|`/)
      expect(told, name).not.toMatch(/ {2}/)
    }
})

test('a long list is told in part, and kept whole', () => {
  const items = ['a', 'b', 'c', 'd', 'e', 'f']
  const list = items.map((item) => `"${item}"`).join(', ')
  const text = `process where process.name in (${list}) and process.args : (${list}, "x*")`
  const { query } = parseQuery(text)
  const lists = tellRule(query!).flatMap(({ phrases }) =>
    phrases.flatMap((phrase) => (phrase.list ? [phrase.list] : [])),
  )
  expect(lists).toEqual([items.map((item) => `“${item}”`), [...items, 'x*']])
})
