import { beforeEach, describe, expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import type { TruthNodeView } from '../../src/worker/why-api'

const lines = [
  '{"_id":"a","@timestamp":"2026-01-01T10:00:00Z","event":{"category":"process"},"host":{"id":"h1"},"process":{"name":"CMD.exe","args":["/c","dir"]}}',
  '{"_id":"b","@timestamp":"2026-01-01T10:00:05Z","event":{"category":"network"},"host":{"id":"h1"},"destination":{"port":443}}',
  '{"_id":"c","@timestamp":"2026-01-01T10:00:30Z","event":{"category":"network"},"host":{"id":"h2"},"destination":{"port":443}}',
  '{"_id":"d","@timestamp":"2026-01-01T10:01:00Z","event":{"category":"process"},"host":{"id":"h3"}}',
]
const query =
  'sequence by host.id with maxspan=4s [process where process.name == "cmd.exe" or process.args : "/q"] [network where destination.port == 443]'
const [A, B, C, D] = [0, 1, 2, 3] as const

let host: EngineHost
const load = (id: string, text: string) =>
  host.load({ id, name: id, blob: new Blob([text]) })
const run = (ticket = 1, text = query) => host.run({ ruleId: 'r', ticket, query: text })
const spanOf = (part: string) => {
  const from = query.indexOf(part)
  return { from, to: from + part.length }
}

beforeEach(async () => {
  host = new EngineHost()
  await load('one.ndjson', lines.join('\n'))
})

const printNode = ({
  truth,
  decides,
  text,
  values,
  notes,
  children,
}: TruthNodeView): string =>
  [
    `${decides ? '' : '('}${String(truth)}`,
    children.length === 0 ? text : `[${children.map(printNode).join(' | ')}]`,
    ...values.map(
      ({ field, element, text: value }) =>
        `${field}${element ? `[${element.index} of ${element.of}]` : ''}=${value}`,
    ),
    ...notes.map((note) => `!${note.kind}`),
    ...(decides ? [] : [')']),
  ].join(' ')

describe('why one event', () => {
  test('satisfies a step or not, every node told, those that decide marked', async () => {
    await run()
    const steps = await host.explainEvent('r', 1, A)
    expect(steps?.map(({ step, truth }) => [step, truth])).toEqual([
      [1, false],
      [2, false],
    ])
    expect(printNode(steps![0]!.tree)).toBe(
      'false [(true process event.category=“process” ) | false [' +
        'false process.name == "cmd.exe" process.name=“CMD.exe” !trap | ' +
        'false process.args : "/q" process.args[0 of 2]=“/c” process.args[1 of 2]=“dir”]]',
    )
    expect(printNode(steps![1]!.tree)).toBe(
      'false [false network event.category=“process” | null destination.port == 443 destination.port=absent !null]',
    )
  })

  test('is told what would let it in, or keep it out', async () => {
    await run(1, 'any where process.name == "x" or not process.name == "x"')
    const [step] = (await host.explainEvent('r', 1, D)) ?? []
    const notes = (node: TruthNodeView): readonly string[] => [
      ...node.notes.map(({ text }) => text),
      ...node.children.flatMap(notes),
    ]
    expect(step && notes(step.tree)).toEqual([
      'This event has no process.name. `or process.name == null` beside it would let such events in.',
      'True only because what it negates is null: this event has no process.name. `and process.name != null` beside it would keep such events out.',
      'This event has no process.name.',
    ])
  })

  test('tells what it did in the sequences, and the near miss it broke', async () => {
    await run(1, query.replace('==', ':'))
    const role = async (row: number) =>
      (await host.findRoles('r', 1, row))?.roles.map(({ sentence }) => sentence)
    expect(await role(B)).toEqual([
      'It satisfies step 2, but came 1 s after the 4 s limit for host.id h1.',
    ])
    expect(await role(C)).toEqual([
      'It satisfies step 2, but no step 1 was waiting for host.id h2.',
    ])
    expect(await role(D)).toEqual([])
    expect((await host.findRoles('r', 1, B))?.nearMisses).toEqual([])
    const found = await host.findNearMisses('r', 1)
    expect((await host.findRoles('r', 1, B))?.nearMisses).toEqual([
      { step: 2, index: 0, sentence: found?.list[0]?.sentence },
    ])
  })

  test('tells what it is to the samples of its key', async () => {
    await run(1, 'sample by host.id [process where true] [network where true]')
    const role = async (row: number) =>
      (await host.findRoles('r', 1, row))?.roles.map(({ sentence }) => sentence)
    expect(await role(B)).toEqual([
      'It satisfies step 2 and is in the sample for host.id h1.',
    ])
    expect(await role(C)).toEqual([
      'It satisfies step 2, but no event satisfies step 1 for host.id h2, and a sample needs one for every step.',
    ])
    await run(2, 'process where true')
    expect((await host.findRoles('r', 2, A))?.roles).toEqual([])
  })

  test('is not told of another run, of other events, or of one switched off', async () => {
    await run(2)
    expect(await host.explainEvent('r', 1, A)).toBeUndefined()
    expect(await host.findRoles('r', 1, A)).toBeUndefined()
    await load('two.ndjson', lines[0]!)
    expect(await host.explainEvent('r', 2, 4)).toBeUndefined()
    expect(await host.explainEvent('r', 2, A)).toHaveLength(2)
    await host.setActive('one.ndjson', false)
    expect(await host.explainEvent('r', 2, A)).toBeUndefined()
    expect(await host.evaluate('r', 2, spanOf('process.name'))).toBeUndefined()
  })

  test('is told of the newest event asked for', async () => {
    await run()
    const [older, newer] = await Promise.all([
      host.findRoles('r', 1, A),
      host.findRoles('r', 1, C),
    ])
    expect([older, newer?.roles.length]).toEqual([undefined, 1])
  })
})

describe('a part of the text', () => {
  const evaluate = async (part: string) => {
    await run()
    const found = await host.evaluate('r', 1, spanOf(part))
    return [found?.text, found?.counts]
  }
  test.each([
    ['process.name', 'process.name == "cmd.exe"', { true: 0, false: 1, null: 3 }],
    ['"/q"', 'process.args : "/q"', { true: 0, false: 1, null: 3 }],
    ['port == 443', 'destination.port == 443', { true: 2, false: 0, null: 2 }],
    [
      ' or ',
      'process.name == "cmd.exe" or process.args : "/q"',
      { true: 0, false: 4, null: 0 },
    ],
    ['network', 'network', { true: 2, false: 2, null: 0 }],
    [
      'network where',
      'network where destination.port == 443',
      { true: 2, false: 2, null: 0 },
    ],
    ['maxspan', undefined, undefined],
  ])('%s is asked alone of all events', async (part, text, counts) => {
    expect(await evaluate(part)).toEqual([text, counts])
  })

  test.each([
    [true, ['b', 'c']],
    [false, []],
    [null, ['a', 'd']],
  ] as const)('lists the events for which it is %s', async (truth, ids) => {
    await run()
    const partTruth = { ruleId: 'r', ...spanOf('destination.port'), truth }
    const page = await host.events({ fields: [], partTruth }, 0, 10)
    expect(page?.rows.map(({ eventId }) => eventId)).toEqual(ids)
  })

  test('that cannot be computed says why', async () => {
    const text = 'process where event.category == "x" and number(process.name) == 1'
    await run(1, text)
    const from = text.indexOf('number')
    const found = await host.evaluate('r', 1, { from, to: text.length })
    expect(found?.failure?.reason).toMatch(/Unable to convert/)
    expect(found?.counts).toEqual({ true: 0, false: 0, null: 0 })
  })
})

test('a text is told in words, one that cannot be read is not', async () => {
  const told = await host.tell(query)
  const kinds = told.ok ? told.paragraphs.map(({ kind }) => kind) : []
  expect(kinds.slice(0, 5)).toEqual(['intro', 'step', 'step', 'key', 'maxspan'])
  expect(await host.tell('process where')).toEqual({ ok: false })
})
