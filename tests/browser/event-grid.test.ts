import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import EventGrid from '../../src/ui/events/EventGrid.svelte'
import type { EventListQuery } from '../../src/worker/api'
import { fakeEngine } from './fake-engine'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

type Fake = ReturnType<typeof fakeEngine>
const COLUMNS = ['host.name', 'process.name']

/** The grid with a selection that follows what it reports, as on the page. */
const show = (fake: Fake, more: { markedRows?: ReadonlyMap<number, number> } = {}) => {
  const onSelectRow = vi.fn((selectedRow: number) => view.set({ selectedRow }))
  const view = render(
    EventGrid,
    {
      api: fake.api,
      query: { fields: [] } as EventListQuery,
      version: 1,
      columns: COLUMNS,
      selectedRow: undefined as number | undefined,
      onSelectRow,
      markedRows: new Map<number, number>() as ReadonlyMap<number, number>,
      ...more,
    },
    { width: 760, height: 400 },
  )
  removals.push(view.remove)
  const grid = view.root.querySelector<HTMLElement>('[role="grid"]')!
  const rows = () => [...grid.querySelectorAll<HTMLElement>('.body [role="row"]')]
  const rowAt = (place: number) =>
    grid.querySelector<HTMLElement>(`[role="row"][aria-rowindex="${place + 2}"]`)
  const ready = () => vi.waitFor(() => expect(rowAt(0)?.innerText).toContain('e0'))
  return { ...view, onSelectRow, grid, rows, rowAt, ready }
}
const activeCell = () => {
  const cell = document.activeElement
  const row = Number(cell?.parentElement?.ariaRowIndex) - 2
  return `${row},${Number(cell?.ariaColIndex) - 1}`
}
const focusFirst = (grid: HTMLElement) =>
  grid.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')!.focus()

describe('counts for those who cannot see the whole', () => {
  test('rows and columns are those of the whole list, few are in the page', async () => {
    const { grid, rows, rowAt, ready } = show(fakeEngine({ total: 12_408 }))
    await ready()
    expect([grid.ariaRowCount, grid.ariaColCount]).toEqual(['12409', '5'])
    expect(rows().length).toBeLessThan(50)
    const cells = [...rowAt(3)!.children]
    expect(cells.map((cell) => cell.ariaColIndex)).toEqual(['1', '2', '3', '4', '5'])
    const heads = [...grid.querySelectorAll('[role="columnheader"]')]
    expect(heads.map((head) => head.textContent.trim())).toEqual([
      ...['Event', 'Step', '@timestamp'],
      ...COLUMNS,
    ])
  })

  test('five million rows end at the last one', async () => {
    const { grid, ready, rowAt } = show(fakeEngine({ total: 5_000_000 }))
    await ready()
    focusFirst(grid)
    await userEvent.keyboard('{Control>}{End}{/Control}')
    await vi.waitFor(() => {
      expect(activeCell()).toBe('4999999,4')
      expect(rowAt(4_999_999)?.innerText).toContain('e4999999')
    })
    expectInSight(grid, rowAt(4_999_999))
  })
})

/** Wholly within what the grid shows below its head. */
const expectInSight = (grid: HTMLElement, row: HTMLElement | null) => {
  const box = row!.getBoundingClientRect()
  const frame = grid.getBoundingClientRect()
  expect(box.bottom).toBeLessThanOrEqual(frame.bottom + 1)
  expect(box.top).toBeGreaterThan(frame.top)
}

