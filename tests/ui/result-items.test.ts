import { expect, test } from 'vitest'
import {
  itemsOf,
  type ResultItem,
  type ResultView,
} from '../../src/ui/result/result-items'
import type { ShownAnswer } from '../../src/ui/state/shown-answer'
import { answerOf, groupOf } from '../browser/answers'

const print = (item: ResultItem): string => {
  switch (item.type) {
    case 'heading':
      return `${item.count} ${item.kind}${item.groups ? `, ${item.groups} groups` : ''}`
    case 'group':
      return `group ${item.group} of ${item.count}`
    case 'more':
      return `more ${item.kind}: ${item.rest}`
    case 'more-members':
      return `more of ${item.group}: ${item.rest}`
    case 'match':
      return `match ${item.index}`
    case 'near-miss':
      return `miss ${item.index}${item.group === undefined ? '' : ` in ${item.group}`}`
  }
}
const itemsIn = (answer: ShownAnswer, view: ResultView): string =>
  itemsOf(answer, view).map(print).join(' | ')

const grouped = (isOpen: boolean): ShownAnswer =>
  answerOf(1, 0, {
    matchCount: 3,
    nearMissCount: 45,
    groupCount: 9,
    groups: [groupOf([0]), groupOf([1, 4, 7], 38, isOpen), groupOf([2])],
  })

test('of a closed group the nearest is shown, under what they share', () =>
  expect(itemsIn(grouped(false), 'near-miss')).toBe(
    'miss 0 | group 1 of 38 | miss 1 in 1 | miss 2 | more near-miss: 6',
  ))

test('an open group shows those fetched, and that there are more', () =>
  expect(itemsIn(grouped(true), 'near-miss')).toBe(
    'miss 0 | group 1 of 38 | miss 1 in 1 | miss 4 in 1 | miss 7 in 1 | more of 1: 35 | ' +
      'miss 2 | more near-miss: 6',
  ))

test('matches come first, each kind under its heading', () => {
  expect(itemsIn(grouped(false), 'all')).toMatch(
    /^3 match \| match 0 \| more match: 2 \| 45 near-miss, 9 groups \| miss 0 /,
  )
  expect(itemsIn(grouped(false), 'match')).toBe('match 0 | more match: 2')
  expect(itemsIn(answerOf(0, 0), 'all')).toBe('')
})
