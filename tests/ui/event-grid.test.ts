import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moveCell } from '../../src/ui/events/grid-moves'
import { ROW_HEIGHT, scrollTopFor, windowOf } from '../../src/ui/events/row-window'

describe('the window of rows', () => {
  const totals = fc.integer({ min: 1, max: 20_000_000 })
  const viewports = fc.integer({ min: 60, max: 2000 })

  test('a row scrolled to is drawn, and wholly inside the viewport', () => {
    fc.assert(
      fc.property(
        totals,
        viewports,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, viewport, share) => {
          const row = Math.min(total - 1, Math.floor(share * total))
          const scrollTop = scrollTopFor(row, total, viewport, 0)
          const seen = windowOf(total, viewport, scrollTop)
          expect(seen.first).toBeLessThanOrEqual(row)
          expect(seen.last).toBeGreaterThan(row)
          const top = row * ROW_HEIGHT + seen.shift - scrollTop
          expect(top).toBeGreaterThanOrEqual(-0.5)
          expect(top + ROW_HEIGHT).toBeLessThanOrEqual(
            Math.max(viewport, ROW_HEIGHT) + 0.5,
          )
        },
      ),
    )
  })

  test('no browser has to clamp the height, and the end of it is the last row', () => {
    fc.assert(
      fc.property(totals, viewports, (total, viewport) => {
        const { height } = windowOf(total, viewport, 0)
        expect(height).toBeLessThanOrEqual(17_000_000)
        const end = windowOf(total, viewport, Math.max(0, height - viewport))
        expect(end.last).toBe(total)
      }),
    )
  })

  test('few rows are drawn however many there are', () => {
    const { first, last } = windowOf(5_000_000, 600, 7_000_000)
    expect(last - first).toBeLessThan(50)
  })

  test('a row already in sight moves nothing', () =>
    expect(scrollTopFor(5, 1000, 600, 28)).toBe(28))
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