describe('two million rows, more than an element is high', () => {
  const TOTAL = 2_000_000

  test('the keys reach each row from any place', async () => {
    const { grid, ready, rowAt } = show(fakeEngine({ total: TOTAL }))
    await ready()
    focusFirst(grid)
    grid.scrollTop = grid.scrollHeight / 2
    await vi.waitFor(() => expect(grid.innerText).toMatch(/\be1000\d\d\d\b/))
    const shown = [...grid.querySelectorAll<HTMLElement>('[data-row]')]
    await userEvent.click(shown.find((row) => isInSight(grid, row))!.children[0]!)
    const [start] = activeCell().split(',').map(Number)
    for (let step = 1; step <= 40; step++) {
      await userEvent.keyboard('{ArrowDown}')
      await vi.waitFor(() => expect(activeCell()).toBe(`${start! + step},0`))
      expectInSight(grid, rowAt(start! + step))
    }
    await userEvent.keyboard('{PageUp}')
    await vi.waitFor(() => expect(activeCell()).toBe(`${start! + 28},0`))
    expectInSight(grid, rowAt(start! + 28))
  })

  test('the wheel passes no row over, and the ends of the bar are those of the rows', async () => {
    const { grid, ready, rowAt } = show(fakeEngine({ total: TOTAL }))
    await ready()
    grid.scrollTop = 7_000_000
    const firstShown = () =>
      [...grid.querySelectorAll<HTMLElement>('[data-row]')].find((row) =>
        isInSight(grid, row),
      )!
    await vi.waitFor(() => expect(firstShown()).toBeDefined())
    const before = Number(firstShown().dataset['place'])
    const ended = new Promise((done) => grid.addEventListener('scrollend', done))
    grid.scrollBy({ top: 10 * 28 })
    await ended
    await vi.waitFor(() =>
      expect(Number(firstShown().dataset['place'])).toBe(before + 10),
    )
    grid.scrollTop = grid.scrollHeight
    await vi.waitFor(() => expectInSight(grid, rowAt(TOTAL - 1)))
    grid.scrollTop = 0
    await vi.waitFor(() => expectInSight(grid, rowAt(0)))
  })
})

const isInSight = (grid: HTMLElement, row: HTMLElement): boolean => {
  const box = row.getBoundingClientRect()
  const frame = grid.getBoundingClientRect()
  return box.top >= frame.top + 27 && box.bottom <= frame.bottom
}

describe('keys', () => {
  test('one tab stop, and every move of the pattern', async () => {
    const { grid, ready } = show(fakeEngine({ total: 1000 }))
    await ready()
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    focusFirst(grid)
    const path: [string, string][] = [
      ['{ArrowDown}', '1,0'],
      ['{ArrowRight}', '1,1'],
      ['{End}', '1,4'],
      ['{PageDown}', '13,4'],
      ['{Home}', '13,0'],
      ['{Control>}{End}{/Control}', '999,4'],
      ['{ArrowDown}', '999,4'],
      ['{PageUp}', '987,4'],
      ['{Control>}{Home}{/Control}', '0,0'],
      ['{ArrowUp}', '0,0'],
    ]
    for (const [keys, cell] of path) {
      await userEvent.keyboard(keys)
      await vi.waitFor(() => expect(activeCell(), keys).toBe(cell))
    }
  })

  test('the focused cell stays when it is scrolled out of sight', async () => {
    const { grid, ready, rows } = show(fakeEngine({ total: 10_000 }))
    await ready()
    focusFirst(grid)
    await userEvent.keyboard('{ArrowDown}')
    await vi.waitFor(() => expect(activeCell()).toBe('1,0'))
    grid.scrollTop = 100_000
    await vi.waitFor(() =>
      expect(rows().some((row) => row.innerText.includes('e3575'))).toBe(true),
    )
    expect(activeCell()).toBe('1,0')
    await userEvent.keyboard('{ArrowDown}')
    await vi.waitFor(() => expect(activeCell()).toBe('2,0'))
    expect(grid.scrollTop).toBeLessThan(100)
  })

  test('Enter and a click select; the selected row is said to be so', async () => {
    const { grid, ready, rowAt, onSelectRow } = show(fakeEngine({ total: 100 }))
    await ready()
    focusFirst(grid)
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await vi.waitFor(() => expect(onSelectRow).toHaveBeenCalledWith(1))
    expect(rowAt(1)?.ariaSelected).toBe('true')
    await userEvent.click(rowAt(4)!.children[3]!)
    expect(onSelectRow).toHaveBeenLastCalledWith(4)
    expect(activeCell()).toBe('4,3')
  })

  test('a row is copied as text', async () => {
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const { grid, ready } = show(fakeEngine({ total: 100 }))
    await ready()
    focusFirst(grid)
    await userEvent.keyboard('{Control>}c{/Control}')
    expect(copied).toHaveBeenCalledWith(
      'e0\t2026-11-20 10:00:00.000\thost.name 0\tprocess.name 0',
    )
    copied.mockRestore()
  })
})

