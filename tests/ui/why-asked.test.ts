import { expect, test } from 'vitest'
import { Workbench } from '../../src/ui/state/workbench.svelte'

test('the focus goes to why an event is what it is each time one asks, and only then', () => {
  const bench = new Workbench()
  bench.showWhy(1, 1)
  const first = bench.whyAsked
  expect(first).toBeGreaterThan(0)
  bench.showEvent(2)
  expect(bench.whyAsked).toBe(0)
  bench.showWhy(2)
  expect(bench.whyAsked).toBeGreaterThan(first)
})
