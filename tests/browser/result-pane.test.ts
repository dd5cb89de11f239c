import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Selection } from '../../src/ui/result/selection'
import ResultPane from '../../src/ui/result/ResultPane.svelte'
import type { RunFailure } from '../../src/engine/result'
import type { ShownOutcome } from '../../src/ui/state/shown-answer'
import { answerOf, eventOf, FUNNEL, groupOf, matchOf, outcomeOf, START } from './answers'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

/** The pane with a selection that follows what it reports, as on the page. */
const show = (
  outcome: ShownOutcome | undefined,
  more: {
    stale?: boolean
    running?: boolean
    part?: { badge: string; hint: string }
    onStop?: () => void
    onRun?: () => void
    stopped?: boolean
    failure?: RunFailure
    text?: string
    searching?: boolean
    leftOut?: readonly { sentence: string; onRead: () => void }[]
    onJump?: (span: { from: number; to: number }) => void
  } = {},
  size?: { width: number; height: number },
) => {
  const onMore = vi.fn()
  const onShowEvent = vi.fn()
  const onShowInRule = vi.fn()
  const onWhy = vi.fn()
  const onGroup = vi.fn()
  const onMoreMembers = vi.fn()
  const onRepair = vi.fn()
  const onSelect = vi.fn((selected: Selection) => pane.set({ selected }))
  const pane = render(
    ResultPane,
    {
      outcome,
      stale: false,
      running: false,
      part: undefined as { badge: string; hint: string } | undefined,
      selected: undefined as Selection | undefined,
      onSelect,
      onMore,
      onShowEvent,
      onShowInRule,
      onWhy,
      onGroup,
      onMoreMembers,
      onRepair,
      ...more,
    },
    size,
  )
  removals.push(pane.remove)
  const all = (selector: string) => [...pane.root.querySelectorAll<HTMLElement>(selector)]
  const text = () => pane.root.innerText.replace(/\s+/g, ' ')
  const heard = { onMore, onShowEvent, onShowInRule, onWhy, onSelect }
  return { ...pane, ...heard, onGroup, onMoreMembers, onRepair, all, text }
}

/** Cards are hidden until they have been measured. */
const seen = (pane: ReturnType<typeof show>) =>
  pane.all('article').filter((card) => card.checkVisibility({ visibilityProperty: true }))
const ready = (pane: ReturnType<typeof show>, count: number) =>
  vi.waitFor(() => expect(seen(pane)).toHaveLength(count))

describe('the hooks of the page', () => {
  test('a match holds its steps in order, each with its event or as missing', async () => {
    const pane = show(outcomeOf(answerOf(2, 1)))
    await ready(pane, 3)
    const steps = pane
      .all('[data-match]')[1]!
      .querySelectorAll<HTMLElement>('[data-step]')
    expect(
      [...steps].map((step) => [
        step.dataset['step'],
        step.dataset['eventId'],
        'missing' in step.dataset,
      ]),
    ).toEqual([
      ['1', 'e10', false],
      ['2', undefined, true],
      ['3', 'e11', false],
    ])
  })

  test('a near miss names its cause and its step, and shows the step not found', async () => {
    const pane = show(outcomeOf(answerOf(0, 1)))
    await ready(pane, 1)
    const [card] = pane.all('[data-near-miss]')
    expect(card!.dataset).toMatchObject({ cause: 'maxspan', step: '3' })
    expect(card!.innerText).toContain('Step 3 came 1 s after the 30 s limit.')
    expect(card!.innerText).toContain('+1 s')
    expect(card!.innerText).toContain('nothing found for this step')
  })
})

test('a card says keys, times, gaps and the share of maxspan', async () => {
  const pane = show(outcomeOf(answerOf(1, 0)))
  await ready(pane, 1)
  const text = pane.text()
  for (const part of [
    '2026-11-20',
    'host.id host-0',
    '10:00:02.123',
    '+6 s',
    '6 s of 30 s, 20 %',
  ])
    expect(text).toContain(part)
})

