import { expect, test } from 'vitest'
import { atOnce } from '../../src/events/in-pieces'
import type { ReadAs } from '../../src/ingest/read-as'
import { EngineHost } from '../../src/worker/host'

/** A library is loaded, as Sysmon tells, and a connection; the same library by Endpoint. */
const SYSMON = [
  '{"EventID":7,"Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","TimeGenerated":"2026-03-02T08:00:00Z","TimeCreated":"x","Computer":"ws1","UtcTime":"2026-03-02 08:00:00.000","ProcessGuid":"{6b1f9a10-1111-69a4-0a01-000000001200}","Image":"C:\\\\a.exe","ImageLoaded":"C:\\\\taskschd.dll"}',
  '{"EventID":3,"Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","TimeGenerated":"2026-03-02T08:00:01Z","TimeCreated":"x","Computer":"ws1","UtcTime":"2026-03-02 08:00:01.000","ProcessGuid":"{6b1f9a10-1111-69a4-0a01-000000001200}","Image":"C:\\\\a.exe","DestinationPort":135}',
  '{"EventID":12,"Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","TimeGenerated":"2026-03-02T08:00:02Z","TimeCreated":"x","Computer":"ws1","EventType":"DeleteKey","TargetObject":"HKLM\\\\a"}',
]
const ENDPOINT =
  '{"@timestamp":"2026-03-02T09:00:00Z","event":{"category":"library","type":"start"},"host":{"id":"h2"},"dll":{"name":"taskschd.dll"},"process":{"entity_id":"x"}}'

async function runIn(mode: ReadAs['mode'], query: string) {
  const host = new EngineHost()
  const load = (id: string, text: string, readAs: ReadAs) =>
    host.load({ id, name: id, blob: new Blob([text]) }, undefined, undefined, readAs)
  await load('sysmon', SYSMON.join('\n'), mode ? { mode } : {})
  await load('endpoint', ENDPOINT, mode ? { mode } : {})
  const answer = (await host.run({ ruleId: 'r', ticket: 1, query }))?.answer
  const page = await host.matches('r', 1, 0, 10)
  expect(page).toEqual(answer?.matches)
  return answer?.matches.map(({ steps, isExtendedOnly }) => [
    steps.map((step) => ('missing' in step ? '-' : step.row)).join(' '),
    isExtendedOnly ?? false,
  ])
}

const LIBRARY = 'library where dll.name == "taskschd.dll"'
const SEQUENCE = `sequence by process.entity_id [${LIBRARY}] [network where true]`

test.each([
  ['faithful', LIBRARY, [['3', false]]],
  [
    'extended',
    LIBRARY,
    [
      ['0', true],
      ['3', false],
    ],
  ],
  ['faithful', SEQUENCE, []],
  ['extended', SEQUENCE, [['0 1', true]]],
  ['extended', 'process where event.action == "Image loaded"', [['0', false]]],
  ['extended', 'any where event.type == "deletion"', [['2', true]]],
  [
    'extended',
    'any where event.type == "change"',
    [
      ['0', false],
      ['2', false],
    ],
  ],
  ['extended', 'network where destination.port == 135', [['1', false]]],
] as const)('in %s mode: %s', async (mode, query, expected) => {
  expect(await runIn(mode, query)).toEqual(expected)
})

test('how many matches are there only in extended mode', async () => {
  const host = new EngineHost()
  const blob = new Blob([SYSMON.join('\n')])
  const readAs = { mode: 'extended' } as const
  await host.load({ id: 's', name: 's', blob }, undefined, undefined, readAs)
  const run = await host.run({ ruleId: 'r', ticket: 1, query: LIBRARY })
  expect(run?.answer).toMatchObject({ matchCount: 1, extendedOnly: 1 })
})

test('a moment while events come has them in faithful mode, however many come', async () => {
  const { store } = new EngineHost()
  const blob = new Blob([SYSMON.join('\n')])
  await store.load({ id: 's', name: 's', blob }, { readAs: { mode: 'extended' } })
  const making = store.soFar.faithfulColumns()
  let step = making.next()
  for (let pauses = 1; !step.done; step = making.next(), pauses++) {
    expect(pauses).toBeLessThan(99)
    store.table.beginRow(0)
    store.table.endRow()
  }
  expect(step.value?.has('event.category')).toBe(true)
})

