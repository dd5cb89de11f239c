import { afterEach, expect, test, vi } from 'vitest'
import Funnel from '../../src/ui/coverage/Funnel.svelte'
import { drawFunnel } from '../../src/ui/coverage/funnel-lines'
import { answerOf } from './answers'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

/** The funnel of a run whose clauses are not counted yet. */
const show = () => {
  const picture = drawFunnel(answerOf(2, 0), undefined, '')
  const view = render(Funnel, {
    picture,
    running: false,
    onList: vi.fn(),
    onPoint: vi.fn(),
  })
  removals.push(view.remove)
  return view.root
}

test('is a table to those who cannot see its bars', () => {
  const rows = [...show().querySelectorAll('tbody tr')]
  const cells = (row: Element) =>
    [...row.children]
      .map((cell) => cell.textContent.replace(/\s+/g, ' ').trim())
      .filter(Boolean)
  expect(rows.map((row) => cells(row).join(' '))).toEqual([
    'events 12,408',
    'step 1: 1 fit it 96',
    'step 3: 3 fit it 40',
    'joined 7',
    'within 30 s 3',
    'matched 2',
  ])
})

test('says which scale it is drawn on', () =>
  expect(show().innerText).toContain('logarithmic scale'))

test('axe finds nothing wrong', async () => expect(await findFaults(show())).toEqual([]))
