import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openDatabase, STEPS } from '../../src/session/database'
import { EMPTY_SESSION } from '../../src/session/session'
import type { SessionData } from '../../src/session/session'
import { openSessions } from '../../src/session/sessions'
import type { Sessions } from '../../src/session/sessions'

let name = ''
let told: string[] = []
const open = () =>
  openSessions({ name, onProblem: (sentence) => void told.push(sentence) })

const withSources = (...ids: string[]): SessionData => ({
  ...EMPTY_SESSION,
  sources: ids.map((id) => ({ id, name: `${id}.ndjson`, active: true })),
})
const text = async (sessions: Sessions, id: string) =>
  (await sessions.getBlob(id))?.text()

beforeEach(() => {
  name = `sessions ${crypto.randomUUID()}`
  told = []
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a session', () => {
  const edited: SessionData = {
    rules: [
      {
        id: 'r1',
        origin: { format: 'eql', text: 'any where true' },
        edited: 'any where',
      },
    ],
    sources: [{ id: 'aa', name: 'a.ndjson', active: false }],
    mapping: '{"properties":{}}',
    view: {
      selectedRule: 'r1',
      theme: 'dark',
      panes: { main: [20, 40, 40] },
      tabs: { result: 'near misses' },
    },
  }

  test('comes back as it was saved', async () => {
    const { id } = await (await open()).create('First')
    await (await open()).save(id, edited)
    expect(await (await open()).current()).toEqual({ id, name: 'First', data: edited })
    expect(told).toEqual([])
  })

  test('is the current one once created or loaded', async () => {
    const sessions = await open()
    const first = await sessions.create('First')
    const second = await sessions.create('Second')
    expect((await sessions.current())?.id).toBe(second.id)
    await sessions.load(first.id)
    expect((await (await open()).current())?.id).toBe(first.id)
  })

  test('keeps its content when renamed', async () => {
    const sessions = await open()
    const { id } = await sessions.create('First', edited)
    await sessions.rename(id, 'Better name')
    expect(await sessions.load(id)).toEqual({ id, name: 'Better name', data: edited })
  })

  test('is listed, the one saved last first', async () => {
    vi.spyOn(Date, 'now').mockReturnValueOnce(10).mockReturnValue(20)
    const sessions = await open()
    const first = await sessions.create('First')
    await sessions.create('Second')
    vi.mocked(Date.now).mockReturnValue(30)
    await sessions.save(first.id, edited)
    const list = await sessions.list()
    expect(list.map(({ name, saved }) => `${name} ${saved}`)).toEqual([
      'First 30',
      'Second 20',
    ])
  })

  test('duplicated, goes its own way', async () => {
    const sessions = await open()
    const first = await sessions.create('First', edited)
    const copy = await sessions.duplicate(first.id, 'Copy')
    await sessions.save(first.id, EMPTY_SESSION)
    expect(copy && (await sessions.load(copy.id))?.data).toEqual(edited)
    expect(await sessions.duplicate('no such session', 'Copy')).toBeUndefined()
  })

  test('removed, can be put back with its place in the list', async () => {
    const sessions = await open()
    const { id } = await sessions.create('First', edited)
    const before = await sessions.list()
    const removed = await sessions.remove(id)
    expect(await sessions.list()).toEqual([])
    expect(await sessions.current()).toBeUndefined()
    await removed.restore()
    expect(await sessions.list()).toEqual(before)
    expect((await sessions.current())?.data).toEqual(edited)
  })
})

