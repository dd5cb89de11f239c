import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { readRules } from '../../src/rules/rule-file'
import ExceptionList from '../../src/ui/rule/ExceptionList.svelte'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { filtersOf } from '../../src/ui/state/rule-filters'
import type { RunRequest } from '../../src/worker/api'
import type { HiddenRequest } from '../../src/worker/hiding-api'
import { findFaults } from './rendering.svelte'
import { deskWith, renderWith } from './with-desk'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const item = (id: string, name: string, entry: object) => ({
  ...{ id, item_id: id, list_id: 'l1', type: 'simple', name, entries: [entry] },
})
/** A rule with an exception, one that needs a list no export holds, and a filter. */
const EXPORT = [
  {
    ...{ rule_id: 'r1', name: 'Odd child', type: 'eql', language: 'eql', version: 1 },
    ...{ query: 'process where true', risk_score: 47, severity: 'medium' },
    description: 'Made up.',
    exceptions_list: [
      { id: 'x', list_id: 'l1', type: 'detection', namespace_type: 'single' },
    ],
    filters: [{ meta: { negate: true }, query: { term: { 'host.name': 'lab' } } }],
  },
  { id: 'l1', list_id: 'l1', type: 'detection', name: 'Known good' },
  item('i1', 'Scanner', {
    ...{ field: 'user.name', operator: 'included', type: 'match', value: 'svc-scan' },
  }),
  item('i2', 'Listed', {
    ...{ field: 'user.name', operator: 'included', type: 'list' },
    list: { id: 'people', type: 'keyword' },
  }),
]
  .map((line) => JSON.stringify(line))
  .join('\n')

function show() {
  const counts = {
    'exception-l1-i1': { events: 3, matches: 2 },
    'filter-1': { events: 0 },
  }
  const countHidden = vi.fn(async ({ ruleId, filters }: HiddenRequest) => ({
    ...{ ruleId, version: 0 },
    counts: filters.map(({ id }) => ({
      ...{ id, isApproximate: id === 'filter-1' },
      ...counts[id as keyof typeof counts],
    })),
  }))
  const run = vi.fn((_: RunRequest) => new Promise<never>(() => undefined))
  const desk = deskWith({ countHidden, run })
  const rule = new OpenRule(readRules(EXPORT, 'x.ndjson').rules[0]!)
  desk.bench.addRules([rule])
  desk.bench.openRule(rule.id)
  rule.state = 'done'
  const view = renderWith(desk, ExceptionList, { rule, filters: filtersOf(rule) })
  removals.push(view.remove)
  const about = (id: string) =>
    view.root
      .querySelector<HTMLElement>(`[data-exception="${id}"]`)!
      .innerText.replace(/\s+/g, ' ')
  return { rule, run, countHidden, about, ...view }
}

test('each says what it hides, where it is from, and what it asks', async () => {
  const { about, root, countHidden } = show()
  await vi.waitFor(() => expect(about('exception-l1-i1')).toContain('Hides 3 events'))
  expect(about('exception-l1-i1')).toBe(
    'Scanner Hides 3 events, and 2 matches that would hold them. ' +
      'Exception list: Known good user.name == "svc-scan"',
  )
  expect(about('filter-1')).toContain('Hides no event.')
  expect(about('filter-1')).toContain('may hide more than in production')
  expect(countHidden).toHaveBeenCalledTimes(1)
  expect(await findFaults(root)).toEqual([])
})

test('one that cannot be applied has no switch, and says why', () => {
  const { about, root } = show()
  expect(about('exception-l1-i2')).toMatch(/^Listed not applied .*list/)
  expect(root.querySelectorAll('input[type="checkbox"]')).toHaveLength(2)
})

test('switched off, it would hide as much, and the rule runs without it', async () => {
  const { rule, run, about, root } = show()
  await vi.waitFor(() => expect(about('exception-l1-i1')).toContain('Hides 3 events'))
  const box = [...root.querySelectorAll<HTMLInputElement>('input')].find((each) =>
    each.closest('[data-exception="exception-l1-i1"]'),
  )!
  box.focus()
  await userEvent.keyboard(' ')
  expect(rule.filtersOff).toEqual(['exception-l1-i1'])
  expect(about('exception-l1-i1')).toContain('Would hide 3 events, and 2 matches')
  const asked = () => run.mock.lastCall?.[0].hidden?.map(({ id }) => id)
  expect(asked()).toEqual(['filter-1'])
  await userEvent.keyboard(' ')
  expect(rule.filtersOff).toEqual([])
  expect(asked()).toHaveLength(2)
})
