import { afterEach, expect, test } from 'vitest'
import NoticeList from '../../src/ui/frame/NoticeList.svelte'
import { findFaults } from './rendering.svelte'
import { deskWith, renderWith } from './with-desk'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

test('of many problems all can be read by keys, and their notice closed', async () => {
  const desk = deskWith()
  const view = renderWith(desk, NoticeList, {}, { width: 360, height: 600 })
  removals.push(view.remove)
  const many = Array.from({ length: 200 }, (_, n) => `rule-${n}.toml: no query`)
  desk.bench.notices.warnOfAll(many, (count) => `${count} problems.`)
  await expect.poll(() => view.root.querySelector('details')).not.toBeNull()
  view.root.querySelector('details')!.open = true
  const region = view.root.querySelector<HTMLElement>('[role="region"]')!
  expect(region.scrollHeight).toBeGreaterThan(region.clientHeight)
  region.focus()
  expect(document.activeElement).toBe(region)
  expect(region.getAttribute('aria-label')).toBe('200 problems.')
  const close = view.root.querySelector('[aria-label="Close notice"]')!
  const { top, bottom } = close.getBoundingClientRect()
  expect([top >= 0, bottom <= innerHeight]).toEqual([true, true])
  expect(await findFaults(view.root)).toEqual([])
})