describe('Blobs', () => {
  test('are shared, and go with the last session that uses them', async () => {
    const writer = await open()
    const one = await writer.create('One', withSources('both', 'mine'))
    const two = await writer.create('Two', withSources('both'))
    await writer.putBlob('both', new Blob(['b']))
    await writer.putBlob('mine', new Blob(['m']))

    const sessions = await open()
    await (await sessions.remove(one.id)).forget()
    expect(await text(sessions, 'both')).toBe('b')
    expect(await text(sessions, 'mine')).toBeUndefined()
    await (await sessions.remove(two.id)).forget()
    expect(await text(sessions, 'both')).toBeUndefined()
  })

  test('stay for an undo', async () => {
    const sessions = await open()
    const { id } = await sessions.create('One', withSources('a'))
    await sessions.putBlob('a', new Blob(['a']))
    const removed = await sessions.remove(id)
    await removed.restore()
    expect(await text(await open(), 'a')).toBe('a')
  })

  test('stay for an undo of a day when another tab sweeps', async () => {
    const sessions = await open()
    const { id } = await sessions.create('One', withSources('a'))
    await sessions.putBlob('a', new Blob(['a']))
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 48 * 3600_000)
    const removed = await sessions.remove(id)
    await (await open()).sweep()
    await removed.restore()
    expect(await text(await open(), 'a')).toBe('a')
    await sessions.remove(id)
    await (await open()).sweep(Date.now() + 25 * 3600_000)
    expect(await text(await open(), 'a')).toBeUndefined()
  })

  test('stay for an undo when another session with them is let go', async () => {
    const writer = await open()
    const one = await writer.create('One', withSources('a'))
    const two = await writer.create('Two', withSources('a'))
    await writer.putBlob('a', new Blob(['a']))
    const sessions = await open()
    const removed = await sessions.remove(one.id)
    await (await sessions.remove(two.id)).forget()
    expect(await text(sessions, 'a')).toBe('a')
    await removed.forget()
    expect(await text(sessions, 'a')).toBeUndefined()
  })

  test('nobody uses are swept after a day, not before', async () => {
    const writer = await open()
    await writer.create('One', withSources('used'))
    await writer.putBlob('used', new Blob(['u']))
    await writer.putBlob('left', new Blob(['l']))

    const sessions = await open()
    await sessions.sweep(Date.now() + 23 * 3600_000)
    expect(await text(sessions, 'left')).toBe('l')
    await sessions.sweep(Date.now() + 25 * 3600_000)
    expect(await text(sessions, 'left')).toBeUndefined()
    expect(await text(sessions, 'used')).toBe('u')
  })
})

/** The whole life of a session, to be the same with and without a database. */
async function live(sessions: Sessions): Promise<void> {
  const { id } = await sessions.create('First')
  await sessions.putBlob('a', new Blob(['a']))
  await sessions.save(id, withSources('a'))
  const copy = await sessions.duplicate(id, 'Copy')
  await sessions.rename(id, 'Renamed')
  await (await sessions.remove(copy?.id ?? '')).forget()
  expect((await sessions.list()).map((each) => each.name)).toEqual(['Renamed'])
  expect(await sessions.current()).toEqual({
    id,
    name: 'Renamed',
    data: withSources('a'),
  })
  expect(await text(sessions, 'a')).toBe('a')
}

