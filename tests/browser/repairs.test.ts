import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import ChangeList from '../../src/ui/repair/ChangeList.svelte'
import RepairList from '../../src/ui/repair/RepairList.svelte'
import type {
  ChangedMatch,
  Comparison,
  RepairAnswer,
  RepairView,
} from '../../src/worker/repair-api'
import { matchOf } from './answers'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const repairOf = (sentence: string, others: number, lost: number): RepairView => ({
  sentence,
  edits: [],
  text: `text with ${sentence}`,
  others,
  lost,
})
const answerWith = (
  list: readonly RepairView[],
  more: Partial<RepairAnswer> = {},
): RepairAnswer => ({
  ...{ ruleId: 'rule', ticket: 1, version: 1, nearMiss: 0, wanted: [], tried: 7, of: 7 },
  list,
  ...more,
})

const plain = (element: HTMLElement): string => element.innerText.replace(/\s+/g, ' ')

describe('the edits that would mend a near miss', () => {
  const show = (answer: RepairAnswer | undefined, searching = false) => {
    const onTry = vi.fn()
    const view = render(RepairList, { answer, searching, onTry })
    removals.push(view.remove)
    const all = () => [...view.root.querySelectorAll<HTMLElement>('[data-repair]')]
    return { ...view, onTry, all }
  }
  const list = [
    repairOf('maxspan=6m', 0, 0),
    repairOf('a : "b*"', 1212, 0),
    repairOf('without a', 1, 3),
    repairOf('without b', 9, 9),
  ]

  test('say what else they let in and keep out', () => {
    const { all, root } = show(answerWith(list))
    expect(all().map(plain)).toEqual([
      'Try maxspan=6m f ✓ +1 wanted +0 others Nothing else changes.',
      'Try a : "b*" ✓ +1 wanted ▲ +1,212 others',
      'Try without a ✓ +1 wanted ▲ +1 other ▼ 3 lost',
    ])
    expect(plain(root)).toContain(
      'Tried 7 edits over all events the rule looks at. 1 more edit would do',
    )
  })

  test('say what speaks against them, and are not clean then', () => {
    const note = '9 of 10 keys come with several values of host.name.'
    const { all } = show(answerWith([{ ...list[0]!, note }]))
    expect(all().map(plain)).toEqual([`Try maxspan=6m f ✓ +1 wanted +0 others ▲ ${note}`])
    expect(getComputedStyle(all()[0]!).borderStyle).toBe('dashed')
  })

  test('one that changes nothing else looks unlike the others', () => {
    const borders = show(answerWith(list))
      .all()
      .map((button) => getComputedStyle(button).borderStyle)
    expect(borders).toEqual(['solid', 'dashed', 'dashed'])
  })

  test('are tried by a press; more of them are shown when asked for', async () => {
    const { all, onTry, root } = show(answerWith(list))
    await userEvent.click(root.querySelector('.text-link')!)
    await userEvent.click(all()[3]!)
    expect(onTry).toHaveBeenCalledWith(list[3])
  })

  test.each([
    [undefined, true, 'Trying edits of the rule…'],
    [undefined, false, ''],
    [answerWith([], { none: 'No edit would do.' }), false, 'No edit would do.'],
  ])('without any, that is said (%#)', (answer, searching, sentence) =>
    expect(plain(show(answer, searching).root)).toBe(sentence),
  )

  test('axe finds nothing wrong', async () =>
    expect(await findFaults(show(answerWith(list)).root)).toEqual([]))
})

describe('what a change does', () => {
  const changed = (place: number, sentence?: string): ChangedMatch => ({
    match: matchOf(place),
    ...(sentence && { why: { sentence, step: 3, span: { from: 2, to: 5 } } }),
  })
  const comparison: Comparison = {
    id: 1,
    version: 1,
    counts: { gained: 2, lost: 1, unchanged: 70 },
    lists: {
      gained: [changed(0, 'Step 3 came late.'), changed(1, 'Step 1 is false.')],
      lost: [changed(2, 'Step 3 is another.')],
      unchanged: [changed(3), changed(4)],
    },
  }
  const show = (size?: { width: number; height: number }) => {
    const heard = {
      onMore: vi.fn(),
      onShowEvent: vi.fn(),
      onWhy: vi.fn(),
      onJump: vi.fn(),
    }
    const view = render(
      ChangeList,
      { comparison, wanted: [0, 1], isSequence: true, maxspanMs: 30_000, ...heard },
      size,
    )
    removals.push(view.remove)
    const all = (selector: string) => [
      ...view.root.querySelectorAll<HTMLElement>(selector),
    ]
    return { ...view, ...heard, all }
  }

  test('is listed by what is gained and lost, each with the clause responsible', () => {
    const { all } = show()
    expect(all('h3').map(plain)).toEqual([
      '+ 2 matches gained',
      '+ Gained 1',
      '+ Gained 2',
      '− 1 match lost',
      '− Lost 1',
      '70 matches unchanged Show them',
    ])
    expect(all('.sentence').map(plain)).toEqual([
      'Before: Step 3 came late.',
      'Before: Step 1 is false.',
      'Now: Step 3 is another. Show in rule Why',
    ])
    expect(
      all('[data-change="gained"]').map((card) => plain(card).includes('wanted')),
    ).toEqual([true, false])
  })

  test('is walked through by keys, and an event or its reason shown', async () => {
    const { all, onShowEvent, onWhy, onJump } = show()
    all('article[tabindex="0"]')[0]!.focus()
    const focused = () =>
      `${document.activeElement?.getAttribute('data-change')} ${document.activeElement?.getAttribute('data-place')}`
    expect(focused()).toBe('gained 0')
    await userEvent.keyboard('j')
    await vi.waitFor(() => expect(focused()).toBe('gained 0'))
    await userEvent.keyboard('{ArrowDown}')
    await vi.waitFor(() => expect(focused()).toBe('gained 1'))
    await userEvent.keyboard('{Enter}')
    expect(onShowEvent).toHaveBeenLastCalledWith(10)
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(focused()).toBe('lost 0'))
    await userEvent.keyboard('w')
    expect(onWhy).toHaveBeenLastCalledWith(20, 1)
    await userEvent.tab()
    expect(document.activeElement?.textContent.trim()).toBe('Show in rule')
    await userEvent.keyboard('{Enter}')
    expect(onJump).toHaveBeenCalledWith({ from: 2, to: 5 })
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    expect(onWhy).toHaveBeenLastCalledWith(21, 3)
  })

  test('matches of both are shown when asked for, in pages', async () => {
    const { all, onMore } = show()
    expect(all('[data-change="unchanged"]')).toHaveLength(0)
    await userEvent.click(all('[aria-expanded]')[0]!)
    expect(all('[data-change="unchanged"]')).toHaveLength(2)
    await userEvent.click(all('.button').find((each) => plain(each).includes('68 left'))!)
    expect(onMore).toHaveBeenCalledWith('unchanged')
  })

  test.each([
    ['wide', { width: 700, height: 700 }],
    ['phone', { width: 366, height: 700 }],
  ])('axe finds nothing wrong (%s)', async (_, size) =>
    expect(await findFaults(show(size).root)).toEqual([]),
  )
})
