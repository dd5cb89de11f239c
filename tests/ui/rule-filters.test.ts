import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { sayExceptionTab, sayHidden } from '../../src/ui/rule/exception-wording'
import { filtersOf } from '../../src/ui/state/rule-filters'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { requestOf } from '../../src/ui/state/rule-text'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'

/** A rule with one list: a scanner, an exception that expired, and one filter. */
const EXPORT = [
  {
    ...{ rule_id: 'r-1', name: 'Odd child', type: 'eql', language: 'eql', version: 1 },
    ...{ query: 'process where true', risk_score: 47, severity: 'medium' },
    description: 'Made up.',
    exceptions_list: [
      { id: 'x', list_id: 'l1', type: 'detection', namespace_type: 'single' },
    ],
    filters: [{ meta: { negate: true }, query: { term: { 'host.name': 'lab' } } }],
  },
  { id: 'e1', list_id: 'l1', type: 'detection', name: 'Known good' },
  {
    ...{ id: 'e2', item_id: 'i1', list_id: 'l1', type: 'simple', name: 'Scanner' },
    entries: [
      { field: 'user.name', operator: 'included', type: 'match', value: 'svc-scan' },
    ],
  },
  {
    ...{ id: 'e3', item_id: 'i2', list_id: 'l1', type: 'simple', name: 'Last year' },
    ...{ expire_time: '2020-01-01T00:00:00Z' },
    entries: [{ field: 'user.name', operator: 'included', type: 'match', value: 'old' }],
  },
]
  .map((line) => JSON.stringify(line))
  .join('\n')

const open = () => new OpenRule(readRules(EXPORT, 'x.ndjson').rules[0]!)
const sent = (rule: OpenRule) => requestOf(rule).hidden?.map(({ id }) => id)

test('all that can be applied is applied until it is switched off', () => {
  const rule = open()
  expect(sent(rule)).toEqual(['filter-1', 'exception-l1-i1'])
  expect(sayExceptionTab(filtersOf(rule), rule.filtersOff)).toBe('Exceptions 2/3')
  rule.filtersOff = ['exception-l1-i1']
  expect(sent(rule)).toEqual(['filter-1'])
  rule.filtersOff = ['exception-l1-i1', 'filter-1']
  expect(sent(rule)).toBeUndefined()
})

test('what is switched off stays so in the session', () => {
  const rule = open()
  expect(storeRule(rule).filtersOff).toBeUndefined()
  rule.filtersOff = ['filter-1']
  const reopened = openStoredRule(storeRule(rule))
  expect(reopened && sent(reopened)).toEqual(['exception-l1-i1'])
})

test.each([
  [{ events: 0 }, true, 'Hides no event.'],
  [{ events: 1, matches: 0 }, true, 'Hides 1 event.'],
  [
    { events: 12, matches: 2 },
    false,
    'Would hide 12 events, and 2 matches that would hold them.',
  ],
  [{ events: 3, isApproximate: true }, true, 'Hides about 3 events.'],
])('%j, switched on: %s', (count, isOn, sentence) => {
  expect(sayHidden({ id: 'x', isApproximate: false, ...count }, isOn)).toBe(sentence)
})