describe('when storage fails', () => {
  test('refused: all works in memory, and it is said once', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    await live(await open())
    expect(told).toEqual([expect.stringContaining('does not let the page store')])
  })

  test('full: all works in memory, and it is said once', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await live(await open())
    expect(told).toEqual([expect.stringContaining('no room left')])
  })

  test('full for one Blob: the rest is kept', async () => {
    const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
    ) {
      if (this.name !== 'blobs') return put.call(this, value)
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await live(await open())
    const later = await open()
    expect((await later.current())?.data).toEqual(withSources('a'))
    expect(await later.getBlob('a')).toBeUndefined()
  })

  /** Writes to the states of sessions fail until this is called. */
  const fillUp = (): (() => void) => {
    const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
    const full = vi.spyOn(IDBObjectStore.prototype, 'put')
    full.mockImplementation(function (this: IDBObjectStore, value: unknown) {
      if (this.name !== 'states') return put.call(this, value)
      throw new DOMException('no room', 'QuotaExceededError')
    })
    return () => full.mockRestore()
  }
  const allOf = async (sessions: Sessions) => {
    const list = await sessions.list()
    const all = await Promise.all(list.map(({ id }) => sessions.peek(id)))
    return all
      .map((each) => [each?.name, ...(each?.data.sources ?? []).map(({ id }) => id)])
      .sort()
  }

  test.each([
    ['tried again', (tab: Sessions) => tab.tryAgain()],
    ['opened again', (tab: Sessions, id: string) => tab.load(id)],
  ])('an edit without room stands beside a newer one, when it is %s', async (_, goOn) => {
    const [first, second] = [await open(), await open()]
    const { id } = await first.create('One', withSources('begun'))
    const makeRoom = fillUp()
    await first.save(id, withSources('older'))
    makeRoom()
    await second.save(id, withSources('newer'))
    await goOn(first, id)
    const kept = [
      ['One (unsaved edits)', 'older'],
      ['One', 'newer'],
    ]
    expect([await allOf(first), await allOf(await open())]).toEqual([kept, kept])
  })

  test('it is told that there is a session more', async () => {
    const onOvertaken = vi.fn(() => undefined)
    const first = await openSessions({ onProblem: () => undefined, onOvertaken })
    const { id } = await first.create('One', withSources('begun'))
    const makeRoom = fillUp()
    await first.save(id, withSources('older'))
    makeRoom()
    await first.tryAgain()
    expect(onOvertaken).not.toHaveBeenCalled()
    fillUp()
    await first.save(id, withSources('older still'))
    vi.restoreAllMocks()
    const second = await openSessions({ onProblem: () => undefined })
    await second.save(id, withSources('newer'))
    await first.tryAgain()
    expect(onOvertaken).toHaveBeenCalledOnce()
    expect(await first.list()).toHaveLength(2)
  })

  test('an edit without room of a session that another tab deleted goes with it', async () => {
    const [first, second] = [await open(), await open()]
    const { id } = await first.create('One', withSources('begun'))
    const makeRoom = fillUp()
    await first.save(id, withSources('older'))
    makeRoom()
    await (await second.remove(id)).forget()
    await first.tryAgain()
    expect([await allOf(await open()), first.lacksRoom]).toEqual([[], false])
    await first.putBlob('older', new Blob(['o']))
    await first.dropBlobs(['older'])
    expect(await first.getBlob('older')).toBeUndefined()
  })

  test('an edit without room does not replace a newer one of the same tab', async () => {
    const sessions = await open()
    const [one, two] = [await sessions.create('One'), await sessions.create('Two')]
    const makeRoom = fillUp()
    await sessions.save(one.id, withSources('older'))
    await sessions.save(two.id, withSources('older'))
    makeRoom()
    const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
    const again = vi.spyOn(IDBObjectStore.prototype, 'put')
    let saving: Promise<boolean> | undefined
    again.mockImplementation(function (this: IDBObjectStore, value: { id: string }) {
      const key = put.call(this, value)
      // The next edit comes while the first of the older ones is written.
      if (this.name === 'states') saving ??= sessions.save(two.id, withSources('newer'))
      return key
    })
    await sessions.tryAgain()
    await saving
    expect(await allOf(await open())).toEqual([
      ['One', 'older'],
      ['Two', 'newer'],
    ])
  })

  test('taken by a newer version in another tab: it is said, work goes on', async () => {
    const sessions = await open()
    const newer = await openDB(name, STEPS.length + 1)
    expect(told).toEqual([expect.stringContaining('newer version')])
    await live(sessions)
    newer.close()
  })

  test('a newer version is left alone', async () => {
    ;(await openDB(name, STEPS.length + 1)).close()
    await live(await open())
    expect(told).toEqual([expect.stringContaining('left as it is')])
  })

  test('an older tab that will not close is said', async () => {
    const older = await openDB(name, STEPS.length)
    const problems: string[] = []
    const next = [...STEPS, () => undefined]
    const database = await openDatabase(name, (each) => void problems.push(each), next)
    expect(database).toBeUndefined()
    expect(problems).toEqual(['blocked'])
    older.close()
  })

  test('what is not plain data is the fault of the caller', async () => {
    const sessions = await open()
    const notPlain = { ...EMPTY_SESSION, mapping: (() => '') as unknown as string }
    await expect(sessions.create('First', notPlain)).rejects.toThrow(DOMException)
    expect(told).toEqual([])
  })
})
