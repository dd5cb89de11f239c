import { expect, test } from 'vitest'
import { DecodedPages, type Content } from '../../src/events/decoded-pages'

test('the pages read longest ago make room, the one just read never does', () => {
  const pages = new DecodedPages(300)
  const [a, b, c]: [Content[], Content[], Content[]] = [[], [], []]
  pages.add(a, ['x'.repeat(100)])
  pages.add(b, [1, 2])
  pages.add(a, [['y', 'z']])
  expect([a.length, b.length]).toEqual([2, 2])
  pages.add(c, ['x'.repeat(60)])
  expect([a.length, b.length, c.length]).toEqual([2, 0, 1])
  pages.add(b, ['x'.repeat(1000)])
  expect([a.length, b.length, c.length]).toEqual([0, 1, 0])
  pages.empty(b)
  pages.add(a, [1])
  pages.add(c, [1])
  expect([a.length, b.length, c.length]).toEqual([1, 0, 1])
})
