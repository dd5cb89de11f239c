import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { answerBatch } from '../../src/headless/batch'

const event = (id: number, more: object = {}) => ({
  '@timestamp': id * 1000,
  event: { category: 'process' },
  n: id,
  ...more,
})
const twelve = Array.from({ length: 12 }, (_, i) => event(i))

/** Answers requests given as objects or as raw lines. */
async function ask(...requests: (object | string)[]) {
  const text = requests.map((one) =>
    typeof one === 'string' ? one : JSON.stringify(one),
  )
  const answers: string[] = []
  await answerBatch(
    Readable.from([text.join('\n')]),
    (line) => answers.push(line),
    () => undefined,
  )
  return answers
}
const askOne = async (request: object) =>
  JSON.parse((await ask({ id: 'x', ...request }))[0] ?? '') as Record<string, never>
const ids = ({ hits }: { hits?: { events: { _id: string }[] } }) =>
  hits?.events.map(({ _id }) => Number(_id))

test('answers come in the order of the requests, each under its id', async () => {
  const answers = await ask(
    { id: 1, query: 'any where n == 3', events: twelve },
    'oops',
    {
      id: { any: 'thing' },
      query: 'any where',
    },
  )
  const [first, second, third] = answers.map(
    (line) => JSON.parse(line) as { id: unknown },
  )
  expect(first).toMatchObject({
    id: 1,
    hits: { events: [{ _id: '3', _source: { n: 3 } }] },
  })
  expect(second).toMatchObject({
    id: null,
    error: { reason: 'The line is not a JSON object.' },
  })
  expect(third).toMatchObject({
    id: { any: 'thing' },
    error: { type: 'parsing_exception' },
    status: 400,
  })
})

test.each([
  [{}, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  [{ result_position: 'head' }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [{ size: 2 }, [10, 11]],
  [{ size: 'all' }, twelve.map((_, i) => i)],
  [{ size: 3, query: 'any where true | head 5' }, [0, 1, 2]],
])('limits %j keep %j', async (limits, kept) => {
  expect(
    ids(await askOne({ query: 'any where true', events: twelve, ...limits })),
  ).toEqual(kept)
})

test('sequences have join keys and say which event is missing', async () => {
  const query = 'sequence by host with maxspan=5s [any where n == 1] ![any where n == 9]'
  expect(
    await askOne({ query, events: [event(1, { host: 'a' }), event(8, { host: 'a' })] }),
  ).toMatchObject({
    hits: {
      total: { value: 1, relation: 'eq' },
      sequences: [{ join_keys: ['a'], events: [{ _id: '0' }, { missing: true }] }],
    },
  })
})

test('integers no number can hold come back as they went in', async () => {
  const line =
    '{"id":1,"query":"any where big == 18446744073709551615","events":[{"@timestamp":1,"big":18446744073709551615}]}'
  expect((await ask(line))[0]).toContain(
    '"_source":{"@timestamp":1,"big":18446744073709551615}',
  )
})

test('a mapping, a category field, a clock and a tiebreaker are heeded', async () => {
  const events = [
    { time: 5, kind: 'b', order: 2, name: 'last' },
    { time: 5, kind: 'a', order: 1, name: 'first' },
  ]
  const properties = {
    time: { type: 'date' },
    kind: { type: 'keyword' },
    order: { type: 'long' },
  }
  const request = {
    query: 'sequence [a where true] [b where true]',
    events,
    mapping: { properties },
    timestamp_field: 'time',
    event_category_field: 'kind',
  }
  expect(await askOne(request)).toMatchObject({ hits: { sequences: [] } })
  expect(await askOne({ ...request, tiebreaker_field: 'order' })).toMatchObject({
    hits: { sequences: [{ events: [{ _id: '1' }, { _id: '0' }] }] },
  })
  expect(await askOne({ ...request, query: 'a where name == "first"' })).toMatchObject({
    error: {
      type: 'verification_exception',
      reason: expect.stringContaining('Unknown column [name]') as string,
    },
  })
})

test.each([
  [{ query: '' }, 'query is null or empty'],
  [{ query: 'any where true', size: -1 }, 'size must be greater than or equal to 0'],
  [{ query: 'any where true', fetch_size: 1 }, 'fetch size must be greater than 1'],
  [{ query: 'any where true', filter: { term: { a: 1 } } }, 'A filter in Query DSL'],
  [{ query: 'sample by a [b where true] [c where true]', fetch_size: 1001 }, '[1000]'],
  [{ query: 'any where true', result_position: 'x' }, "received 'x'"],
  [
    { query: 'any where true', event_category_field: '' },
    'event category field is null or empty',
  ],
  [
    { query: 'any where true', events_file: 'no/such/file' },
    'no/such/file cannot be read',
  ],
  [{ query: 'any where true', mapping: [1] }, 'This is not an index mapping'],
])('%j is refused: %s', async (request, reason) => {
  expect(await askOne(request)).toMatchObject({
    error: { reason: expect.stringContaining(reason) as string },
  })
})

test('events that stand over many lines in their file come on one', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'maxspan-')), 'pretty.json')
  const told = { '@timestamp': 1, m: 'a\nb', deep: { list: [1, 2] } }
  writeFileSync(file, `${JSON.stringify(told, null, 2)}\r\n`.repeat(2))
  const [answer = ''] = await ask({ query: 'any where true', events_file: file })
  expect(answer).not.toMatch(/[\r\n]/)
  const { hits } = JSON.parse(answer) as { hits: { events: { _source: object }[] } }
  expect(hits.events.map(({ _source }) => _source)).toEqual([told, told])
})

