import { afterEach, expect, test, vi } from 'vitest'
import RuleObjections from '../../src/ui/rule/RuleObjections.svelte'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const show = (content: BlobPart, width = 640) => {
  const view = render(
    RuleObjections,
    { blob: new Blob([content]) },
    { width, height: 400 },
  )
  removals.push(view.remove)
  const all = () => [...view.root.querySelectorAll<HTMLElement>('[data-objection]')]
  return { ...view, all }
}

test('what nothing reads: each parser says what it has against it, side by side', async () => {
  const { all, root } = show('name: x\nquery: process where true\n')
  await vi.waitFor(() => expect(all()).toHaveLength(3))
  expect(all().map((each) => each.dataset['objection'])).toEqual(['TOML', 'JSON', 'EQL'])
  for (const each of all()) expect(each.innerText).toMatch(/\S.+\n?Line 1/s)
  const tops = new Set(all().map((each) => each.getBoundingClientRect().top))
  expect(tops.size).toBe(1)
  expect(await findFaults(root)).toEqual([])
})

test('on a phone one below the other', async () => {
  const { all } = show('name: x\n', 200)
  await vi.waitFor(() => expect(all()).toHaveLength(3))
  const tops = all().map((each) => each.getBoundingClientRect().top)
  expect(new Set(tops).size).toBe(3)
})

test.each([
  ['bytes', new Uint8Array([0x89, 0x50, 0, 1, 2])],
  ['another encoding', new Uint8Array([0x6e, 0xe4, 0xf6, 0x6e])],
  ['a rule', '[rule]\nname = "x"\ntype = "eql"\nquery = "any where true"\n'],
])('of %s nothing is said', async (_, content) => {
  const { all, root } = show(content)
  await new Promise(requestAnimationFrame)
  await vi.waitFor(() => expect(root.querySelector('section')).toBeNull())
  expect(all()).toEqual([])
})
