import { gzipSync, zipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import { atOnce } from '../../src/events/in-pieces'
import { nextTask } from '../../src/ingest/pace'
import { EngineHost } from '../../src/worker/host'
import { tabCapacity } from '../../src/worker/memory-budget'
import { readNeeds } from '../../src/worker/rule-needs'
import { makeEventBlob } from '../bench/data/event-data'
import { seededDraw } from '../bench/data/draw'

const draw = seededDraw(5)
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const small = (at: number): string =>
  JSON.stringify({
    '@timestamp': 1_767_000_000_000 + at * 250,
    event: { category: 'process' },
    host: { id: `h${draw.below(300)}` },
    n: at,
    id: draw.hex(32),
    ...(at % 20 === 0 && { rare: draw.hex(4) }),
  })
const smallLines = Array.from({ length: 60_000 }, (_, at) => small(at))

const SHAPES: Readonly<Record<string, () => Blob | Promise<Blob>>> = {
  lean: () => makeEventBlob('lean', 8000),
  fat: () => makeEventBlob('fat', 5000),
  'like real ones': () => makeEventBlob('real-like', 6000),
  packed: async () => new Blob([gzipSync(await bytesOf(makeEventBlob('lean', 12_000)))]),
  'in an archive': async () => {
    const bytes = await bytesOf(makeEventBlob('lean', 12_000))
    return new Blob([zipSync({ 'a.ndjson': bytes })])
  },
  'small and ever new': () => new Blob([smallLines.join('\n')]),
  'one array': () => new Blob([`[${smallLines.slice(0, 40_000).join(',\n')}]`]),
}

const rule =
  'sequence by host.id with maxspan=1m [process where process.name == "a"] [network where true]'

/** Too little for any of these, so that all are looked at. */
const LITTLE = 1_000_000

describe.each(Object.entries(SHAPES))('events that are %s', (_, make) => {
  test('take about what was estimated', async () => {
    const source = { id: 'a', name: 'a', blob: await make() }
    const estimate = await new EngineHost().estimate(source, [{ query: rule }], LITTLE)
    const host = new EngineHost()
    await host.load(source)
    const { events, clock } = await host.state()
    const truth = host.store.heldBytes()
    expect(estimate).toMatchObject({ bytes: source.blob.size, fits: false })
    expect(estimate.events / events).toBeGreaterThan(0.95)
    expect(estimate.events / events).toBeLessThan(1.05)
    expect(estimate.memoryBytes / truth).toBeGreaterThan(0.7)
    expect(estimate.memoryBytes / truth).toBeLessThan(1.3)
    for (const choice of estimate.choices.slice(1)) {
      expect(choice.memoryBytes).toBeLessThan(estimate.memoryBytes)
      const { time } = choice.keep
      if (time) expect(time.from).toBe(clock?.from)
      if (time) expect(time.to).toBeLessThan(clock!.to)
    }
  })
})

test('what does not fit can be read in part', async () => {
  const source = { id: 'a', name: 'a', blob: await SHAPES['lean']!() }
  const host = new EngineHost()
  const budget = 1_000_000
  const { choices } = await host.estimate(source, [{ query: rule }], budget)
  expect(choices.map(({ kind }) => kind)).toEqual(['all', 'fields', 'keys', 'time'])
  const [all, fields, keys, time] = choices
  expect(all?.keep).toEqual({})
  const read = ['@timestamp', 'event.category', 'host.id', 'process.name']
  // In which index events are, and on which machine, is told by more.
  expect(fields?.keep.fields?.slice(0, 4).toSorted()).toEqual(read)
  expect(fields?.keep.fields).toContain('_index')
  expect(fields?.keep.fields).toContain('data_stream.dataset')
  expect(keys?.keep.keys?.field).toBe('host.id')
  expect(keys?.keep.keys?.share).toBeGreaterThan(0.1)
  for (const choice of [keys, time]) expect(choice?.memoryBytes).toBeLessThan(budget)
})

test('fields that only exceptions read are kept with those of rules', async () => {
  const hides = {
    kind: 'all',
    tests: [
      { kind: 'equals', field: 'process.code_signature.subject_name', values: ['x'] },
      { kind: 'not', test: { kind: 'exists', field: 'user.name' } },
      {
        kind: 'nested',
        path: 'dll.Ext',
        test: { kind: 'exists', field: 'dll.Ext.mapped_size' },
      },
    ],
  } as const
  const rules = [{ query: rule, hidden: [{ id: 'e', hides }] }]
  const source = { id: 'a', name: 'a', blob: await SHAPES['lean']!() }
  const { choices } = await new EngineHost().estimate(source, rules, 1_000_000)
  const kept = choices.find(({ kind }) => kind === 'fields')?.keep.fields
  expect(kept).toEqual(
    expect.arrayContaining([
      'process.code_signature.subject_name',
      'user.name',
      'dll.Ext.mapped_size',
    ]),
  )
})

test('messages are let in while the texts of rules are read', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
  let turn = 0
  const over = new AbortController()
  const turns: number[] = []
  const rules = Array.from({ length: 20 }, (_, number) => ({
    get query() {
      turns.push(turn)
      return `any where number == ${String(number)}`
    },
  }))
  const source = { id: 'a', name: 'a', blob: makeEventBlob('lean', 100) }
  const estimated = new EngineHost().estimate(source, rules, 1000).finally(() => {
    over.abort()
    vi.restoreAllMocks()
  })
  for (; !over.signal.aborted; turn++) await nextTask()
  await estimated
  expect(turns).toHaveLength(rules.length)
  expect(new Set(turns).size).toBeGreaterThan(rules.length / 2)
})

