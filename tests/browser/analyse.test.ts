import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { KeyCheck, KeyTrial } from '../../src/explain/key-doctor'
import type { MaxspanTuning } from '../../src/explain/maxspan-tuner'
import type { ExclusionView } from '../../src/worker/analysis-api'
import ExclusionAudit from '../../src/ui/analyse/ExclusionAudit.svelte'
import KeyDoctor from '../../src/ui/analyse/KeyDoctor.svelte'
import MaxspanTuner from '../../src/ui/analyse/MaxspanTuner.svelte'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))
const shown = <P extends Record<string, unknown>>(
  ...args: Parameters<typeof render<P>>
): ReturnType<typeof render<P>> => {
  const view = render(...args)
  removals.push(view.remove)
  return view
}
const button = (root: HTMLElement, name: RegExp): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find((each) =>
    name.test(each.ariaLabel ?? each.innerText),
  )!

const tuning: MaxspanTuning = {
  joined: 7,
  bars: [
    { upToMs: 60_000, isCurrent: false, sequences: 2, gaps: [2, 5], matches: 2 },
    { upToMs: 300_000, isCurrent: true, sequences: 1, gaps: [3, 1], matches: 3 },
    { upToMs: 600_000, isCurrent: false, sequences: 4, gaps: [2, 1], matches: 7 },
  ],
}

