import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Truth } from '../../src/engine/evidence'
import EventCard from '../../src/ui/events/EventCard.svelte'
import type { EventDetail } from '../../src/worker/api'
import type {
  EventRoleView,
  StepExplanation,
  TruthNodeView,
} from '../../src/worker/why-api'
import type { WhyPlace } from '../../src/ui/why/why-place'
import { fakeEngine } from './fake-engine'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const nodeOf = (
  text: string,
  kind: TruthNodeView['kind'],
  truth: Truth,
  more: Partial<TruthNodeView> = {},
): TruthNodeView => ({
  ...{ kind, truth, text, from: 0, to: 0, decides: true },
  ...{ values: [], notes: [], children: [] },
  ...more,
})
const holding = (field: string, text: string, isAbsent = false) => ({
  values: [{ field, text, isAbsent }],
})
const OR = nodeOf('(user.name : "x*" or user.id == null)', 'or', true, {
  ...{ from: 50, to: 90, decides: false },
  children: [
    nodeOf('user.name : "x*"', 'leaf', null, {
      ...{ from: 51, to: 67, decides: false },
      ...holding('user.name', 'absent', true),
      notes: [{ kind: 'null', text: 'This event has no user.name.' }],
    }),
    nodeOf('user.id == null', 'leaf', true, {
      ...{ from: 71, to: 86, decides: false },
      ...holding('user.id', 'null'),
    }),
  ],
})
const TREE = nodeOf('process where …', 'and', false, {
  ...{ from: 0, to: 90 },
  children: [
    nodeOf('process', 'category', true, {
      ...{ from: 0, to: 7, decides: false },
      ...holding('event.category', '“process”'),
    }),
    nodeOf('process.name == "A.exe"', 'leaf', false, {
      ...{ from: 14, to: 37 },
      ...holding('process.name', '“a.exe”'),
      notes: [{ kind: 'trap', text: '`==` minds upper and lower case.' }],
    }),
    nodeOf('process.args : "/q"', 'leaf', false, {
      ...{ from: 39, to: 49 },
      values: [
        {
          ...{ field: 'process.args', text: '“/c”', isAbsent: false },
          element: { index: 2, of: 3 },
        },
      ],
    }),
    OR,
  ],
})
const STEPS: readonly StepExplanation[] = [
  { step: 1, truth: true, tree: nodeOf('any', 'leaf', true) },
  { step: 2, truth: false, tree: TREE },
]
const ROLE: EventRoleView = {
  roles: [{ step: 1, sentence: 'It satisfies step 1 and opened a sequence.' }],
  nearMisses: [{ step: 2, index: 4, sentence: 'Step 2 would match, but not quite.' }],
}
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

