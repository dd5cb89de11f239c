import { beforeEach, expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { ResultPages } from '../../src/ui/state/result-pages'
import { matchAt } from '../../src/ui/state/shown-answer'
import type { AskedRun } from '../../src/worker/board-api'
import { answerOf, groupOf, matchOf, nearMissOf, outcomeOf } from '../browser/answers'

/** Places of near misses by group, as the engine has them. */
const GROUPS = [[0], [1, 3, 5, 7], [2, 4], [6]]

/** Places of results by source, of more than one page. */
const OF_SOURCE = {
  match: Array.from({ length: 60 }, (_, at) => 100 + at),
  'near-miss': [3, 6],
}

const engine = {
  resultsOfSource: async (
    _run: AskedRun,
    kind: 'match' | 'near-miss',
    source: string | undefined,
    from: number,
    count: number,
  ) => {
    const all = source === 'b' ? OF_SOURCE[kind] : []
    const page = all.slice(from, from + count)
    return {
      count: all.length,
      matches:
        kind === 'match' ? page.map((place) => ({ place, match: matchOf(place) })) : [],
      nearMisses:
        kind === 'match'
          ? []
          : page.map((place) => ({ place, nearMiss: nearMissOf(place) })),
    }
  },
  matches: async (_id: string, _ticket: number, from: number, count: number) =>
    Array.from({ length: Math.min(count, 9 - from) }, (_, at) => matchOf(from + at)),
  nearMissGroups: async (_id: string, _ticket: number, from: number, count: number) =>
    GROUPS.slice(from, from + count).map(([place = 0, ...others]) => ({
      count: 1 + others.length,
      sentence: 'They miss for the same reason.',
      place,
      nearest: nearMissOf(place),
    })),
  groupMembers: async (
    _id: string,
    _ticket: number,
    group: number,
    from: number,
    count: number,
  ) =>
    GROUPS[group]!.slice(from, from + count).map((place) => ({
      place,
      nearMiss: nearMissOf(place),
    })),
  groupOf: async (_id: string, _ticket: number, place: number) => {
    const group = GROUPS.findIndex((places) => places.includes(place))
    return group < 0 ? undefined : { group, member: GROUPS[group]!.indexOf(place) }
  },
}

let rule: OpenRule
let pages: ResultPages
beforeEach(() => {
  rule = new OpenRule(readRules('process where true', 'rule').rules[0]!)
  const groups = [groupOf([0]), groupOf([1], 4)]
  const counts = { matchCount: 9, nearMissCount: 8, groupCount: 4 }
  rule.outcome = rule.latest = outcomeOf(answerOf(2, 0, { ...counts, groups }))
  pages = new ResultPages(engine)
})

/** Places of the near misses on the page, by group; an open one is marked. */
const shown = (): string =>
  rule
    .answer!.groups.map(
      ({ isOpen, members }) =>
        members.map(({ place }) => place).join(' ') + (isOpen ? ' open' : ''),
    )
    .join(' | ')

test('a group brings its first page when it opens, and keeps it', async () => {
  await pages.openGroup(rule, 1, true)
  expect(shown()).toBe('0 | 1 3 5 7 open')
  await pages.openGroup(rule, 1, false)
  expect(shown()).toBe('0 | 1 3 5 7')
})

test('further groups and matches come by pages', async () => {
  await pages.more(rule, 'near-miss')
  expect(shown()).toBe('0 | 1 | 2 | 6')
  await pages.more(rule, 'match')
  expect(rule.answer?.matches).toHaveLength(9)
})

test.each([
  [0, '0 | 1'],
  [5, '0 | 1 3 5 open'],
  [4, '0 | 1 | 2 4 open'],
  [6, '0 | 1 | 2 | 6'],
  [99, '0 | 1'],
])('near miss %i is brought onto the page, wherever it is', async (index, expected) => {
  await pages.reach(rule, { kind: 'near-miss', index })
  expect(shown()).toBe(expected)
})

test('a match is brought onto the page with those before it', async () => {
  await pages.reach(rule, { kind: 'match', index: 4 })
  expect(rule.answer?.matches).toHaveLength(5)
})

test('pages of an answer that is gone are left alone', async () => {
  const asked = pages.more(rule, 'near-miss')
  rule.outcome = rule.latest = outcomeOf(answerOf(0, 1), { ticket: 2 })
  await asked
  expect(shown()).toBe('0')
})

test('where the engine stops, nothing comes', async () => {
  const stopped = {
    ...engine,
    nearMissGroups: () => Promise.reject(new Error('stopped')),
  }
  await new ResultPages(stopped).more(rule, 'near-miss')
  expect(shown()).toBe('0 | 1')
})

/** How many of the results of one source there are, and how many are on the page. */
const limited = (): string | undefined => {
  const { limited } = rule.answer!
  return (
    limited &&
    `${limited.source ?? 'several'}: ${limited.matches.length} of ${limited.matchCount}, ` +
      `${limited.nearMisses.length} of ${limited.nearMissCount}`
  )
}

test('results of one source come in pages, and all of them are there again', async () => {
  await pages.limitTo(rule, { source: 'b' })
  expect(limited()).toBe('b: 50 of 60, 2 of 2')
  await pages.more(rule, 'match')
  expect(limited()).toBe('b: 60 of 60, 2 of 2')
  expect(matchAt(rule.answer!, 159)).toEqual(matchOf(159))
  expect(matchAt(rule.answer!, 90)).toBeUndefined()
  await pages.reach(rule, { kind: 'match', index: 159 })
  expect(rule.answer!.matches).toHaveLength(2)
  await pages.limitTo(rule, { source: undefined })
  expect(limited()).toBe('several: 0 of 0, 0 of 0')
  await pages.limitTo(rule, undefined)
  expect(limited()).toBeUndefined()
  expect(shown()).toBe('0 | 1')
})

test('results of one source that come after another answer are not taken', async () => {
  const asked = pages.limitTo(rule, { source: 'b' })
  rule.outcome = rule.latest = outcomeOf(answerOf(1, 0))
  await asked
  expect(limited()).toBeUndefined()
})