test('the head counts, and says when the result is old or of a part', async () => {
  const pane = show(outcomeOf(answerOf(2, 5)), {
    stale: true,
    part: { badge: 'partial', hint: 'Reading was stopped.' },
  })
  await ready(pane, 7)
  expect(pane.text()).toMatch(
    /2 matches ≈ 5 near misses 38 ms from previous text partial/,
  )
})

test('a run that lasts can be stopped; a short one shows no button', async () => {
  const onStop = vi.fn()
  const pane = show(outcomeOf(answerOf(1, 0)), { running: true, onStop })
  const stop = pane.root.querySelector<HTMLElement>('.lasting')!
  expect(stop.checkVisibility({ visibilityProperty: true })).toBe(false)
  await userEvent.click(stop.querySelector('button')!)
  expect(onStop).toHaveBeenCalled()
})

test('near misses that are still looked for are not told as none', () => {
  const answer = answerOf(2, 0, { nearMissCount: undefined })
  const pane = show(outcomeOf(answer), { searching: true })
  expect(pane.text()).toContain('2 matches ≈ looking for near misses')
  expect(pane.text()).not.toContain('0 near misses')
  pane.set({ searching: false })
  expect(pane.text()).toContain('≈ near misses not looked for')
  pane.set({ outcome: outcomeOf(answerOf(2, 1)) })
  expect(pane.text()).toContain('2 matches ≈ 1 near miss 38 ms')
})

test('a verdict over a part of the events says over how many, until the last one', () => {
  const partial = { events: 312_000 }
  const answer = answerOf(2, 0, { nearMissCount: undefined, partial })
  const pane = show(outcomeOf(answer), { running: true, onStop: () => undefined })
  expect(pane.text()).toContain('over 312,000 of the events so far')
  expect(pane.text()).not.toContain('Stop')
  pane.set({ outcome: outcomeOf(answerOf(3, 0)), running: false })
  expect(pane.text()).toContain('3 matches')
  expect(pane.text()).not.toContain('so far')
})

test('a heavy rule says what made it so, and leads there', async () => {
  const onJump = vi.fn()
  const sentence = 'Most of the time, 1.0 s, went into `a like "*b*"`.'
  const heavy = { ms: 1200, part: 'condition', from: 14, to: 26, sentence } as const
  const outcome = outcomeOf(answerOf(1, 0, { heavy, tookMs: 1200 }))
  const pane = show(outcome, { onJump, text: 'process where a like "*b*"' })
  expect(pane.text()).toContain('1.2 s')
  expect(pane.text()).toContain(sentence)
  await userEvent.click(pane.all('.text-link')[0]!)
  expect(onJump).toHaveBeenCalledWith({ from: 14, to: 26 })
  pane.set({ text: '' })
  expect(pane.all('.text-link')).toHaveLength(0)
  expect(await findFaults(pane.root)).toEqual([])
})

test('fields that were left out are told, with a way to have them', async () => {
  const onRead = vi.fn()
  const leftOut = [{ sentence: 'The rule names a.b, which was not kept.', onRead }]
  const pane = show(outcomeOf(answerOf(0, 0)), { leftOut })
  expect(pane.text()).toContain('The rule names a.b, which was not kept.')
  await userEvent.click(pane.root.querySelector('button')!)
  expect(onRead).toHaveBeenCalled()
})

test('a stopped run says so and can be run again', async () => {
  const onRun = vi.fn()
  const pane = show(undefined, { stopped: true, onRun })
  expect(pane.text()).toContain('The run was stopped before it was done.')
  await userEvent.click(pane.root.querySelector('button')!)
  expect(onRun).toHaveBeenCalled()
})

