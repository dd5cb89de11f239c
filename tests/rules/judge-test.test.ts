import { expect, test } from 'vitest'
import { judgeTest } from '../../src/rules/judge-test'
import type { RuleTest, TestOutcome } from '../../src/rules/test-case'

const caseOf = (more: Partial<RuleTest>): RuleTest => ({
  name: 'a case',
  expect: 'match',
  events: [],
  nearMisses: [],
  ...more,
})

/** `a,b c | condition d`: matches, then near misses; `!text` is an error. */
function outcomeOf(drawn: string): TestOutcome {
  if (drawn.startsWith('!')) return { matches: [], nearMisses: [], error: drawn.slice(1) }
  const [matches = '', misses = ''] = drawn.split('|').map((part) => part.trim())
  return {
    matches: matches ? matches.split(' ').map((ids) => ids.split(',')) : [],
    nearMisses: misses ? [{ cause: 'condition', culprit: misses }] : [],
    error: '',
  }
}

const miss = { cause: 'condition', culprit: 'd' } as const

test.each<[what: string, wanted: Partial<RuleTest>, found: string, wrong: number]>([
  ['a match', {}, 'a,b', 0],
  ['no match', {}, '', 1],
  ['none, and there is none', { expect: 'none' }, '', 0],
  ['none, and there is one', { expect: 'none' }, 'a,b', 1],
  ['the matches in any order', { matches: [['c'], ['a', 'b']] }, 'a,b c', 0],
  ['the events in their order', { matches: [['b', 'a']] }, 'a,b', 2],
  ['one more than listed', { matches: [['a', 'b']] }, 'a,b c', 1],
  ['at least those listed', { matches: [['a', 'b']], atLeast: true }, 'a,b c', 0],
  ['a listed match, and there is none', { matches: [['a']] }, '', 1],
  ['one less than listed', { matches: [['a', 'b'], ['c']] }, 'c', 1],
  ['the same twice', { matches: [['a'], ['a']] }, 'a', 1],
  ['as many', { count: 2 }, 'a b', 0],
  ['not as many', { count: 2 }, 'a', 1],
  ['an event that may not match', { not: ['b', 'x'] }, 'a,b', 1],
  ['a near miss', { expect: 'none', nearMisses: [miss] }, '| d', 0],
  ['a near miss of another event', { expect: 'none', nearMisses: [miss] }, '| e', 1],
  ['an error', { expect: 'error', error: 'mism' }, '!mismatched input', 0],
  ['another error', { expect: 'error', error: 'mism' }, '!unknown column', 1],
  ['an error that does not come', { expect: 'error' }, 'a', 1],
  ['an error out of place', { expect: 'none' }, '!unknown column', 1],
])('%s', (_, wanted, found, wrong) => {
  expect(judgeTest(caseOf(wanted), outcomeOf(found))).toHaveLength(wrong)
})

test('says what was expected and what came', () => {
  const wanted = caseOf({ matches: [['a', 'b']], nearMisses: [miss] })
  expect(judgeTest(wanted, outcomeOf('a,c'))).toEqual([
    'No match of a, b.',
    'Matched besides: a, c.',
    'd is not among the near misses (condition).',
  ])
})
