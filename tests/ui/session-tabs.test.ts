import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DATABASE_NAME } from '../../src/session/database'
import { openSessions, Sessions } from '../../src/session/sessions'
import { printLink } from '../../src/share/link-text'
import { printReproduction, type Reproduction } from '../../src/share/reproduction'
import { makeGuest } from '../../src/ui/state/guest-session'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import { openTab, stubBrowser, type Tab } from './keeper-tab'

let store: Map<string, string>
beforeEach(() => {
  store = stubBrowser().store
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  indexedDB = new IDBFactory()
})

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000 })
const stored = () => openSessions({ onProblem: () => undefined })
const storedQuery = async () => (await (await stored()).current())?.data.rules[0]?.edited
const names = (tab: Tab) => tab.keeper.list.map(({ name }) => name).toSorted()

describe('of two tabs with one session', () => {
  test('the first saves, the second does not', async () => {
    const [first, second] = [await openTab(), await openTab()]
    expect([first.keeper.session.mode, second.keeper.session.mode]).toEqual([
      'own',
      'elsewhere',
    ])
    second.write('any where 2 == 2')
    await second.save()
    expect(await storedQuery()).toBeUndefined()
    first.write('any where 1 == 1')
    await first.save()
    expect(await storedQuery()).toBe('any where 1 == 1')
    expect([first.asks(), second.asks()]).toEqual([false, true])
  })

  test('the second takes over what the first had typed a moment before', async () => {
    const [first, second] = [await openTab(), await openTab()]
    first.write('any where 1 == 1')
    await second.keeper.takeOver()
    expect([second.query(), second.keeper.session.mode]).toEqual([
      'any where 1 == 1',
      'own',
    ])
    expect([first.query(), first.keeper.session.mode]).toEqual([
      'any where 1 == 1',
      'taken',
    ])
    first.write('any where 3 == 3')
    await first.save()
    expect(await storedQuery()).toBe('any where 1 == 1')
    expect(first.asks()).toBe(true)
  })

  test('with work in both, both is kept', async () => {
    const [first, second] = [await openTab(), await openTab()]
    first.write('any where 1 == 1')
    second.write('any where 2 == 2')
    await second.keeper.takeOver()
    expect(second.query()).toBe('any where 2 == 2')
    expect(await storedQuery()).toBe('any where 2 == 2')
    const [, copy] = names(second)
    expect(copy).toContain('(other tab)')
    await second.keeper.open(second.keeper.list.find(({ name }) => name === copy)!.id)
    expect(second.query()).toBe('any where 1 == 1')
    expect(second.notices().join()).toContain('is kept as')
  })

  test('nothing that stands in either is copied without need', async () => {
    const [, second] = [await openTab(), await openTab()]
    second.write('any where 2 == 2')
    await second.keeper.takeOver()
    expect([names(second).length, await storedQuery()]).toEqual([1, 'any where 2 == 2'])
  })

  test('the second goes on by itself when the first opens another', async () => {
    const [first, second] = [await openTab(), await openTab()]
    first.write('any where 1 == 1')
    await first.keeper.addEmpty()
    await soon(() => expect(second.keeper.session.mode).toBe('own'))
    expect(second.query()).toBe('any where 1 == 1')
  })

  test('a copy goes its own way', async () => {
    const [first, second] = [await openTab(), await openTab()]
    second.write('any where 2 == 2')
    await second.keeper.workOnCopy()
    first.write('any where 1 == 1')
    await first.save()
    expect(await storedQuery()).toBe('any where 2 == 2')
    expect([second.keeper.session.mode, second.asks()]).toEqual(['own', false])
    expect(names(second)).toHaveLength(2)
  })

  test('neither is deleted under the other; new names are heard of', async () => {
    const [first, second] = [await openTab(), await openTab()]
    await second.keeper.remove()
    expect(second.notices().join()).toContain('is open in another tab')
    await first.keeper.rename('Case 7')
    await soon(() => expect(second.keeper.name).toBe('Case 7'))
  })
})

