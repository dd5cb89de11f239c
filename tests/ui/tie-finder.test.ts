import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { TieFinder } from '../../src/ui/state/tie-finder.svelte'
import { answerOf, groupOf, matchOf, nearMissOf, outcomeOf } from '../browser/answers'

type Question = readonly [kind: string, places: readonly number[]]

/** Every place of an even number hangs on the order of events. */
function setUp() {
  const asked: Question[] = []
  const ties = new TieFinder({
    findTies: async (_id, _ticket, kind, places) => {
      asked.push([kind, places])
      return places
        .filter((place) => place % 2 === 0)
        .map((index) => ({ index, sentence: `${kind} ${index}` }))
    },
  })
  const rule = new OpenRule(readRules('any where true').rules[0]!)
  rule.outcome = rule.latest = outcomeOf(
    answerOf(2, 2, { groups: [groupOf([4]), groupOf([7])] }),
  )
  rule.state = 'done'
  rule.settled = rule.outcome.ticket
  return { asked, ties, rule }
}
const answered = () => new Promise((resume) => setTimeout(resume))

test('the results on the page are asked for, by their places', async () => {
  const { asked, ties, rule } = setUp()
  ties.findOf(rule)
  ties.findOf(rule)
  await answered()
  expect(asked).toEqual([
    ['match', [0, 1]],
    ['near-miss', [4, 7]],
  ])
  expect([0, 1].map((place) => ties.sentenceOf('match', place))).toEqual([
    'match 0',
    undefined,
  ])
  expect(ties.sentenceOf('near-miss', 4)).toBe('near-miss 4')
})

test('so are those of one source, wherever they stand in the whole list', async () => {
  const { asked, ties, rule } = setUp()
  rule.limit(rule.answer!, {
    source: 'b',
    ...{ matchCount: 2, nearMissCount: 1 },
    matches: [9000, 12_001].map((place) => ({ place, match: matchOf(place) })),
    nearMisses: [{ place: 700, nearMiss: nearMissOf(700) }],
  })
  ties.findOf(rule)
  await answered()
  expect(asked).toEqual([
    ['match', [9000, 12_001]],
    ['near-miss', [700]],
  ])
  expect(ties.sentenceOf('match', 9000)).toBe('match 9000')
  expect(ties.sentenceOf('near-miss', 700)).toBe('near-miss 700')
})