describe('states', () => {
  test('no match is told by the stage that ends it, and the nearest miss is there', async () => {
    const dead = FUNNEL.map((stage) =>
      ['in-time', 'matched'].includes(stage.stage) ? { ...stage, count: 0 } : stage,
    )
    const pane = show(outcomeOf(answerOf(0, 2, { funnel: dead })))
    await ready(pane, 2)
    expect(pane.text()).toContain('7 joined, but none within 30 s.')
  })

  test('no match tells what the events say of the query', () => {
    const diagnostics = [
      {
        severity: 'warning',
        code: 'category-not-in-data',
        message: 'None of the 12 events has this category.',
        remedy: 'They have: process.',
        from: 0,
        to: 4,
      },
    ] as const
    const none = outcomeOf(answerOf(0, 0), { diagnostics })
    const pane = show(none, { text: 'file where true' })
    expect(pane.text()).toContain(
      'file: None of the 12 events has this category. They have: process.',
    )
    const some = show(outcomeOf(answerOf(1, 0), { diagnostics }))
    expect(some.text()).not.toContain('None of the 12')
  })

  test('a failed run shows the server’s words beside ours', () => {
    const failure = {
      type: 'arithmetic_exception',
      status: 500,
      reason: '/ by zero',
    } as const
    const pane = show(outcomeOf(undefined, { failure }))
    expect(pane.root.querySelector('pre')?.textContent).toBe(
      'arithmetic_exception: / by zero',
    )
  })

  test('a failed run stands above the result of the previous text', () => {
    const reason = 'Unable to convert [x] to number of base [10]'
    const failure = {
      type: 'ql_illegal_argument_exception',
      status: 400,
      reason,
    } as const
    const pane = show(outcomeOf(answerOf(1, 0)), { stale: true, failure })
    expect(pane.text()).toContain(reason)
    expect(pane.text()).toContain('from previous text')
  })

  test('a rule with a mistake shows it', () => {
    const elastic = {
      type: 'parsing_exception',
      status: 400,
      line: 1,
      column: 5,
      message: 'no viable alternative',
    } as const
    const problem = {
      severity: 'error',
      code: 'syntax',
      message: 'A bracket is open.',
      from: 0,
      to: 1,
      elastic,
    } as const
    const pane = show(outcomeOf(undefined, { diagnostics: [problem] }))
    expect(pane.text()).toContain('A bracket is open.')
    expect(pane.text()).toContain('parsing_exception: line 1:5: no viable alternative')
  })

  test.each([
    [true, 'Running over the loaded events…'],
    [false, 'No result yet.'],
  ])('before any result (running: %s)', (running, sentence) => {
    expect(show(undefined, { running }).text()).toContain(sentence)
  })
})

describe('keys', () => {
  test('j, k and arrows go from card to card across both kinds; m and n jump', async () => {
    const pane = show(outcomeOf(answerOf(2, 2)))
    await ready(pane, 4)
    pane.root.querySelector<HTMLElement>('article[tabindex="0"]')!.focus()
    const selected = () => pane.onSelect.mock.lastCall?.[0]
    const press = async (key: string, kind: Selection['kind'], index: number) => {
      await userEvent.keyboard(key)
      await vi.waitFor(() => {
        expect(selected()).toMatchObject({ kind, index })
        expect(document.activeElement?.getAttribute('aria-current')).toBe('true')
      })
    }
    await press('j', 'match', 0)
    await press('{ArrowDown}', 'match', 1)
    await press('j', 'near-miss', 0)
    await press('{End}', 'near-miss', 1)
    await press('k', 'near-miss', 0)
    await press('m', 'match', 0)
    await press('n', 'near-miss', 0)
    await press('{ArrowUp}', 'match', 1)
    await userEvent.keyboard('{Enter}')
    expect(pane.onShowEvent).toHaveBeenCalledWith(10)
  })

  test('what a card speaks of is shown in the rule, by button or r', async () => {
    const pane = show(outcomeOf(answerOf(1, 2)))
    await ready(pane, 3)
    pane.all('[data-near-miss] .in-rule')[1]!.click()
    expect(pane.onShowInRule).toHaveBeenLastCalledWith({ kind: 'near-miss', index: 1 })
    pane.root.querySelector<HTMLElement>('article[tabindex="0"]')!.focus()
    await userEvent.keyboard('r')
    expect(pane.onShowInRule.mock.lastCall?.[0]).toMatchObject({
      kind: 'match',
      index: 0,
    })
    await userEvent.keyboard('n')
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute('data-near-miss')).toBe('0'),
    )
    await userEvent.tab()
    expect(document.activeElement?.textContent.trim()).toBe('Show in rule')
    await userEvent.keyboard('{Enter}')
    expect(pane.onShowInRule).toHaveBeenLastCalledWith({ kind: 'near-miss', index: 0 })
  })

  test('the list is one tab stop until a card is chosen', async () => {
    const pane = show(outcomeOf(answerOf(3, 3)))
    await ready(pane, 6)
    expect(pane.all('article[tabindex="0"]')).toHaveLength(1)
    expect(pane.all('article button[tabindex="0"]')).toHaveLength(0)
  })
})

