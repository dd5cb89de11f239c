import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { answerBatch } from '../../src/headless/batch'
import type { SearchExplanation } from '../../src/worker/explain-search'
import { EngineHost } from '../../src/worker/host'

interface Told {
  readonly query: string
  readonly events: readonly object[]
  readonly size?: number
}

/** What `--explain` says, by way of a batch of one. */
async function explain(told: Told): Promise<SearchExplanation> {
  const lines: string[] = []
  await answerBatch(
    Readable.from([JSON.stringify({ id: 1, explain: true, ...told })]),
    (line) => lines.push(line),
    () => undefined,
  )
  const { explanation } = JSON.parse(lines[0]!) as { explanation: SearchExplanation }
  return explanation
}

const upTo = (count: number): readonly number[] => [...Array(count).keys()]

/** The same as the page is told. */
async function askPage({ query, events }: Told) {
  const host = new EngineHost()
  const text = events.map((event) => JSON.stringify(event)).join('\n')
  await host.load({ id: 'one', name: 'one.ndjson', blob: new Blob([text]) })
  await host.run({ ruleId: 'r', ticket: 1, query })
  const found = await host.findNearMisses('r', 1)
  return {
    found: found!,
    ties: {
      matches: await host.findTies('r', 1, 'match', upTo(100)),
      near_misses: await host.findTies('r', 1, 'near-miss', upTo(100)),
    },
    repairs: (place: number) => host.findRepairs('r', 1, place),
    coverage: await host.coverage('r', 1),
    nameOf: (row: number): string => host.store.table.id(row),
  }
}

const event = (id: string, second: number, category: string, more: object = {}) => ({
  _id: id,
  '@timestamp': new Date(Date.UTC(2026, 0, 5, 9) + second * 1000).toISOString(),
  event: { category },
  ...more,
})
const on = (host: string, name?: string) => ({
  host: { id: host },
  ...(name !== undefined && { process: { name } }),
})

/** Two hosts miss by the same clause, one is late, two matches, of which one is tied. */
const events = [
  event('a', 0, 'process', on('h1', 'x.exe')),
  event('b', 1, 'network', on('h1', 'y.exe')),
  event('c', 2, 'process', on('h2', 'x.exe')),
  event('d', 3, 'network', on('h2', 'y.exe')),
  event('e', 4, 'process', on('h3', 'x.exe')),
  event('f', 70, 'network', on('h3', 'x.exe')),
  event('g', 80, 'process', on('h4', 'x.exe')),
  event('i', 80, 'network', on('h4', 'x.exe')),
  event('j', 90, 'process', on('h5', 'x.exe')),
  event('k', 91, 'network', on('h5', 'x.exe')),
]
const query =
  'sequence by host.id with maxspan=1m [process where process.name == "x.exe"] ' +
  '[network where process.name == "x.exe"]'

describe('an explanation', () => {
  test('groups near misses, names ties, and repairs the nearest of the first groups', async () => {
    const { near_misses, groups, ties } = await explain({ query, events })
    expect(near_misses.map(({ cause, culprit }) => `${cause} ${culprit}`)).toEqual([
      'maxspan f',
      'condition b',
      'condition d',
    ])
    const sentence = expect.stringMatching(/^2 hosts miss for the same reason/) as string
    expect(groups).toEqual([{ members: [0] }, { members: [1, 2], sentence }])
    expect(ties).toEqual({
      matches: [{ index: 0, sentence: expect.stringContaining('#g and #i') as string }],
      near_misses: [],
    })
    expect(near_misses[0]?.repairs).toEqual([
      {
        ...{ sentence: 'maxspan=90s', others: 0, lost: 0 },
        text: query.replace('1m', '90s'),
      },
    ])
    expect(near_misses[1]?.repairs?.[0]).toMatchObject({ others: 1, lost: 0 })
    expect(near_misses[2]).not.toHaveProperty('repairs')
  })

  test('says why there is no repair', async () => {
    const shells = [
      event('a', 0, 'process', on('h')),
      event('b', 1, 'process', on('h')),
      event('c', 2, 'network', on('h')),
      event('d', 3, 'network', on('h')),
    ]
    const any = 'sequence by host.id [process where true] [network where true]'
    const { near_misses } = await explain({ query: any, events: shells })
    expect(near_misses).toMatchObject([
      { cause: 'replaced', no_repair: expect.stringMatching(/^No edit/) as string },
    ])
  })

  test('holds edits against all matches, however few hits are shown', async () => {
    const { near_misses, ties } = await explain({ query, events, size: 1 })
    expect(near_misses).toEqual((await explain({ query, events })).near_misses)
    // The one hit that is shown is another than the tied one.
    expect(ties.matches).toEqual([])
  })
})

/** Bundled rules, with their own events. */
const folder = join(import.meta.dirname, '../../rules/windows')
const bundled = [
  'execution_powershell_outbound_scheduled_task',
  'lateral_movement_remote_scheduled_task',
  'persistence_scheduled_job',
  'persistence_script_scheduled_task',
  'persistence_temporary_scheduled_task',
].map((name): readonly [string, Told] => {
  const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8')
  const rule = /query = '''([^]*?)'''/.exec(read('rule.toml'))?.[1] ?? ''
  const lines = read('events.ndjson').trim().split('\n')
  return [name, { query: rule, events: lines.map((line) => JSON.parse(line) as object) }]
})

describe('the command line gives the causes that the page gives', () => {
  test.each([...bundled, ['our events', { query, events }] as const])(
    '%s',
    async (_, told) => {
      const { near_misses, groups, ties, coverage } = await explain(told)
      const page = await askPage(told)
      const { found, nameOf } = page
      expect(found.count).toBeGreaterThan(0)
      expect(
        near_misses.map(({ cause, step, sentence, slack, culprit }) => {
          return { cause, step, sentence, slack, culprit }
        }),
      ).toEqual(
        found.list.map(({ cause, step, sentence, slack, culprit }) => {
          return { cause, step, sentence, slack, culprit: nameOf(culprit) }
        }),
      )
      expect(
        groups.map(({ members: [place], members: { length: count }, sentence = '' }) => {
          return { place, count, sentence }
        }),
      ).toEqual(
        found.groups.map(({ place, count, sentence }) => ({ place, count, sentence })),
      )
      expect(ties).toEqual(page.ties)
      for (const [place, { repairs, no_repair }] of near_misses.entries()) {
        if (!repairs && no_repair === undefined) continue
        const shown = await page.repairs(place)
        expect(repairs ?? []).toEqual(
          shown?.list.map(({ edits: _edits, ...told }) => told),
        )
        expect(no_repair).toEqual(shown?.none)
      }
      expect(coverage.map(({ selected, reached }) => ({ selected, reached }))).toEqual(
        page.coverage?.steps.map(({ selected, reached }) => ({ selected, reached })),
      )
    },
  )
})