const show = (more: Partial<EventDetail> = {}, place: Partial<WhyPlace> = {}) => {
  const onClose = vi.fn()
  const { api } = fakeEngine({
    total: 1,
    detail: { ...DETAIL, ...more },
    steps: STEPS,
    role: ROLE,
  })
  const why: WhyPlace = {
    rules: [
      { id: 'rule', name: 'A rule', ticket: 1 },
      { id: 'other', name: 'Another rule', ticket: 1 },
    ],
    ruleId: 'rule',
    step: 2,
    asked: 0,
    textSpan: undefined,
    onPlace: vi.fn(),
    onLight: vi.fn(),
    onChoose: vi.fn(),
    onNearMiss: vi.fn(),
    ...place,
  }
  const card = render(
    EventCard,
    { api, row: 7, version: 1, ruleId: 'rule', ticket: 1, why, onClose },
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
  const press = async (name: string) => {
    const all = [...card.root.querySelectorAll<HTMLElement>('button')]
    await userEvent.click(all.find(({ innerText }) => innerText === name)!)
  }
  return { ...card, press, why, onClose, text, names, ready, tab }
}

test('fields the rule reads come first, each with its verdict, absent ones too', async () => {
  const card = show()
  await card.ready()
  expect(card.names()).toEqual([
    ...['event.category', 'process.name', 'process.args', 'user.name', 'user.id'],
    ...['aaa.first', 'big', 'note', 'empty'],
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

const XML =
  "<Event><System><Computer>ws1</Computer></System><EventData><Data Name='Image'>C:\\a.exe</Data></EventData></Event>"
const origin = (name: string, part: string | undefined) => ({
  name,
  kind: part === undefined ? ('ours' as const) : ('parts' as const),
  parts: part === undefined ? [] : [part],
  isExtended: false,
})

test('of what was no ECS, each field says what it was made of, and lights it', async () => {
  const card = show({
    text: XML,
    fields: [
      field('host.id', ['ws1']),
      field('host.name', ['ws1']),
      field('process.name', ['a.exe']),
    ],
    origin: {
      variant: 'Sysmon (EVTX)',
      fields: [
        origin('host.id', undefined),
        origin('host.name', 'System.Computer'),
        origin('process.name', 'EventData.Image'),
      ],
    },
  })
  await card.ready()
  await card.tab('ECS and original')
  const lit = () => [...card.root.querySelectorAll('mark')].map((mark) => mark.innerText)
  const options = [...card.root.querySelectorAll<HTMLElement>('[role="option"]')]
  expect(options.map(({ innerText }) => innerText.replace(/\s+/g, ' '))).toEqual([
    'host.id ws1 ours, not in the file',
    'host.name ws1 System.Computer',
    'process.name a.exe EventData.Image',
  ])
  expect(card.text()).toContain('Sysmon (EVTX), read as ECS.')
  await userEvent.click(options[1]!)
  await vi.waitFor(() => expect(lit()).toEqual(['<Computer>ws1</Computer>']))
  card.root.querySelector<HTMLElement>('[role="listbox"]')!.focus()
  await userEvent.keyboard('{ArrowDown}')
  await vi.waitFor(() => expect(lit()).toEqual(["<Data Name='Image'>C:\\a.exe</Data>"]))
  expect(options[2]!.ariaSelected).toBe('true')
  await userEvent.keyboard('{Home}')
  await vi.waitFor(() => expect(lit()).toEqual([]))
  expect(await findFaults(card.root)).toEqual([])
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

test('the answer tells the verdict, the near miss, the role and the shortest reason', async () => {
  const card = show()
  await card.ready()
  await card.tab('Why')
  await vi.waitFor(() => expect(card.text()).toContain('opened a sequence'))
  const text = card.text()
  expect(text).toContain('The event does not satisfy step 2.')
  expect(text).toContain('≈ Step 2 would match, but not quite.')
  expect(text).toContain('process.name == "A.exe" process.name = “a.exe”')
  expect(text).toContain('⚠ `==` minds upper and lower case.')
  expect(text).toContain('process.args[2] = “/c”')
  expect(text).not.toContain('user.name')
  await card.press('Show all 5 clauses')
  expect(card.text()).toContain('∅ null user.name : "x*" user.name = absent ∅ This event')
  await card.press('Show the reason alone')
  expect(card.text()).not.toContain('user.name')
  await card.press('Show the near miss')
  expect(card.why.onNearMiss).toHaveBeenCalledWith('rule', 4)
})

test('the tree is walked by keys, and tells where each node stands in the text', async () => {
  const card = show()
  await card.ready()
  await card.tab('Why')
  await card.press('Show all 5 clauses')
  const here = () => (document.activeElement as HTMLElement).dataset['truthNode']
  const lit = () => vi.mocked(card.why.onLight).mock.lastCall?.[1]
  card.set({ why: { ...card.why, asked: 1 } })
  await vi.waitFor(() => expect(here()).toBe('0'))
  const steps: readonly (readonly [key: string, node: string, from: number])[] = [
    ['{ArrowDown}', '0.0', 0],
    ['{End}', '0.3.1', 71],
    ['{ArrowLeft}', '0.3', 50],
    ['{ArrowLeft}', '0.3', 50],
    ['{End}', '0.3', 50],
    ['*', '0.3', 50],
    ['{End}', '0.3.1', 71],
    ['{Home}', '0', 0],
    ['p', '0.0', 0],
  ]
  for (const [key, node, from] of steps) {
    await userEvent.keyboard(key)
    await vi.waitFor(() => expect([key, here()]).toEqual([key, node]))
    expect(lit()).toMatchObject({ from })
  }
  await userEvent.keyboard('{Enter}')
  expect(vi.mocked(card.why.onChoose).mock.lastCall?.[1]).toMatchObject({
    from: 0,
    to: 7,
  })
})

test('what is selected in the text is marked in the tree', async () => {
  const card = show({}, { textSpan: { from: 14, to: 20 } })
  await card.ready()
  await card.tab('Why')
  await vi.waitFor(() =>
    expect(card.root.querySelector<HTMLElement>('.here')?.innerText).toContain('A.exe'),
  )
})

test('another step and another rule are chosen', async () => {
  const card = show()
  await card.ready()
  await card.tab('Why')
  const first = await vi.waitFor(() =>
    card.root.querySelector<HTMLElement>('.step-choice')!,
  )
  await userEvent.click(first)
  expect(card.why.onPlace).toHaveBeenCalledWith('rule', 1)
  await userEvent.click(card.root.querySelector('.chooser')!)
  await userEvent.keyboard('anoth')
  const options = () => [...document.querySelectorAll<HTMLElement>('[role="option"]')]
  await vi.waitFor(() =>
    expect(options().map(({ innerText }) => innerText)).toEqual(['Another rule']),
  )
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(card.why.onPlace).toHaveBeenCalledWith('other', undefined)
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