describe('long lists', () => {
  test('few of very many cards are in the page, and each knows its place', async () => {
    const pane = show(outcomeOf(answerOf(900, 0, { matchCount: 1311 })))
    await vi.waitFor(() => expect(seen(pane).length).toBeGreaterThan(2))
    expect(pane.all('article').length).toBeLessThan(60)
    const [first] = pane.all('article')
    expect([first!.ariaPosInSet, first!.ariaSetSize]).toEqual(['1', '1311'])
  })

  test('the last card can be reached by one key and keeps the focus', async () => {
    const pane = show(outcomeOf(answerOf(900, 0)))
    await vi.waitFor(() => expect(seen(pane).length).toBeGreaterThan(2))
    pane.root.querySelector<HTMLElement>('article')!.focus()
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => {
      const card = document.activeElement
      expect(card?.getAttribute('data-match')).toBe('899')
      const box = card!.getBoundingClientRect()
      expect(box.bottom).toBeLessThanOrEqual(pane.root.getBoundingClientRect().bottom + 1)
    })
  })

  test('what is not fetched yet is offered', async () => {
    const pane = show(outcomeOf(answerOf(2, 0, { matchCount: 52 })))
    await ready(pane, 2)
    const button = pane.all('button').find((each) => each.innerText.includes('50 left'))
    await userEvent.click(button!)
    expect(pane.onMore).toHaveBeenCalledWith('match')
  })
})

describe('near misses of one reason', () => {
  const groups = [groupOf([0]), groupOf([1, 3], 38), groupOf([2])]
  const answer = (isOpen: boolean) =>
    answerOf(0, 0, {
      nearMissCount: 40,
      groupCount: 3,
      groups: groups.map((group, at) => (at === 1 ? { ...group, isOpen } : group)),
    })

  test('stand under one sentence, the nearest of them first', async () => {
    const pane = show(outcomeOf(answer(false)))
    await ready(pane, 3)
    expect(pane.text()).toContain('40 near misses for 3 reasons')
    const head = pane.root.querySelector<HTMLElement>('[data-group]')!
    expect(head.innerText.replace(/\s+/g, ' ')).toBe(
      '≈ 38 hosts miss for the same reason: step 3 came late. Show all 38',
    )
    expect(head.ariaExpanded).toBe('false')
    await userEvent.click(head)
    expect(pane.onGroup).toHaveBeenLastCalledWith(1, true)
  })

  test('all of them are shown by keys, and further pages fetched', async () => {
    const pane = show(outcomeOf(answer(false)))
    await ready(pane, 3)
    pane.root.querySelector<HTMLElement>('article[tabindex="0"]')!.focus()
    await userEvent.keyboard('{Home}{ArrowRight}')
    expect(pane.onGroup).not.toHaveBeenCalled()
    await userEvent.keyboard('j')
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute('data-near-miss')).toBe('1'),
    )
    await userEvent.keyboard('{ArrowRight}')
    expect(pane.onGroup).toHaveBeenLastCalledWith(1, true)
    pane.set({ outcome: outcomeOf(answer(true)) })
    await ready(pane, 4)
    await userEvent.keyboard('j')
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute('data-near-miss')).toBe('3'),
    )
    const more = pane.all('button').find((each) => each.innerText.includes('36 left'))
    await userEvent.click(more!)
    expect(pane.onMoreMembers).toHaveBeenCalledWith(1)
    document
      .querySelector<HTMLElement>('article[data-near-miss="3"]')!
      .focus({ preventScroll: true })
    await userEvent.keyboard('{ArrowLeft}')
    expect(pane.onGroup).toHaveBeenLastCalledWith(1, false)
    await vi.waitFor(() =>
      expect(pane.onSelect.mock.lastCall?.[0]).toMatchObject({ index: 1 }),
    )
  })

  test('a search that ended at its limit tells how far it came', () => {
    const examined = { examined: 10_000, of: 143_001 }
    const pane = show(outcomeOf({ ...answer(false), examined }))
    expect(pane.text()).toContain(
      'The search for near misses examined 10,000 of 143,001 candidates, so there may ' +
        'be more of them.',
    )
  })

  test('f tries the best edit', async () => {
    const pane = show(outcomeOf(answer(false)))
    await ready(pane, 3)
    pane.root.querySelector<HTMLElement>('article[tabindex="0"]')!.focus()
    await userEvent.keyboard('f')
    expect(pane.onRepair).toHaveBeenCalledOnce()
  })

  test('axe finds nothing wrong', async () => {
    const pane = show(outcomeOf(answer(true)))
    await ready(pane, 4)
    expect(await findFaults(pane.root)).toEqual([])
  })
})

