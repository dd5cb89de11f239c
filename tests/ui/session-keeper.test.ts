import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { openSessions } from '../../src/session/sessions'
import { makeTab, openTab } from './keeper-tab'

afterEach(() => {
  vi.unstubAllGlobals()
  indexedDB = new IDBFactory()
})

test('of sessions opened in one breath only the last is in the workbench', async () => {
  const { bench, keeper } = await openTab()
  const example = keeper.id!
  const sources = bench.sources.map(({ id }) => id)
  await keeper.addEmpty()
  const empty = keeper.id!
  await Promise.all([keeper.open(example), keeper.open(empty), keeper.open(example)])
  expect(keeper.id).toBe(example)
  expect(bench.sources.map(({ id }) => id)).toEqual(sources)
  await Promise.all([keeper.open(empty), keeper.addEmpty()])
  expect([bench.sources, bench.rules]).toEqual([[], []])
  expect(keeper.list).toHaveLength(3)
})

test('what waits goes on behind the last session asked for, also when none came', async () => {
  const { keeper } = makeTab({ fragment: '' })
  const started = keeper.start(() => Promise.reject(new Error('The guest is gone')))
  await keeper.whenThrough()
  expect(keeper.isOpen).toBe(false)
  await expect(started).rejects.toThrow('The guest is gone')
  void keeper.addExample()
  const through = keeper.whenThrough()
  void keeper.addEmpty()
  await through
  expect([keeper.isOpen, keeper.name]).toEqual([true, 'Session'])
})

test('what is written into the rules of the example stays when its events come', async () => {
  const tab = makeTab({ fragment: '' })
  const started = tab.keeper.start()
  await vi.waitFor(() => expect(tab.bench.rule).toBeDefined(), { interval: 1 })
  expect(tab.keeper.isOpen).toBe(false)
  tab.write('any where 1 == 1')
  await started
  expect(tab.query()).toBe('any where 1 == 1')
  await tab.save()
  const storage = await openSessions({ onProblem: () => undefined })
  expect((await storage.current())?.data.rules[0]?.edited).toBe('any where 1 == 1')
})

test('the files of a deleted session go when its notice is closed, not before', async () => {
  const { bench, keeper } = await openTab()
  const id = bench.sources[0]!.id
  const storage = await openSessions({ onProblem: () => undefined })
  await keeper.remove()
  expect(await storage.getBlob(id)).toBeDefined()
  const [notice] = bench.notices.list
  bench.notices.answer(notice!.id, notice!.actions[0]!)
  await vi.waitFor(() => expect(bench.sources).toHaveLength(5))
  await keeper.remove()
  bench.notices.close(bench.notices.list[0]!.id)
  await vi.waitFor(async () => expect(await storage.getBlob(id)).toBeUndefined())
})
