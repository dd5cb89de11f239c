import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import Timeline from '../../src/ui/result/Timeline.svelte'
import type { Cause } from '../../src/explain/explanation'
import type { Selection } from '../../src/ui/result/selection'
import type { RuleTimes } from '../../src/worker/analysis-api'
import { eventOf, START } from './answers'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const STEPS = [
  eventOf(1, 10, START),
  { step: 2, missing: true as const },
  eventOf(3, 11, START + 340_000),
]

const show = (width = 600) => {
  const onSelectStep = vi.fn((selectedStep: number) => view.set({ selectedStep }))
  const view = render(
    Timeline,
    {
      steps: STEPS,
      maxspanMs: 300_000,
      cause: 'maxspan' as Cause | undefined,
      culpritTime: undefined as number | undefined,
      failedStep: 3 as number | undefined,
      times: undefined as RuleTimes | undefined,
      onChoose: undefined as ((selection: Selection) => void) | undefined,
      selectedStep: 1,
      onSelectStep,
    },
    { width, height: 300 },
  )
  removals.push(view.remove)
  const drawn = () =>
    vi.waitFor(() => expect(view.root.querySelector('svg.drawing')).toBeTruthy())
  const toTable = () =>
    userEvent.click(view.root.querySelector('[aria-label="Timeline as a table"]')!)
  return { ...view, onSelectStep, drawn, toTable }
}

test('the head says the cause and by how much', () => {
  const text = show().root.innerText.replace(/\s+/g, ' ')
  expect(text).toContain('≈ over maxspan')
  expect(text).toContain('maxspan 5 m, 40 s over')
})

test('lanes are buttons; arrows go from one to the next', async () => {
  const { root, onSelectStep } = show()
  const lanes = [...root.querySelectorAll<HTMLElement>('.lanes button')]
  expect(lanes.map((lane) => lane.ariaLabel)).toEqual([
    'Step 1, 2026-11-20 10:00:02.123',
    'Step 2, missing',
    'Step 3, 2026-11-20 10:05:42.123',
  ])
  lanes[0]!.focus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}')
  expect(onSelectStep).toHaveBeenLastCalledWith(3)
  expect(document.activeElement).toBe(lanes[2])
  expect(lanes[2]!.ariaPressed).toBe('true')
})

test('a mark can be pressed', async () => {
  const { root, drawn, onSelectStep } = show()
  await drawn()
  await userEvent.click(root.querySelector('[data-lane="3"] .mark')!)
  expect(onSelectStep).toHaveBeenCalledWith(3)
})

const TIMES: RuleTimes = {
  matches: {
    count: 2,
    width: 3,
    steps: [1, 2, 3],
    times: Float64Array.of(START, NaN, START + 340_000, START + 9e5, NaN, START + 9.5e5),
  },
  nearMisses: { count: 0, width: 3, steps: [1, 2, 3], times: new Float64Array() },
}

test('what else was found is drawn, chosen with the arrows, and listed', async () => {
  const { root, set, drawn, toTable } = show()
  await drawn()
  const onChoose = vi.fn()
  set({ times: TIMES, cause: undefined, failedStep: undefined, onChoose })
  const lane = root.querySelector<HTMLElement>('.lanes button')!
  lane.focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(onChoose).toHaveBeenLastCalledWith(
    expect.objectContaining({ kind: 'match', index: 1, step: 1 }),
  )
  await userEvent.keyboard('0')
  expect(root.querySelectorAll('.context.match')).toHaveLength(2)
  expect(await findFaults(root)).toEqual([])
  await toTable()
  const names = [...root.querySelectorAll('table:last-of-type th button')].map((button) =>
    (button as HTMLElement).innerText.trim(),
  )
  expect(names.slice(-2)).toEqual(['✓ match 1', '✓ match 2'])
  expect(await findFaults(root)).toEqual([])
})

test('keys and buttons zoom, pan, and show the chosen again', async () => {
  const { root, drawn } = show()
  await drawn()
  const head = () => root.querySelector<HTMLElement>('.head')!.innerText
  const before = head()
  root.querySelector<HTMLElement>('.lanes button')!.focus()
  await userEvent.keyboard('w')
  const zoomed = head()
  expect(zoomed).toContain('2026-11-20 10:00:02.123')
  await userEvent.keyboard('d')
  expect(head()).not.toBe(zoomed)
  await userEvent.keyboard('f')
  expect(head()).toBe(before)
  await userEvent.click(root.querySelector('[aria-label="Zoom in"]')!)
  expect(head()).not.toBe(before)
})

test('a drag and the wheel move the view', async () => {
  const { root, drawn } = show()
  await drawn()
  const svg = root.querySelector<SVGSVGElement>('svg.drawing')!
  const head = () => root.querySelector<HTMLElement>('.head')!.innerText
  const before = head()
  const { left, top } = svg.getBoundingClientRect()
  const at = (type: string, x: number) =>
    svg.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        button: 0,
        clientX: left + x,
        clientY: top + 40,
        bubbles: true,
      }),
    )
  // What is made by a test cannot be captured.
  svg.setPointerCapture = () => undefined
  at('pointerdown', 200)
  at('pointermove', 120)
  at('pointerup', 120)
  await vi.waitFor(() => expect(head()).not.toBe(before))
  const panned = head()
  svg.dispatchEvent(
    new WheelEvent('wheel', { deltaY: -200, ctrlKey: true, clientX: left + 100 }),
  )
  await vi.waitFor(() => expect(head()).not.toBe(panned))
})

test('until is a cut in the drawing and a row in the table', async () => {
  const { root, set, drawn, toTable } = show()
  await drawn()
  set({ cause: 'until' as const, culpritTime: START + 100_000 })
  await vi.waitFor(() => expect(root.querySelector('line.cut')).toBeTruthy())
  await toTable()
  expect(root.innerText).toContain('until ended the sequence here')
})

test('the table says the same, and shares the selection', async () => {
  const { root, toTable, onSelectStep } = show()
  await toTable()
  const rows = [...root.querySelectorAll('tbody tr')].map((row) =>
    (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
  )
  expect(rows).toEqual([
    expect.stringMatching(/1 2026-11-20 10:00:02\.123 \+0 ms process e10/),
    expect.stringMatching(/2 no event, as the rule asks/),
    expect.stringMatching(
      /3 ≈ failed 2026-11-20 10:05:42\.123 \+5 m 40 s \+5 m 40 s process e11/,
    ),
  ])
  await userEvent.click(root.querySelector('tbody tr:last-child button')!)
  expect(onSelectStep).toHaveBeenCalledWith(3)
})

test('the drawing follows the width of its place', async () => {
  const { root, drawn } = show(600)
  await drawn()
  const width = () => Number(root.querySelector('svg.drawing')?.getAttribute('width'))
  const before = width()
  root.style.width = '366px'
  await vi.waitFor(() => expect(width()).toBe(before - 234))
})

test('at phone width no two labels lie on each other', async () => {
  const { root, drawn } = show(366)
  await drawn()
  const boxes = [...root.querySelectorAll('svg.drawing text')].map((text) =>
    text.getBoundingClientRect(),
  )
  const overlap = boxes.some((a, at) =>
    boxes
      .slice(at + 1)
      .some(
        (b) =>
          a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
      ),
  )
  expect(boxes.length).toBeGreaterThan(3)
  expect(overlap).toBe(false)
})

test('axe finds nothing wrong with drawing and table', async () => {
  const { root, drawn, toTable } = show()
  await drawn()
  expect(await findFaults(root)).toEqual([])
  await toTable()
  expect(await findFaults(root)).toEqual([])
})
