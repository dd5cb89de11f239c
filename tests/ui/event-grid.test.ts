import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moveCell } from '../../src/ui/events/grid-moves'
import {
  AT_TOP,
  followScroll,
  placeAt,
  placeOfRow,
  ROW_HEIGHT,
  windowOf,
} from '../../src/ui/events/row-window'

describe('the window of rows', () => {
  const totals = fc.integer({ min: 1, max: 20_000_000 })
  const viewports = fc.integer({ min: 60, max: 2000 })
  const shares = fc.double({ min: 0, max: 1, noNaN: true })

  test('a row scrolled to is drawn, and wholly inside the viewport', () => {
    fc.assert(
      fc.property(totals, viewports, shares, (total, viewport, share) => {
        const row = Math.min(total - 1, Math.floor(share * total))
        const place = placeOfRow(row, total, viewport, AT_TOP)
        const seen = windowOf(total, viewport, place)
        expect(seen.first).toBeLessThanOrEqual(row)
        expect(seen.last).toBeGreaterThan(row)
        const top = row * ROW_HEIGHT + seen.shift - place.scrollTop
        expect(top).toBeGreaterThanOrEqual(-0.5)
        expect(top + ROW_HEIGHT).toBeLessThanOrEqual(Math.max(viewport, ROW_HEIGHT) + 0.5)
      }),
    )
  })

  test('no browser has to clamp the height, and either end is that end of the rows', () => {
    fc.assert(
      fc.property(totals, viewports, shares, (total, viewport, share) => {
        const { height } = windowOf(total, viewport, AT_TOP)
        expect(height).toBeLessThanOrEqual(17_000_000)
        const from = placeAt(share * total * ROW_HEIGHT, total, viewport)
        const end = followScroll(from, Math.max(0, height - viewport), total, viewport)
        expect(windowOf(total, viewport, end).last).toBe(total)
        expect(followScroll(from, 0, total, viewport).top).toBe(0)
      }),
    )
  })

  test('a short scroll passes no row over, and the rows keep their places', () => {
    const ways = fc.integer({ min: -3000, max: 3000 })
    fc.assert(
      fc.property(totals, viewports, shares, ways, (total, viewport, share, way) => {
        const most = Math.max(0, total * ROW_HEIGHT - viewport)
        const from = placeAt(share * most, total, viewport)
        const { height } = windowOf(total, viewport, from)
        const to = from.scrollTop + way
        if (to < 1 || to > height - viewport - 1) return
        const next = followScroll(from, to, total, viewport)
        const top = Math.max(0, Math.min(from.top + way, most))
        expect(next.top).toBeCloseTo(top, 6)
      }),
    )
  })

  test('from anywhere but an end one can scroll both ways', () => {
    fc.assert(
      fc.property(viewports, shares, (viewport, share) => {
        const total = 5_000_000
        const most = total * ROW_HEIGHT - viewport
        const top = share * most
        const place = placeAt(top, total, viewport)
        expect(place.top).toBe(top)
        expect(place.scrollTop > 0).toBe(top > 0)
        expect(place.scrollTop < 15_000_000 - viewport).toBe(top < most)
      }),
    )
  })

  test('few rows are drawn however many there are', () => {
    const place = followScroll(AT_TOP, 7_000_000, 5_000_000, 600)
    const { first, last } = windowOf(5_000_000, 600, place)
    expect(last - first).toBeLessThan(50)
    expect(first).toBeGreaterThan(2_000_000)
  })

  test('a row already in sight moves nothing', () => {
    const place = { scrollTop: 28, top: 28 }
    expect(placeOfRow(5, 1000, 600, place)).toBe(place)
  })
})

test.each([
  ['ArrowDown', false, '5,1', '6,1'],
  ['ArrowUp', false, '0,1', '0,1'],
  ['ArrowRight', false, '5,3', '5,3'],
  ['ArrowLeft', false, '5,1', '5,0'],
  ['PageDown', false, '5,1', '15,1'],
  ['PageDown', false, '95,1', '99,1'],
  ['PageUp', false, '5,1', '0,1'],
  ['Home', false, '5,2', '5,0'],
  ['End', false, '5,2', '5,3'],
  ['Home', true, '5,2', '0,0'],
  ['End', true, '5,2', '99,3'],
  ['x', false, '5,2', undefined],
])('%s (ctrl %s) goes from %s to %s', (key, ctrl, from, to) => {
  const [row, column] = from.split(',').map(Number)
  const size = { rows: 100, columns: 4, page: 10 }
  const cell = moveCell(key, ctrl, { row: row!, column: column! }, size)
  expect(cell && `${cell.row},${cell.column}`).toBe(to)
})
