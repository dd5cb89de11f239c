import { expect, test } from 'vitest'
import { drawTable } from '../support/text-table'
import { bindRule, runBound } from './rule-answer'

const many = Array.from({ length: 101 }, (_, i) => i).join(', ')
const drawn = drawTable(`
  a: long
  b: long

  row  time  category  a          b
  1    1s    process   [${many}]  [${many}]
  2    -     process   1          2
`)
const notesOf = (rule: string): readonly string[] => runBound(bindRule(drawn, rule)).notes

const capped =
  'Some events hold so many values that not all combinations of them were tried.'

test('a run says when it did not try all combinations of values', () => {
  expect(notesOf('any where a + b == 2')).toEqual([])
  expect(notesOf('any where a + b == 300')).toEqual([capped])
  expect(notesOf('any where a == 300 and b == 300')).toEqual([])
  expect(notesOf('sample by a [any where a + a > 999] [any where true]')).toEqual([
    capped,
  ])
})

test('a sequence says which events cannot take part', () => {
  expect(notesOf('sequence [any where a + b == 300] [any where true]')).toEqual([
    '1 event without a usable timestamp cannot take part in a sequence.',
    capped,
  ])
})
