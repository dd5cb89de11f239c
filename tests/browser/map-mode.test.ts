import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import MapModeSwitch from '../../src/ui/events/MapModeSwitch.svelte'
import type { ReadAs } from '../../src/ingest/read-as'
import type { EngineState, SourceState } from '../../src/worker/load-api'
import { findFaults } from './rendering.svelte'
import { deskWith, renderWith } from './with-desk'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

async function show(size?: { readonly width: number; readonly height: number }) {
  const modes: ReadAs['mode'][] = []
  const state = { version: 1, sources: [], events: 2 } as unknown as EngineState
  const desk = deskWith({
    onRestart: () => undefined,
    state: async () => state,
    remove: async () => state,
    load: async ({ id, name }, _progress, _keep, readAs) => {
      modes.push(readAs?.mode)
      const variants = [{ name: 'Sysmon (EVTX)', events: 2 }]
      const report = { events: 2, variants } as unknown as SourceState['report']
      return { ok: true, value: { id, name, active: true, report } }
    },
  })
  await desk.loader.add([{ file: { id: 'a', name: 'a.evtx', blob: new Blob(['x']) } }])
  const view = renderWith(desk, MapModeSwitch, {}, size)
  removals.push(view.remove)
  const radio = (name: string) =>
    [...view.root.querySelectorAll('input')].find(({ value }) => value === name)!
  return { desk, view, modes, radio }
}

test('sources of Windows are read again in the mode that is chosen, and back', async () => {
  const { desk, view, modes, radio } = await show()
  expect(radio('faithful').checked).toBe(true)
  await userEvent.click(radio('extended').closest('label')!)
  await vi.waitFor(() => expect(modes).toEqual([undefined, 'extended']))
  expect(desk.bench.mapMode).toBe('extended')
  expect(view.root.textContent).toContain('more than Elastic’s integrations give')
  // One key, as with any group of choices.
  radio('extended').focus()
  await userEvent.keyboard('{ArrowLeft}')
  await vi.waitFor(() => expect(modes).toEqual([undefined, 'extended', undefined]))
  expect(radio('faithful').checked).toBe(true)
})

test('says what it adds, and that such a match is none in production', async () => {
  const { view } = await show()
  const details = view.root.querySelector('details')!
  expect(details.open).toBe(false)
  await userEvent.click(details.querySelector('summary')!)
  expect(details.open).toBe(true)
  expect(details.querySelectorAll('li').length).toBeGreaterThan(3)
  expect(details.textContent).toContain('none in production')
})

test.each([
  ['wide', undefined],
  ['on a phone', { width: 320, height: 600 }],
] as const)('can be read and reached by all: %s', async (_, size) => {
  const { view } = await show(size)
  expect(await findFaults(view.root)).toEqual([])
  for (const label of view.root.querySelectorAll('label'))
    expect(label.getBoundingClientRect().height).toBeGreaterThanOrEqual(24)
  expect(view.root.scrollWidth).toBeLessThanOrEqual(view.root.clientWidth)
})