test('what was asked while a source was read is not what holds of it when it is in', async () => {
  const { store } = new EngineHost()
  const blob = new Blob([SYSMON.join('\n')])
  const asked: unknown[] = []
  await store.load(
    { id: 's', name: 's', blob },
    {
      readAs: { mode: 'extended' },
      onProgress: () => asked.push(atOnce(store.faithfulColumns())),
    },
  )
  expect(asked.at(-1)).toBeUndefined()
  expect(atOnce(store.faithfulColumns())?.has('event.category')).toBe(true)
})

/** Events of one process number: code, host, seconds, image; `-` where there is none. */
const DRAWN: readonly (readonly [string, readonly (readonly string[])[], string])[] = [
  [
    'the event before names it, and not that of another machine',
    [
      ['1', 'ws1', '00', 'a.exe'],
      ['1', 'ws2', '01', 'b.exe'],
      ['3', 'ws1', '02', '-'],
    ],
    'a.exe b.exe a.exe',
  ],
  [
    'the file may have the newest first',
    [
      ['3', 'ws1', '09', '-'],
      ['7', 'ws1', '05', 'b.exe'],
      ['1', 'ws1', '01', 'a.exe'],
    ],
    'b.exe b.exe a.exe',
  ],
  [
    'a number that is used again names the later process',
    [
      ['1', 'ws1', '00', 'a.exe'],
      ['5', 'ws1', '01', 'a.exe'],
      ['3', 'ws1', '02', '-'],
      ['1', 'ws1', '03', 'b.exe'],
      ['3', 'ws1', '04', '-'],
    ],
    'a.exe a.exe - b.exe b.exe',
  ],
  [
    'one that ran before the log began is named by what it does later',
    [
      ['3', 'ws1', '00', '-'],
      ['7', 'ws1', '01', 'a.exe'],
    ],
    'a.exe a.exe',
  ],
  [
    'machines of one name in two domains are two',
    [
      ['1', 'ws1.a.example', '00', 'a.exe'],
      ['3', 'ws1.b.example', '01', '-'],
      ['3', 'WS1.A.example', '02', '-'],
    ],
    'a.exe - a.exe',
  ],
  [
    'on machines that are not told nothing is the same process',
    [
      ['1', '-', '00', 'a.exe'],
      ['3', '-', '01', '-'],
      ['1', 'ws1', '02', 'b.exe'],
      ['3', 'ws1', '03', '-'],
    ],
    'a.exe - b.exe b.exe',
  ],
]

const draw = ([id, host, second, image]: readonly string[]): string =>
  JSON.stringify({
    EventID: Number(id),
    ...{
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: host === '-' ? '' : host,
    },
    ...{ SourceName: 'Microsoft-Windows-Sysmon', TimeCreated: 'x' },
    TimeGenerated: `2026-03-02T08:00:${second}Z`,
    UtcTime: `2026-03-02 08:00:${second}.000`,
    ProcessId: '4711',
    Image: image === '-' ? '<unknown process>' : `C:\\${image}`,
    ...(id === '7' && { ImageLoaded: 'C:\\x.dll' }),
  })

test.each(DRAWN)('a process without a name: %s', async (_, events, names) => {
  const host = new EngineHost()
  const blob = new Blob([events.map(draw).join('\n')])
  const load = (id: string, mode: 'faithful' | 'extended') =>
    host.load({ id, name: id, blob }, undefined, undefined, { mode })
  await load('s', 'extended')
  const read = async () => {
    const page = await host.events({ fields: ['process.name'] }, 0, 100)
    return page?.rows
      .toSorted((a, b) => a.row - b.row)
      .map(({ cells: [name] }) => (name === '' ? '-' : name))
      .join(' ')
  }
  expect(await read()).toBe(names)
  await host.remove('s')
  await load('s', 'faithful')
  expect(await read()).toBe(events.map(([, , , image]) => image).join(' '))
})