test('no rule is read for a file that is small', async () => {
  const rules = [
    {
      get query(): string {
        throw new Error('read')
      },
    },
  ]
  const source = { id: 'a', name: 'a', blob: new Blob([smallLines[0]!]) }
  expect(await new EngineHost().estimate(source, rules)).toMatchObject({ fits: true })
})

test('a part that is read takes about what was said of it', async () => {
  const source = { id: 'a', name: 'a', blob: makeEventBlob('lean', 9000) }
  const estimated = await new EngineHost().estimate(source, [{ query: rule }], 1_500_000)
  for (const { kind, keep, events, memoryBytes } of estimated.choices) {
    const host = new EngineHost()
    const done = await host.load(source, undefined, keep)
    expect(done).toMatchObject({ ok: true, value: { keep } })
    // Whole keys are of all sizes.
    const slack = kind === 'keys' ? 0.4 : 0.3
    for (const [told, truth] of [
      [events, (await host.state()).events],
      [memoryBytes, host.store.heldBytes()],
    ] as const) {
      expect(told / truth, kind).toBeGreaterThan(1 - slack)
      expect(told / truth, kind).toBeLessThan(1 + slack)
    }
  }
})

test('what is small fits, and is hardly looked at', async () => {
  const blob = new Blob([smallLines.slice(0, 100).join('\n')])
  const read = blob.slice.bind(blob)
  let reads = 0
  blob.slice = (...at) => {
    reads++
    return read(...at)
  }
  const estimate = await new EngineHost().estimate({ id: 'a', name: 'a', blob })
  expect(estimate).toMatchObject({ fits: true, choices: [{ kind: 'all', keep: {} }] })
  expect(reads).toBe(0)
})

test('what is loaded leaves less room', async () => {
  const host = new EngineHost()
  const source = { id: 'a', name: 'a', blob: makeEventBlob('lean', 2000) }
  const before = await host.estimate(source)
  await host.load(source)
  const after = await host.estimate(source)
  expect(before.budgetBytes - after.budgetBytes).toBe(host.store.heldBytes())
})

test.each([
  [['any where true'], ['@timestamp', 'event.category', 'host.id'], 'host.id'],
  [
    [
      'sequence by a, b [any where c == 1] [any where true]',
      'sequence by b [any where true] [any where true]',
    ],
    ['@timestamp', 'a', 'b', 'c', 'event.category'],
    'b',
  ],
  // Joined by another field in each step, no key is whole.
  [
    ['sequence [any where true] by a [any where true] by b'],
    ['@timestamp', 'a', 'b', 'event.category', 'host.id'],
    'host.id',
  ],
  [['any where'], ['@timestamp', 'event.category', 'host.id'], 'host.id'],
])('%j need %j, and keys by %s', (queries, fields, key) => {
  const needs = atOnce(readNeeds(queries.map((query) => ({ query }))))
  expect([needs.fields.toSorted(), needs.key]).toEqual([fields, key])
})

const GB = 1024 ** 3
test.each([
  [{}, 2],
  [{ deviceMemory: 8 }, 3.5],
  [{ deviceMemory: 4 }, 2],
  [{ deviceMemory: 1 }, 0.5],
  [{ deviceMemory: 8, heapLimit: 1 * GB }, 1],
])('a tab of %j holds %d GB', (machine, gigabytes) => {
  expect(tabCapacity(machine)).toBe(gigabytes * GB)
})
