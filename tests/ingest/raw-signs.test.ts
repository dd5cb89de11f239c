import { describe, expect, test } from 'vitest'
import { expectSameTables } from './same-tables'

/** Values that a field may have in JSON, also where it is no text. */
const VALUES = ['"x"', '""', 'null', '7', 'true', '[]', '["x"]', '["x","y"]', '[null]']
const ODD = ['{}', '{"a":1}', '[{}]', '[{"a":1}]', '[{"a":1},"x"]', '[[]]', '[["x"]]']
const ALL = [...VALUES, ...ODD]

/** Events that are ECS, by which the encoder learns every key of the others. */
const KNOWN = [
  '{"event":{"category":["process",{"a":1}],"ingested":{"a":1},"original":{"a":1}},"n":1}',
  '{"event":{"category":"x","original":"x"},"EventID":{"a":1},"Channel":"x","Hostname":"x","SourceName":"x"}',
  '{"event":{"category":"x"},"winlog":{"channel":{"a":1},"event_id":1}}',
  '{"event":{"category":"x"},"winlog":[{"channel":{"a":1}}]}',
  '{"event.category":["x",{"a":1}],"winlog.channel":{"a":1},"event.ingested":{"a":1}}',
]

describe.each([
  [
    'winlog.channel',
    (value: string) => [
      `{"winlog":{"channel":${value},"event_id":4688},"n":1}`,
      `{"winlog.channel":${value},"n":1}`,
      `{"winlog":[{"channel":${value}}],"n":1}`,
    ],
  ],
  [
    'event.category',
    (value: string) => [
      `{"winlog":{"channel":"Security"},"event":{"category":${value}},"n":1}`,
      `{"winlog":{"channel":"Security"},"event.category":${value},"n":1}`,
      `{"EventID":1,"Channel":"Security","Hostname":"a","event":{"category":${value}}}`,
      `{"EventID":1,"Channel":"Security","Hostname":"a","event.category":${value}}`,
    ],
  ],
  [
    'event.ingested',
    (value: string) => [
      `{"winlog":{"channel":"Security"},"event":{"ingested":${value}},"n":1}`,
      `{"winlog":{"channel":"Security"},"event.ingested":${value},"n":1}`,
    ],
  ],
  [
    'EventID',
    (value: string) => [
      `{"EventID":${value},"Channel":"Security","Hostname":"a","SourceName":"b"}`,
      `{"EventID":${value},"n":1}`,
    ],
  ],
  [
    'event.original',
    (value: string) => [
      `{"event":{"original":${value.replaceAll('"x"', '"<Event><System/></Event>"')}},"n":1}`,
    ],
  ],
] as const)('%s, by which events that are no ECS are told', (_, write) => {
  test.each(ALL)('is %s', async (value) => {
    for (const line of write(value))
      await expectSameTables([[...KNOWN, ...KNOWN, line, line].join('\n')])
  })
})

test('arrays in arrays are looked through to a depth that is sane', async () => {
  const depth = 20_000
  const line = `{"winlog":{"channel":${'['.repeat(depth)}"x"${']'.repeat(depth)}}}`
  const { report } = await expectSameTables([[line, '{"a":1}'].join('\n')])
  expect(report).toMatchObject({ events: 1, badCount: 1 })
  expect(report.problem).toBeUndefined()
})
