import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BlockPages } from '../../src/events/block-pages'

const sizes = fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 300 })

test('what is taken of pages is empty, and nobody else has it', () => {
  fc.assert(
    fc.property(sizes, (all) => {
      const room = new BlockPages()
      for (const size of all) {
        const at = room.take(size)
        expect(at % 4).toBe(0)
        expect(at + size).toBeLessThanOrEqual(room.page.size)
        const taken = room.page.bytes.subarray(at, at + size)
        expect(taken.indexOf(1)).toBe(-1)
        taken.fill(1)
      }
    }),
  )
})

test('pages are small for small tables, and few for large ones', () => {
  const room = new BlockPages()
  const pages = new Set()
  room.take(100)
  expect(room.page.size).toBeLessThan(50_000)
  for (let i = 0; i < 10_000; i++) {
    room.take(4096)
    pages.add(room.page)
  }
  expect(pages.size).toBeLessThan(60)
})
