import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { openSessions } from '../../src/session/sessions'
import { openTab } from './keeper-tab'

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