describe('fetching', () => {
  test('a long way scrolled leaves no queue: only what is looked at is fetched', async () => {
    const fake = fakeEngine({ total: 100_000, hold: true })
    const { grid, rowAt } = show(fake)
    fake.release()
    await vi.waitFor(() => expect(rowAt(0)?.innerText).toContain('e0'))
    for (let step = 1; step <= 20; step++) {
      grid.scrollTop = step * 50_000
      await new Promise(requestAnimationFrame)
    }
    const place = Math.ceil((20 * 50_000) / 28)
    await vi.waitFor(() => {
      fake.release()
      expect(rowAt(place)?.innerText).toContain(`e${place}`)
    })
    expect(fake.asked.length).toBeLessThan(8)
  })

  test('rows not here yet hold their place', async () => {
    const fake = fakeEngine({ total: 100_000, hold: true })
    const { grid, rowAt } = show(fake)
    fake.release()
    await vi.waitFor(() => expect(rowAt(0)?.innerText).toContain('e0'))
    grid.scrollTop = 28 * 5000
    await vi.waitFor(() => expect(rowAt(5000)?.innerText).toContain('…'))
  })

  test('a new list drops the answer to the old one', async () => {
    const slow = fakeEngine({ total: 9, hold: true, cell: () => 'old' })
    const view = show(slow)
    const quick = fakeEngine({ total: 3, cell: () => 'new' })
    view.set({ api: quick.api, query: { fields: [], search: 'x' } })
    await vi.waitFor(() => expect(view.rowAt(0)?.innerText).toContain('new'))
    slow.release()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(view.grid.innerText).not.toContain('old')
    expect(view.grid.ariaRowCount).toBe('4')
  })

  test('a new version shows its rows, and meanwhile the old ones', async () => {
    const fake = fakeEngine({ total: 50, cell: () => 'before' })
    const view = show(fake)
    await view.ready()
    const later = fakeEngine({ total: 60, hold: true, cell: () => 'after' })
    view.set({ api: later.api, version: 2 })
    expect(view.rowAt(0)?.innerText).toContain('before')
    later.release()
    await vi.waitFor(() => expect(view.rowAt(0)?.innerText).toContain('after'))
    expect(view.grid.ariaRowCount).toBe('61')
  })

  test('an engine that does not answer is said to', async () => {
    const fake = fakeEngine({ total: 5 })
    const broken = { ...fake.api, events: () => Promise.reject(new Error('gone')) }
    const view = show({ ...fake, api: broken })
    await vi.waitFor(() => expect(view.root.innerText).toContain('could not be fetched'))
  })

  test('no events say so', async () => {
    const view = show(fakeEngine({ total: 0 }))
    await vi.waitFor(() => expect(view.root.innerText).toContain('No events to show.'))
  })
})

test('a row chosen elsewhere is scrolled to, without taking the focus', async () => {
  const view = show(fakeEngine({ total: 50_000 }), { markedRows: new Map([[40_000, 2]]) })
  await view.ready()
  view.set({ selectedRow: 40_000 })
  await vi.waitFor(() => expect(view.rowAt(40_000)?.ariaSelected).toBe('true'))
  const box = view.rowAt(40_000)!.getBoundingClientRect()
  expect(box.bottom).toBeLessThanOrEqual(view.grid.getBoundingClientRect().bottom + 1)
  expect(view.rowAt(40_000)?.innerText).toMatch(/Step\s*2/)
  expect(view.grid.contains(document.activeElement)).toBe(false)
})

test('hostile text is text', async () => {
  const fake = fakeEngine({ total: 3, cell: () => '<img src=x>\u202E\u0000' })
  const view = show(fake)
  await view.ready()
  expect(view.root.querySelector('img')).toBeNull()
  expect(view.rowAt(0)?.innerText).toContain('<img src=x>⟨U+202E⟩␀')
})

test('axe finds nothing wrong', async () => {
  const view = show(fakeEngine({ total: 500 }), { markedRows: new Map([[1, 1]]) })
  await view.ready()
  view.set({ selectedRow: 2 })
  expect(await findFaults(view.root)).toEqual([])
})