test.each([
  [{ query: 5 }, '"query" must be a text.'],
  [{ events: 'x' }, '"events" must be an array.'],
  [{ size: 1.5 }, '"size" must be a whole number or "all".'],
  [{ timestamp_field: {} }, '"timestamp_field" must be a text.'],
  [{ max_samples_per_key: '2' }, '"max_samples_per_key" must be a whole number.'],
])('a value of the wrong kind is refused: %j', async (request, reason) => {
  const answer = await askOne({ query: 'any where true', events: twelve, ...request })
  expect(answer).toMatchObject({ error: { reason }, status: 400 })
})

test('an explanation says why a clause is null, and what one trips over', async () => {
  const answer = await askOne({
    query: 'process where process.name == "cmd.exe" and not (user.name : "x")',
    events: [event(0, { process: { name: 'CMD.exe' } }), event(1, { process: {} })],
    explain: true,
  })
  const { near_misses } = answer['explanation'] as unknown as {
    near_misses: { evidence: Record<string, unknown> }[]
  }
  const said = JSON.stringify(near_misses.map(({ evidence }) => evidence))
  expect(said).toContain('"traps":["But for upper and lower case')
  expect(said).toContain('"why_null":"This event has no process.name."')
})

test('an explanation counts what each clause lets pass', async () => {
  const answer = await askOne({
    query:
      'sequence by user.name [process where process.name == "a" and process.pid > 4] ' +
      '[file where true]',
    events: [
      event(0, { process: { name: 'a', pid: 9 } }),
      event(1, { process: { name: 'b', pid: 9 } }),
      event(2, { process: { name: 'a' } }),
    ],
    explain: true,
  })
  const { coverage } = answer['explanation'] as unknown as { coverage: unknown }
  const first = { text: 'process.name == "a"', true: 2, false: 1, null: 0 }
  const second = { text: 'process.pid > 4', true: 2, false: 0, null: 1 }
  const third = { text: 'true', true: 0, false: 0, null: 0, left: 0, alone: 0 }
  expect(coverage).toEqual([
    {
      ...{ step: 1, role: 'step', category: 3, selected: 1, with_key: 0 },
      clauses: [
        { ...first, left: 2, alone: 1 },
        { ...second, left: 1, alone: 1 },
      ],
    },
    {
      ...{ step: 2, role: 'step', category: 0, present: ['process'] },
      ...{ clauses: [third], selected: 0, with_key: 0 },
    },
  ])
})
