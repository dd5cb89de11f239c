import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import type { RunLoop } from '../../src/ui/state/run-loop.svelte'
import { SessionKeeper } from '../../src/ui/state/session-keeper.svelte'
import type { SourceLoader } from '../../src/ui/state/source-loader.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import { openSessions } from '../../src/session/sessions'

beforeEach(() => {
  const page = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
})
afterEach(() => {
  vi.unstubAllGlobals()
  indexedDB = new IDBFactory()
})

/** A keeper over a loader that takes a moment for everything and reads nothing. */
async function setUp() {
  const bench = new Workbench()
  const loop: Partial<RunLoop> = { close: async () => undefined }
  const loader: Partial<SourceLoader> = {
    add: async (files) => {
      const sources = files.map(({ file, active }) => new OpenSource(file, active))
      bench.sources.push(...sources)
      await new Promise(() => undefined)
    },
    clear: async () => {
      await new Promise((resume) => setTimeout(resume))
      bench.sources = []
    },
  }
  const keeper = new SessionKeeper(bench, loop as RunLoop, loader as SourceLoader)
  await keeper.start()
  return { bench, keeper }
}

test('of sessions opened in one breath only the last is in the workbench', async () => {
  const { bench, keeper } = await setUp()
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
  const { bench, keeper } = await setUp()
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
