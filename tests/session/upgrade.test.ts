import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { openDatabase, STEPS } from '../../src/session/database'
import type { Step } from '../../src/session/database'
import { openSessions } from '../../src/session/sessions'

/*
 * What each version of the page has left behind in people's browsers. A fixture stays
 * for ever as it is; every newer version must still open it.
 */
const VERSION_1 = {
  summaries: [{ id: 's1', name: 'Dropped scripts', created: 1_790_000_000_000 }],
  states: [
    {
      id: 's1',
      data: {
        rules: [
          {
            id: 'r1',
            origin: { format: 'eql', text: 'process where true' },
            edited: 'process where process.pid > 4',
          },
          { id: 'r2', origin: { format: 'toml', text: '[rule]\n' } },
        ],
        sources: [{ id: 'c0ffee-3', name: 'a.ndjson', active: true }],
        mapping: null,
        view: {
          selectedRule: 'r1',
          theme: 'dark',
          panes: { main: [22, 40, 38] },
          tabs: { result: 'matches' },
        },
      },
    },
  ],
  saves: [{ id: 's1', saved: 1_790_000_600_000 }],
  blobs: [{ id: 'c0ffee-3', added: 1_790_000_000_500, blob: new Blob(['{}\n']) }],
  notes: [{ id: 'current', value: 's1' }],
}

let name = ''
beforeEach(async () => {
  name = `upgrade ${crypto.randomUUID()}`
  const database = await openDB(name, 1, {
    upgrade(created) {
      for (const store of Object.keys(VERSION_1))
        created.createObjectStore(store, { keyPath: 'id' })
    },
  })
  for (const [store, records] of Object.entries(VERSION_1))
    for (const record of records) await database.put(store, record)
  database.close()
})

const noProblem = (problem: string) => {
  throw new Error(problem)
}

test('what version 1 stored opens', async () => {
  const sessions = await openSessions({ name, onProblem: noProblem })
  expect(await sessions.current()).toEqual({
    id: 's1',
    name: 'Dropped scripts',
    data: VERSION_1.states[0]?.data,
  })
  expect((await sessions.list()).map((each) => each.saved)).toEqual([1_790_000_600_000])
  expect(await (await sessions.getBlob('c0ffee-3'))?.text()).toBe('{}\n')
})

/** Since version 2 a rule may be kept with its TOML as edited, and one that is in pieces. */
const VERSION_2_RULE = {
  id: 'r1',
  origin: { format: 'eql', text: 'process where true' },
  document: '[rule]\nname = "r"\nseverity = "high"\nquery = "process where true"\n',
  draft: { text: '[rule', query: 'process where true' },
} as const

/** Since version 3 also with what is switched off, its tests and its saved versions. */
const VERSION_3_RULE = {
  id: 'r1',
  origin: { format: 'eql', text: 'process where true' },
  filtersOff: ['exception-l1-i1'],
  tests: { text: 'format = 1\n', events: '{}\n' },
  versions: [
    { time: 1_790_000_000_000, text: '[rule]\nquery = "process where false"\n' },
  ],
} as const

/** Since version 4 also with exceptions of another file, and whether indices limit it. */
const VERSION_4_RULE = {
  id: 'r1',
  origin: { format: 'eql', text: 'process where true' },
  exceptions: '[[exceptions]]\n[exceptions.container]\nlist_id = "l1"\n',
  onlyIndices: true,
} as const

test.each([
  [2, VERSION_2_RULE],
  [3, VERSION_3_RULE],
  [4, VERSION_4_RULE],
])('what version %d stored opens', async (_, rule) => {
  const database = await openDatabase(name, noProblem)
  const [state] = VERSION_1.states
  const data = { ...state?.data, rules: [rule] }
  await (database as unknown as Writable).put('states', { id: 's1', data })
  database?.close()
  const sessions = await openSessions({ name, onProblem: noProblem })
  expect((await sessions.current())?.data.rules).toEqual([rule])
})

interface Writable {
  put(store: string, record: unknown): Promise<unknown>
}

test('only the steps that are missing are taken, in order', async () => {
  const taken: string[] = []
  const steps: readonly Step[] = [
    () => taken.push('1'),
    () => taken.push('2'),
    (_database, upgrade) => {
      taken.push('3')
      void upgrade.objectStore('notes').put({ id: 'current', value: 'from step 3' })
    },
  ]
  const database = await openDatabase(name, noProblem, steps)
  expect(taken).toEqual(['2', '3'])
  expect(await database?.get('notes', 'current')).toEqual({
    id: 'current',
    value: 'from step 3',
  })
  expect(await database?.count('states')).toBe(1)
  database?.close()
})

test('a new database takes every step', async () => {
  const database = await openDatabase(`${name}, new`, noProblem)
  expect(database?.version).toBe(STEPS.length)
  expect(Array.from(database?.objectStoreNames ?? [])).toEqual(
    Object.keys(VERSION_1).sort(),
  )
  database?.close()
})
