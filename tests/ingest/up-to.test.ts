import { expect, test } from 'vitest'
import { readBlob } from './print-events'
import { makeZip } from './make-archives'

// Reading that was once stopped stops at the same event when it is done again.

const windows = (at: number) =>
  `{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","TimeGenerated":"2026-03-02T08:00:0${at % 10}Z","TimeCreated":"x","Computer":"ws1"}`
const lines = Array.from({ length: 50 }, (_, at) => windows(at))
const bytes = lines.join('\n')

test.each([
  ['lines', [bytes]],
  ['an array', [`[${lines.join(',')}]`]],
  [
    'an archive',
    [
      makeZip([
        { name: 'a', bytes },
        { name: 'b', bytes },
      ]),
    ],
  ],
] as const)('%s', async (_, parts) => {
  const blob = new Blob(parts as readonly BlobPart[] as BlobPart[])
  const part = await readBlob([blob], { readAs: { upTo: 20 } })
  expect(part.report).toMatchObject({ events: 20, partial: true })
  expect(part.report.problem).toBeUndefined()
  expect((await readBlob([blob], { readAs: { upTo: 1000 } })).report.partial).toBe(false)
})

test('not one more is read where the next one has other keys', async () => {
  const other = (at: number) => windows(at).replace('"Computer"', `"Message${at}"`)
  const mixed = lines.flatMap((line, at) => [line, line, line, other(at)])
  const text = mixed.join('\n')
  for (let upTo = 1; upTo < 40; upTo++)
    expect((await readBlob([text], { readAs: { upTo } })).report.events).toBe(upTo)
})

test('events that are not kept count, as they did before', async () => {
  const time = { from: Date.UTC(2026, 2, 2, 8, 0, 0), to: Date.UTC(2026, 2, 2, 8, 0, 5) }
  const { report } = await readBlob([bytes], { keep: { time }, readAs: { upTo: 20 } })
  expect(report).toMatchObject({ events: 10, leftOut: 10, partial: true })
})

test('of ECS not much more is read', async () => {
  const ecs = Array.from({ length: 60_000 }, (_, n) =>
    JSON.stringify({ '@timestamp': n, event: { category: 'process' }, n }),
  )
  const { report } = await readBlob([ecs.join('\n')], { readAs: { upTo: 20 } })
  expect(report.partial).toBe(true)
  expect(report.events).toBeLessThan(30_000)
})