test('tabs narrow the list to one kind', async () => {
  const pane = show(outcomeOf(answerOf(2, 3)))
  await ready(pane, 5)
  const tab = pane.all('[role="tab"]').find((each) => each.innerText.startsWith('Near'))
  await userEvent.click(tab!)
  await ready(pane, 3)
  expect(pane.all('[data-match]')).toHaveLength(0)
})

test('hostile text is text, and invisible characters are seen', async () => {
  const evil = '<img src=x onerror="globalThis.broken = true">\u202Egpj.exe\u0000\uD800'
  const match = {
    ...matchOf(0),
    joinKeys: [{ name: evil, value: evil }],
    steps: [{ ...eventOf(1, 1, START, { [evil]: evil }), category: evil, eventId: evil }],
  }
  const pane = show(outcomeOf(answerOf(1, 0, { matches: [match] })))
  await ready(pane, 1)
  expect(pane.all('img')).toHaveLength(0)
  expect('broken' in globalThis).toBe(false)
  expect(pane.text()).toContain('⟨U+202E⟩gpj.exe␀⟨U+D800⟩')
})

test.each([
  ['wide', { width: 900, height: 700 }],
  ['phone', { width: 366, height: 700 }],
])('axe finds nothing wrong (%s)', async (_, size) => {
  const pane = show(
    outcomeOf(answerOf(2, 2, { notes: ['A note.'] })),
    { stale: true },
    size,
  )
  await ready(pane, 4)
  pane.set({ selected: { kind: 'match', index: 0, step: 1 } })
  expect(await findFaults(pane.root)).toEqual([])
})

test('no card is wider than a phone', async () => {
  const long = { 'process.args': 'x'.repeat(3000), 'file.path': 'C:\\'.repeat(400) }
  const match = {
    ...matchOf(0),
    joinKeys: [{ name: 'process.entity_id', value: 'M'.repeat(56) }],
    steps: [
      { ...eventOf(1, 1, START, long), category: 'configuration, registry '.repeat(4) },
    ],
  }
  const outcome = outcomeOf(answerOf(1, 1, { matches: [match] }))
  const pane = show(outcome, {}, { width: 366, height: 700 })
  await ready(pane, 2)
  pane.set({ selected: { kind: 'match', index: 0 } })
  const list = pane.root.querySelector('.list')!
  expect(list.scrollWidth).toBeLessThanOrEqual(list.clientWidth)
  const edge = pane.all('article')[0]!.getBoundingClientRect().right
  for (const part of pane.all(
    'article:first-child :is([data-step] > *, .join-key, .join-key *)',
  ))
    expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(edge)
})

test('what is chosen by hand is not left for what was being brought into sight', async () => {
  const pane = show(outcomeOf(answerOf(40, 0)))
  await expect.poll(() => pane.all('article').length).toBe(40)
  const list = pane.root.querySelector('.list')!
  pane.set({ selected: { kind: 'match', index: 39 } })
  pane.all('article')[0]!.click()
  await new Promise((resume) => setTimeout(resume, 300))
  expect(pane.onSelect.mock.lastCall?.[0]).toMatchObject({ kind: 'match', index: 0 })
  expect(list.scrollTop).toBe(0)
  pane.set({ selected: { kind: 'match', index: 39 } })
  await expect.poll(() => list.scrollTop).toBeGreaterThan(0)
})