const REPRODUCTION: Reproduction = {
  engine: '1',
  title: 'Look',
  rules: [{ name: 'a.eql', text: '// title: One\nany where true' }],
  sources: [{ name: 'events.ndjson', text: '{"@timestamp":1}' }],
  opensTo: [{ matches: 1, nearMisses: 0 }],
}
const link = () => printLink(printReproduction(REPRODUCTION))

describe('a guest that came as a file', () => {
  const guest = () =>
    makeGuest({ ...REPRODUCTION, note: 'Look here.', view: { rule: 0 } })

  test('is there after a reload as it came, and goes when it is closed', async () => {
    const first = await openTab()
    await first.keeper.openGuest(await guest())
    await first.save()
    const again = await openTab()
    const { blobs, ...told } = again.keeper.guest!
    const { blobs: given, ...came } = await guest()
    expect(told).toEqual(came)
    expect([...blobs.keys()]).toEqual([...given.keys()])
    expect([again.bench.sources.length, again.asks()]).toEqual([1, false])
    await again.guests.close()
    expect(again.keeper.name).toContain('example')
    const storage = await stored()
    expect(await storage.getBlob([...given.keys()][0]!)).toBeUndefined()
    expect((await openTab()).keeper.guest).toBeUndefined()
  })

  test('is a session after it was kept, with its events', async () => {
    const first = await openTab()
    await first.keeper.openGuest(await guest())
    await first.guests.keep()
    const again = await openTab()
    expect([again.keeper.guest, again.keeper.name]).toEqual([undefined, 'Look'])
    expect([again.bench.sources.length, again.bench.lost]).toEqual([1, []])
  })

  test('does not come back over a link', async () => {
    const first = await openTab()
    await first.keeper.openGuest(await guest())
    await first.save()
    const other = printReproduction({ ...REPRODUCTION, title: 'Another' })
    const again = await openTab(await printLink(other))
    expect(again.keeper.name).toBe('Another')
    expect((await openTab()).keeper.guest).toBeUndefined()
  })

  test('is swept after a day, should its tab be closed, and not before', async () => {
    const tab = await openTab()
    await tab.keeper.openGuest(await guest())
    await tab.save()
    const [id] = [...tab.keeper.guest!.blobs.keys()]
    const storage = await stored()
    await storage.sweep(Date.now() + 20 * 3600_000)
    expect(await storage.getBlob(id!)).toBeDefined()
    await storage.sweep(Date.now() + 25 * 3600_000)
    expect(await storage.getBlob(id!)).toBeUndefined()
  })

  test('is there for days while its tab is open, whatever other tabs sweep', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const tab = await openTab()
    await tab.keeper.openGuest(await guest())
    for (let hour = 0; hour < 50; hour++) {
      vi.advanceTimersByTime(3600_000)
      await tab.save()
    }
    const [id] = [...tab.keeper.guest!.blobs.keys()]
    const storage = await stored()
    await storage.sweep()
    expect(await storage.getBlob(id!)).toBeDefined()
    await tab.guests.close()
    vi.advanceTimersByTime(3600_000)
    await tab.save()
    expect(await storage.getBlob(id!)).toBeUndefined()
  })

  test('is there after a reload without the events there was no room for', async () => {
    const first = await openTab()
    const { blobs, ...told } = await guest()
    const [[id, blob] = []] = [...blobs]
    const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
    const full = vi.spyOn(IDBObjectStore.prototype, 'put')
    full.mockImplementation(function (this: IDBObjectStore, value: { id: string }) {
      if (value.id !== id) return put.call(this, value)
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await first.keeper.openGuest({ ...told, blobs: new Map([[id!, blob!]]) })
    await first.save()
    const again = await openTab()
    expect(again.keeper.guest?.note).toBe('Look here.')
    expect([again.bench.sources, again.bench.lost.map((lost) => lost.id)]).toEqual([
      [],
      [id],
    ])
  })
})

describe('the edits of a guest', () => {
  test('are there after a reload, with its events', async () => {
    const first = await openTab(await link())
    expect(first.asks()).toBe(false)
    first.write('any where false')
    expect(first.asks()).toBe(true)
    const again = await openTab(await link())
    expect([again.query(), again.bench.sources.length]).toEqual(['any where false', 1])
    expect(again.asks()).toBe(true)
    expect(await (await stored()).list()).toEqual([])
  })

  test('of a file are there after a reload, with its events', async () => {
    const first = await openTab()
    await first.keeper.openGuest(await makeGuest(REPRODUCTION))
    first.write('any where false')
    await first.save()
    const again = await openTab()
    expect([again.keeper.guest?.name, again.query()]).toEqual(['Look', 'any where false'])
    expect([again.bench.sources.length, again.bench.lost]).toEqual([1, []])
    expect(again.asks()).toBe(true)
  })

  test('of a file are there without its events when those are gone', async () => {
    const first = await openTab()
    await first.keeper.openGuest(await makeGuest(REPRODUCTION))
    first.write('any where false')
    await first.save()
    await clearBlobs()
    const again = await openTab()
    expect([again.keeper.guest?.name, again.query()]).toEqual(['Look', 'any where false'])
    expect(again.bench.lost.map(({ name }) => name)).toEqual(['events.ndjson'])
  })

  test('do not come back over another link', async () => {
    const first = await openTab(await link())
    first.write('any where false')
    await first.save()
    const other = printReproduction({ ...REPRODUCTION, title: 'Another' })
    const again = await openTab(await printLink(other))
    expect([again.keeper.name, again.query()]).toEqual([
      'Another',
      '// title: One\nany where true',
    ])
    expect(store.has('maxspan unsaved')).toBe(false)
  })

  test('can be kept when it is closed', async () => {
    const tab = await openTab(await link())
    tab.write('any where false')
    await tab.guests.close()
    expect(tab.notices().join()).toContain('were not saved')
    tab.take('Keep as a session')
    await soon(() => expect(tab.keeper.name).toBe('Look'))
    await soon(() => expect(tab.keeper.isOpen).toBe(true))
    expect(tab.query()).toBe('any where false')
    expect([tab.keeper.guest, tab.bench.sources.length]).toEqual([undefined, 1])
  })

  test('are asked for nowhere while there are none', async () => {
    const tab = await openTab(await link())
    await tab.guests.close()
    expect(tab.notices()).toEqual([])
  })
})

/** Adds a source, as a dropped file does, and waits until all is written. */
async function drop(tab: Tab, name: string): Promise<void> {
  const blob = new Blob([name])
  tab.bench.sources.push(new OpenSource({ id: `id of ${name}`, name, blob }))
  await tab.save()
}

const blobOf = async (name: string) => (await stored()).getBlob(`id of ${name}`)

/** What a browser does that is short of room. */
async function clearBlobs(): Promise<void> {
  const database = await openDB(DATABASE_NAME)
  await database.clear('blobs')
  database.close()
}

describe('what is stored of sources', () => {
  /** Adds one that is still hashed, until its content id is told. */
  function dropUnhashed(tab: Tab) {
    let tell: (id: string) => void = () => undefined
    const contentId = new Promise<string>((resolve) => (tell = resolve))
    const file = { id: 'of the page', name: 'large', blob: new Blob(['large']) }
    const source = new OpenSource(file, true, undefined, undefined, contentId)
    tab.bench.sources.push(source)
    // As the page does whenever what it shows of the workbench changes.
    tab.keeper.watch()
    void source.identified.then(() => tab.keeper.watch())
    return async () => {
      await new Promise((resume) => setTimeout(resume, 50))
      tell('id of large')
    }
  }

  test('is stored of one that is still hashed when its session is left', async () => {
    const tab = await openTab()
    const own = tab.keeper.id
    const tell = dropUnhashed(tab)
    const leaving = tab.keeper.addEmpty()
    await tell()
    await leaving
    const session = await (await stored()).load(own!)
    expect(session?.data.sources.map(({ id }) => id)).toContain('id of large')
    expect(await (await blobOf('large'))?.text()).toBe('large')
  })

  test('is in a copy of a session that was made while it was still hashed', async () => {
    const tab = await openTab()
    const tell = dropUnhashed(tab)
    const copying = tab.keeper.duplicate()
    await tell()
    await copying
    expect(tab.keeper.name).toContain('(copy)')
    expect([tab.bench.lost, tab.bench.sources.map(({ id }) => id)]).toEqual([
      [],
      expect.arrayContaining(['id of large']),
    ])
  })

  /** These stores take nothing until it is called. */
  function fillStorage(...stores: readonly string[]): () => void {
    const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put')
    spy.mockImplementation(function (this: IDBObjectStore, value: unknown) {
      if (!stores.includes(this.name)) return put.call(this, value)
      throw new DOMException('no room', 'QuotaExceededError')
    })
    return () => spy.mockRestore()
  }

  /** Files are looked for, and not written until it is said. */
  function holdUpWrites() {
    const waiting: (() => void)[] = []
    const holds = Reflect.get<Sessions, 'putBlob'>(Sessions.prototype, 'putBlob')
    vi.spyOn(Sessions.prototype, 'putBlob').mockImplementation(async function (
      this: Sessions,
      ...given
    ) {
      await new Promise<void>((resume) => waiting.push(resume))
      return holds.apply(this, given)
    })
    return {
      waiting: () => waiting.length,
      all: () => {
        for (const resume of waiting) resume()
      },
    }
  }

  test('what finds no room is told, the rest is stored, and it is tried again', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    const makeRoom = fillStorage('blobs')
    await drop(tab, 'a.ndjson')
    await soon(() => expect([...tab.keeper.storing!.failed]).toEqual(['id of a.ndjson']))
    expect(tab.notices().join()).toContain('no room left')
    const data = (await (await stored()).current())?.data
    expect(data?.sources.map(({ name }) => name)).toEqual(['a.ndjson'])
    tab.take('Make room…')
    expect(tab.bench.showsSessions).toBe(true)

    makeRoom()
    await tab.keeper.tryAgain()
    expect([...tab.keeper.storing!.failed]).toEqual([])
    expect(await blobOf('a.ndjson')).toBeDefined()
  })

  test('what is gone keeps its place in the session until it is dropped again', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    await drop(tab, 'a.ndjson')
    await soon(async () => expect(await blobOf('a.ndjson')).toBeDefined())
    await clearBlobs()
    const again = await openTab()
    expect(again.bench.lost.map(({ name }) => name)).toEqual(['a.ndjson'])
    expect(again.notices().join()).toContain('a.ndjson is no longer stored')
    await again.save()
    const data = (await (await stored()).current())?.data
    expect(data?.sources.map(({ name }) => name)).toEqual(['a.ndjson'])
  })

  test('kept out, nothing of them is stored, and nothing is missed', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    await drop(tab, 'a.ndjson')
    await soon(async () => expect(await blobOf('a.ndjson')).toBeDefined())
    await tab.keeper.keepEventsOut(true)
    expect(await blobOf('a.ndjson')).toBeUndefined()
    await drop(tab, 'b.ndjson')
    expect(await blobOf('b.ndjson')).toBeUndefined()
    const again = await openTab()
    expect([again.bench.eventsOut, again.bench.lost.length]).toEqual([true, 2])
    expect(again.notices()).toEqual([])
  })

  test('kept out, nothing of them is stored with edits that are kept', async () => {
    const first = await openTab()
    await first.keeper.addEmpty()
    await drop(first, 'a.ndjson')
    await first.keeper.keepEventsOut(true)
    const second = await openTab()
    await drop(second, 'b.ndjson')
    await second.keeper.addEmpty()
    second.take('Keep as a session')
    await soon(() => expect(second.bench.eventsOut).toBe(true))
    await soon(() => expect(second.keeper.isOpen).toBe(true))
    expect(second.bench.sources.map(({ name }) => name)).toEqual(['b.ndjson'])
    expect(await blobOf('b.ndjson')).toBeUndefined()
  })

  test('dropped again after another tab deleted it elsewhere, it is stored', async () => {
    const first = await openTab()
    await first.keeper.addEmpty()
    await drop(first, 'a.ndjson')
    await soon(async () => expect(await blobOf('a.ndjson')).toBeDefined())
    const id = first.keeper.id!
    await first.keeper.addEmpty()
    const storage = await stored()
    await (await storage.remove(id)).forget()
    expect(await blobOf('a.ndjson')).toBeUndefined()
    await drop(first, 'a.ndjson')
    await soon(async () => expect(await blobOf('a.ndjson')).toBeDefined())
  })

  test('of a guest, they go with it, also when a deleted session is let go beside it', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    await drop(tab, 'a.ndjson')
    await soon(async () => expect(await blobOf('a.ndjson')).toBeDefined())
    await tab.keeper.remove()
    await tab.keeper.openGuest(await makeGuest(REPRODUCTION))
    const [source] = tab.bench.sources
    tab.bench.notices.close(tab.bench.notices.list[0]!.id)
    await soon(async () => expect(await blobOf('a.ndjson')).toBeUndefined())
    await tab.save()
    await tab.guests.close()
    expect(await (await stored()).getBlob(source!.id)).toBeUndefined()
  })

  test('what was left without room is stored when there is some', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    const { id } = tab.keeper
    const makeRoom = fillStorage('blobs', 'states')
    await drop(tab, 'a.ndjson')
    await tab.keeper.addEmpty()
    expect(tab.asks()).toBe(true)
    makeRoom()
    await tab.keeper.tryAgain()
    const left = await (await stored()).peek(id!)
    expect(left?.data.sources.map(({ name }) => name)).toEqual(['a.ndjson'])
    expect(await blobOf('a.ndjson')).toBeDefined()
    expect([tab.asks(), tab.keeper.session.isStored]).toEqual([false, true])
  })

  test('an edit that was left without room is stored with the next one', async () => {
    const tab = await openTab()
    const { id } = tab.keeper
    const makeRoom = fillStorage('states')
    tab.write('any where 1 == 1')
    await tab.save()
    await tab.keeper.addEmpty()
    makeRoom()
    tab.bench.memoryLimit = 1e9
    await tab.save()
    await soon(async () => {
      const left = await (await stored()).peek(id!)
      expect(left?.data.rules[0]?.edited).toBe('any where 1 == 1')
    })
  })

  test('a file that is being written when files are kept out does not stay', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    const goOn = holdUpWrites()
    await drop(tab, 'a.ndjson')
    await soon(() => expect(goOn.waiting()).toBe(1))
    const kept = tab.keeper.keepEventsOut(true)
    // Long enough for what does not wait.
    await (await stored()).measure()
    goOn.all()
    await kept
    expect(await blobOf('a.ndjson')).toBeUndefined()
  })

  test('a file that is still being written when another tab takes over is found there', async () => {
    const first = await openTab()
    await first.keeper.addEmpty()
    const goOn = holdUpWrites()
    await drop(first, 'a.ndjson')
    await soon(() => expect(goOn.waiting()).toBe(1))
    const second = await openTab()
    await second.keeper.takeOver()
    expect(second.bench.lost.map(({ name }) => name)).toEqual(['a.ndjson'])
    goOn.all()
    await soon(() => expect(second.bench.lost).toEqual([]))
    expect(second.bench.sources.map(({ name }) => name)).toEqual(['a.ndjson'])
    expect([second.keeper.session.mode, second.asks()]).toEqual(['own', false])
  })

  test('kept in again, they are stored', async () => {
    const tab = await openTab()
    await tab.keeper.addEmpty()
    await tab.keeper.keepEventsOut(true)
    await drop(tab, 'a.ndjson')
    await tab.keeper.keepEventsOut(false)
    expect(await blobOf('a.ndjson')).toBeDefined()
  })
})

test('the browser is asked to keep what is stored at the first work, once', async () => {
  const persist = vi.fn(async () => true)
  vi.stubGlobal('navigator', { storage: { persist } })
  const tab = await openTab()
  await tab.save()
  expect(persist).not.toHaveBeenCalled()
  tab.write('any where true')
  await tab.save()
  tab.write('any where false')
  await tab.save()
  const again = await openTab()
  again.write('any where true')
  await again.save()
  expect(persist).toHaveBeenCalledOnce()
})
