import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Evidence, Truth } from '../../src/engine/evidence'
import EventCard from '../../src/ui/events/EventCard.svelte'
import type { EventDetail } from '../../src/worker/api'
import { fakeEngine } from './fake-engine'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const QUERY =
  'process where process.name == "a.exe" and (user.name : "x*" or user.id == null)'

const nodeOf = (
  text: string,
  kind: Evidence['kind'],
  truth: Truth,
  more: Partial<Evidence> = {},
): Evidence => {
  const from = QUERY.indexOf(text)
  return { kind, truth, from, to: from + text.length, children: [], ...more }
}
const EVIDENCE = nodeOf(QUERY, 'and', false, {
  children: [
    nodeOf('process', 'category', true, {
      values: [{ field: 'event.category', value: 'process' }],
    }),
    nodeOf('process.name == "a.exe"', 'leaf', false, {
      values: [{ field: 'process.name', value: 'b.exe' }],
    }),
    nodeOf('(user.name : "x*" or user.id == null)', 'or', true, {
      children: [
        nodeOf('user.name : "x*"', 'leaf', null, {
          values: [{ field: 'user.name', value: undefined }],
        }),
        nodeOf('user.id == null', 'leaf', true, {
          values: [{ field: 'user.id', value: null }],
        }),
      ],
    }),
  ],
})
const field = (name: string, ...values: EventDetail['fields'][number]['values'][]) => ({
  name,
  type: 'keyword' as const,
  values: values.flat(),
  isArray: values.flat().length > 1,
})
const DETAIL: Partial<EventDetail> = {
  text: '{"big":9007199254740993,"note":"<b>\u202E</b>"}',
  fields: [
    field('aaa.first', ['1']),
    field('big', [9007199254740993n]),
    field('event.category', ['process']),
    field('process.args', ['one', 'two']),
    field('process.name', ['b.exe']),
    field('note', ['<b>\u202E</b>']),
    field('empty', []),
  ],
}

const show = (more: Partial<EventDetail> = {}) => {
  const onClose = vi.fn()
  const { api } = fakeEngine({
    total: 1,
    detail: { ...DETAIL, ...more },
    verdicts: [{ step: 2, evidence: EVIDENCE }],
  })
  const card = render(
    EventCard,
    { api, row: 7, version: 1, ruleId: 'rule', queryText: QUERY, ticket: 1, onClose },
    { width: 480, height: 700 },
  )
  removals.push(card.remove)
  const text = () => card.root.innerText.replace(/\s+/g, ' ')
  const names = () =>
    [...card.root.querySelectorAll('dt .name')].map((name) => name.textContent)
  const ready = () => vi.waitFor(() => expect(text()).toMatch(/Event e7.*false/))
  const tab = async (name: string) => {
    const tabs = [...card.root.querySelectorAll<HTMLElement>('[role="tab"]')]
    await userEvent.click(tabs.find((each) => each.innerText === name)!)
  }
  return { ...card, onClose, text, names, ready, tab }
}

test('fields the rule reads come first, each with its verdict, absent ones too', async () => {
  const card = show()
  await card.ready()
  expect(card.names()).toEqual([
    ...['event.category', 'process.name', 'user.name', 'user.id'],
    ...['aaa.first', 'big', 'process.args', 'note', 'empty'],
  ])
  const text = card.text()
  expect(text).toMatch(/process\.name keyword b\.exe Step 2 ✕ false/)
  expect(text).toMatch(/user\.name absent Step 2 ✓ true/)
  expect(text).toContain('9007199254740993')
  expect(text).toContain('<b>⟨U+202E⟩</b>')
  expect(text).toContain('empty array')
})

test('of a field with very many values the first are drawn, the others counted', async () => {
  const values = Array.from({ length: 20_000 }, (_, i) => `value ${i}`)
  const card = show({ fields: [field('many', values)] })
  await card.ready()
  expect(card.text()).toContain('value 99 19,900 more values')
})

test('the filter looks at names and values', async () => {
  const card = show()
  await card.ready()
  const input = card.root.querySelector('input')!
  await userEvent.fill(input, 'TWO')
  expect(card.names()).toEqual(['process.args'])
  await userEvent.fill(input, 'user.')
  expect(card.names()).toEqual(['user.name', 'user.id'])
  await userEvent.fill(input, 'nowhere')
  expect(card.text()).toContain('No field or value contains that text.')
})

test('the tree says truth, clause and value, and folds what does not decide', async () => {
  const card = show()
  await card.ready()
  await card.tab('Why')
  const text = card.text()
  expect(text).toContain('✕ false and')
  expect(text).toContain('✓ true category process')
  expect(text).toContain('✕ false process.name == "a.exe" process.name b.exe')
  const [whole, or] = card.root.querySelectorAll('details')
  expect([whole!.open, or!.open]).toEqual([true, false])
  await userEvent.click(or!.querySelector('summary')!)
  expect(card.text()).toContain('∅ null user.name : "x*" user.name absent')
})

test('the original text keeps every digit; both layouts are the record’s own', async () => {
  const card = show()
  await card.ready()
  await card.tab('Original')
  const pre = () => card.root.querySelector('pre')!.textContent
  expect(pre()).toBe('{\n  "big": 9007199254740993,\n  "note": "<b>⟨U+202E⟩</b>"\n}')
  const exact = [...card.root.querySelectorAll('button')].find(
    (button) => button.innerText === 'Exact',
  )
  await userEvent.click(exact!)
  expect(pre()).toBe('{"big":9007199254740993,"note":"<b>⟨U+202E⟩</b>"}')
})

test('a record of megabytes is cut where it is shown, and copied whole', async () => {
  const text = `{"a":"${'x'.repeat(3_000_000)}"}`
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const card = show({ text })
  await card.ready()
  await card.tab('Original')
  expect(card.root.querySelector('pre')!.textContent.length).toBeLessThan(110_000)
  expect(card.text()).toContain('of 3,000,008 characters')
  await userEvent.click(card.root.querySelector('[aria-label="Copy original text"]')!)
  expect(copied).toHaveBeenCalledWith(text)
  copied.mockRestore()
})

test('another row replaces the event, and the close button closes', async () => {
  const card = show()
  await card.ready()
  card.set({ row: 9 })
  await vi.waitFor(() => expect(card.text()).toContain('Event e9'))
  await userEvent.click(card.root.querySelector('[aria-label="Close event"]')!)
  expect(card.onClose).toHaveBeenCalled()
})

test('an event the engine does not have is a sentence', async () => {
  const card = show()
  await card.ready()
  const { api } = fakeEngine({ total: 0 })
  card.set({
    api: { ...api, event: async () => ({ ok: false, problem: 'That event is gone.' }) },
    row: 3,
  })
  await vi.waitFor(() => expect(card.text()).toContain('That event is gone.'))
})

test.each(['Fields', 'Why', 'Original'])('axe finds nothing wrong (%s)', async (name) => {
  const card = show()
  await card.ready()
  await card.tab(name)
  expect(await findFaults(card.root)).toEqual([])
})
