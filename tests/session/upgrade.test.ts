import 'fake-indexeddb/auto'
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
beforeEach(() => {
  name = `upgrade ${crypto.randomUUID()}`
})

const noProblem = (problem: string) => {
  throw new Error(problem)
}

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

/**
 * Since version 5 also with how events of Windows become ECS, and whether their content
 * is kept out; a source knows its events, and a save when the session was last used.
 */
const VERSION_5 = {
  data: {
    rules: [VERSION_4_RULE],
    sources: [{ id: 'c0ffee-3', name: 'a.ndjson', active: true, events: 1 }],
    mapMode: 'extended',
    eventsOut: true,
  },
  save: { id: 's1', saved: 1_790_000_600_000, used: 1_790_000_900_000 },
} as const

/** Since version 6 also with when it was opened, and versions of every kind. */
const VERSION_6_RULE = {
  id: 'r1',
  origin: { format: 'eql', text: 'process where true' },
  opened: 1_790_000_000_000,
  versions: [
    { time: 1_790_000_100_000, text: 'process where false', format: 'eql' },
    { time: 1_790_000_200_000, text: '[rule]\n', byHand: false, name: 'A try' },
  ],
} as const

/** Since version 7 also with the name of its file, and several files of events. */
const VERSION_7_RULE = {
  id: 'r1',
  origin: { format: 'eql', text: 'process where true', name: 'beacon' },
  tests: { text: 'format = 1', files: [{ name: 'late.ndjson', text: '{}' }] },
} as const

/** What each version stored, the first first. A new step needs a fixture of its own. */
const FIXTURES: readonly Fixture[] = [
  {},
  { data: { rules: [VERSION_2_RULE] } },
  { data: { rules: [VERSION_3_RULE] } },
  { data: { rules: [VERSION_4_RULE] } },
  VERSION_5,
  { data: { rules: [VERSION_6_RULE] } },
  { data: { rules: [VERSION_7_RULE] } },
]
interface Fixture {
  /** What differs of the session's data from that of version 1. */
  readonly data?: object
  readonly save?: { readonly used: number }
}

/** Leaves behind what a page of that version left behind, made by its own steps. */
async function leaveBehind(version: number): Promise<object> {
  const { data, save } = FIXTURES[version - 1] ?? {}
  const state = { id: 's1', data: { ...VERSION_1.states[0]?.data, ...data } }
  const records = { ...VERSION_1, states: [state], ...(save && { saves: [save] }) }
  const database = await openDatabase(name, noProblem, STEPS.slice(0, version))
  const writable = database as unknown as Writable
  for (const [store, list] of Object.entries(records))
    for (const record of list) await writable.put(store, record)
  database?.close()
  return state.data
}

interface Writable {
  put(store: string, record: unknown): Promise<unknown>
}

test('every version has its fixture', () => {
  expect(FIXTURES).toHaveLength(STEPS.length)
})

test.each(FIXTURES.map((fixture, i) => [i + 1, fixture] as const))(
  'what version %d stored opens',
  async (version, { save }) => {
    const data = await leaveBehind(version)
    const sessions = await openSessions({ name, onProblem: noProblem })
    expect(await sessions.current()).toEqual({ id: 's1', name: 'Dropped scripts', data })
    const [listed] = await sessions.list()
    expect(listed).toEqual({
      id: 's1',
      name: 'Dropped scripts',
      created: 1_790_000_000_000,
      saved: 1_790_000_600_000,
      used: save?.used ?? 1_790_000_600_000,
    })
    expect(await (await sessions.getBlob('c0ffee-3'))?.text()).toBe('{}\n')
  },
)

test('only the steps that are missing are taken, in order', async () => {
  await leaveBehind(1)
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