describe('the tuner of maxspan', () => {
  const show = (width = 560, of = tuning) => {
    const onUse = vi.fn()
    const view = shown(
      MaxspanTuner,
      { tuning: of, matchCount: 3, onUse },
      { width, height: 500 },
    )
    return { ...view, onUse }
  }

  test('says what a maxspan would catch, and uses it', async () => {
    const { root, onUse } = show()
    const slider = root.querySelector<HTMLInputElement>('input[type=range]')!
    expect(slider.ariaValueText).toContain('maxspan 5 m: 3 matches, as now')
    slider.focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(root.innerText).toContain('maxspan 10 m: 7 matches, 4 more than now.')
    expect(root.innerText).toContain('4 sequences take more than 5 m, up to 10 m.')
    await userEvent.click(button(root, /Use 10m/))
    expect(onUse).toHaveBeenCalledWith(600_000)
  })

  test('a bar can be pressed', async () => {
    const { root } = show()
    await vi.waitFor(() => expect(root.querySelector('[data-bar]')).toBeTruthy())
    await userEvent.click(root.querySelector('[data-bar="0"]')!)
    expect(root.innerText).toContain('2 matches, 1 fewer than now')
  })

  test('shows the times from one event to the next', async () => {
    const { root } = show()
    await userEvent.selectOptions(root.querySelector('select')!, '0')
    expect(root.innerText).toContain('3 gaps are more than 1 m, up to 5 m.')
  })

  test('the table says the same', async () => {
    const { root, onUse } = show()
    await userEvent.click(button(root, /Times as a table/))
    const rows = [...root.querySelectorAll('tbody tr')].map((row) =>
      (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
    )
    expect(rows).toEqual([
      '1 m 2 2 5 2 −1 Use 1m',
      '5 m, as now 1 3 1 3 ±0',
      '10 m 4 2 1 7 +4 Use 10m',
    ])
    await userEvent.click(button(root, /Use 1m/))
    expect(onUse).toHaveBeenCalledWith(60_000)
  })

  test('says why there is nothing to tune', () =>
    expect(show(560, { joined: 0, bars: [] }).root.innerText).toContain(
      'No sequence joins',
    ))

  test.each([560, 366])('axe finds nothing wrong at %i px', async (width) => {
    const { root } = show(width)
    expect(await findFaults(root)).toEqual([])
    await userEvent.click(button(root, /Times as a table/))
    expect(await findFaults(root)).toEqual([])
  })
})

const trial = (
  change: KeyTrial['change'],
  names: string[][],
  more: Partial<KeyTrial>,
) => ({
  change,
  keys: names.map((key) => key.map((name) => ({ name, optional: false }))),
  edits: [{ from: 0, to: 1, insert: 'x' }],
  fill: [
    { step: 1, events: 96, carrying: 96 },
    { step: 2, events: 40, carrying: 30 },
  ],
  joined: 5,
  matches: 3,
  keyCount: 12,
  collisions: [{ field: 'host.id', keys: 0 }],
  ...more,
})
const check: KeyCheck = {
  now: trial('none', [['process.pid', 'process.pid']], {
    collisions: [{ field: 'host.id', keys: 4 }],
  }),
  others: [
    trial('replace', [['process.entity_id', 'process.parent.entity_id']], {
      joined: 9,
      matches: 8,
    }),
  ],
  untried: 3,
}

describe('the doctor of join keys', () => {
  const show = (width = 560, of = check) => {
    const onUse = vi.fn()
    return {
      ...shown(
        KeyDoctor,
        { check: of, kind: 'sequence' as const, onUse },
        { width, height: 500 },
      ),
      onUse,
    }
  }

  test('tells of other keys what they connect and tear, and uses them', async () => {
    const { root, onUse } = show()
    const rows = [...root.querySelectorAll('tbody tr')].map((row) =>
      (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
    )
    expect(rows[0]).toContain('process.pid as written')
    expect(rows[0]).toContain('4 of 12 keys: several host.id')
    expect(rows[1]).toContain('process.entity_id → process.parent.entity_id')
    expect(rows[1]).toMatch(/75 % , 30 of 40 events 9 \+4 8 \+5 none seen/)
    expect(root.innerText).toContain('3 less likely choices were not tried')
    await userEvent.click(button(root, /Use these keys/))
    expect(onUse).toHaveBeenCalledWith(check.others[0])
  })

  test('says why it has nothing to offer', () => {
    const none = { ...check, others: [] }
    expect(show(560, none).root.innerText).toContain('no other field in common')
    const empty = { ...check.now, fill: [{ step: 1, events: 0, carrying: 0 }] }
    expect(show(560, { ...none, now: empty }).root.innerText).toContain(
      'none of the events',
    )
  })

  test.each([560, 366])('axe finds nothing wrong at %i px', async (width) =>
    expect(await findFaults(show(width).root)).toEqual([]),
  )
})

const text = 'process where not process.name in ("a.exe", "b.exe")'
const audit: readonly ExclusionView[] = [
  {
    step: 0,
    from: 14,
    to: text.length,
    events: 5,
    hiddenMatches: 2,
    parts: [
      { from: 35, to: 42, seen: 9, events: 5, alone: 5 },
      { from: 44, to: 51, seen: 0, events: 0, alone: 0 },
    ],
  },
]

describe('the audit of exclusions', () => {
  const show = (width = 560, of = audit) => {
    const [onList, onJump] = [vi.fn(), vi.fn()]
    const view = shown(
      ExclusionAudit,
      { audit: of, text, onList, onJump },
      { width, height: 500 },
    )
    return { ...view, onList, onJump }
  }

  test('lists what a number is of, and leads to its clause', async () => {
    const { root, onList, onJump } = show()
    expect(root.innerText).toContain('hides 2 matches')
    expect(root.innerText).toContain('never hits an event')
    await userEvent.click(button(root, /alone keeps out 5 events/))
    expect(onList).toHaveBeenLastCalledWith(
      { clause: 0, count: 'events' },
      expect.stringContaining('keeps out'),
    )
    await userEvent.click(button(root, /^9: Events that "a\.exe" is true of/))
    expect(onList.mock.lastCall?.[0]).toEqual({ clause: 0, part: 0, count: 'seen' })
    await userEvent.click(button(root, /^"b\.exe"$/))
    expect(onJump).toHaveBeenCalledWith(audit[0]!.parts[1])
  })

  test('says when nothing is excluded', () =>
    expect(show(560, []).root.innerText).toContain('excludes nothing'))

  test.each([560, 366])('axe finds nothing wrong at %i px', async (width) =>
    expect(await findFaults(show(width).root)).toEqual([]),
  )
})
