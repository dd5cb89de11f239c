import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import { ingest } from '../../src/ingest/ingest'
import type { IngestProgress } from '../../src/ingest/report'
import { readBlob } from './print-events'

const line = (i: number) =>
  `{"@timestamp":${i},"host":{"id":"h${i % 7}"},"text":"${'x'.repeat(400)}"}\n`
const lines = Array.from({ length: 60_000 }, (_, i) => line(i)).join('')

describe('while a file is read', () => {
  test.each([
    ['plain', lines],
    ['an array', `[${lines.trimEnd().replaceAll('\n', ',')}]`],
    ['gzipped', gzipSync(lines)],
  ])('progress grows to the whole, and others have their turn: %s', async (_, stored) => {
    const seen: (IngestProgress & { at: number })[] = []
    const onProgress = (p: IngestProgress) => seen.push({ ...p, at: performance.now() })
    const turns: number[] = []
    const timer = setInterval(() => turns.push(performance.now()), 1)
    const { report } = await readBlob([stored], { onProgress })
    clearInterval(timer)
    expect(report).toMatchObject({ events: 60_000, partial: false, bytes: stored.length })
    expect(report.clock).toEqual({ from: 0, to: 59_999 })
    const bytes = seen.map(({ bytesRead }) => bytesRead)
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toMatchObject({
      bytesRead: stored.length,
      bytesTotal: stored.length,
      events: 60_000,
    })
    expect(turns.length).toBeGreaterThan(0)
    const tooSoon = seen.slice(1, -1).filter(({ at }, i) => at - seen[i]!.at < 45)
    expect(tooSoon).toEqual([])
  })

  // So many that they are not done before anyone can say so.
  test.each<[string, number, readonly BlobPart[]]>([
    ['plain', 720_000, Array<string>(12).fill(lines)],
    ['an array', 240_000, ['[', ...Array<string>(4).fill(lines), ']']],
    ['gzipped', 60_000, [gzipSync(lines)]],
  ])('cancel keeps what was read: %s', async (_, total, parts) => {
    const controller = new AbortController()
    const onProgress = ({ events }: IngestProgress) => {
      if (events > 0) controller.abort()
    }
    const { signal } = controller
    const { report, table, originals } = await readBlob(parts, { signal, onProgress })
    expect(report.partial).toBe(true)
    expect(report.events).toBeGreaterThan(0)
    expect(report.events).toBeLessThan(total)
    expect(report.problem).toBeUndefined()
    expect(table.rowCount).toBe(report.events)
    expect(JSON.parse(await originals.text(report.events - 1))).toMatchObject({
      '@timestamp': (report.events - 1) % 60_000,
    })
  })

  test('a reading cancelled before it began reads nothing', async () => {
    const { report } = await readBlob([lines], { signal: AbortSignal.abort() })
    expect(report).toMatchObject({ events: 0, partial: true })
  })

  test('two files read at once do not mix', async () => {
    const table = new GrowingTable()
    const file = (id: string, from: number) => {
      const records = Array.from({ length: 30_000 }, (_, i) => line(from + i))
      return { id, name: id, blob: new Blob(records) }
    }
    const both = [ingest(file('a', 0), table), ingest(file('b', 1e6), table)]
    const [a, b] = await Promise.all(both)
    expect(table.rowCount).toBe(60_000)
    const time = table.column('@timestamp')!
    for (let row = 0; row < table.rowCount; row += 997) {
      const of = table.sourceOf(row) === a!.source ? a! : b!
      const text = await of.originals.text(table.positionInSource(row))
      expect(JSON.parse(text)).toMatchObject({
        '@timestamp': time.scalars(time.codeAt(row))[0],
      })
    }
    atOnce(table.removeSource(a!.source))
    expect(table.rowCount).toBe(30_000)
    expect(table.column('@timestamp')!.codeOf(5)).toBe(0)
    expect(table.column('@timestamp')!.codeOf(1e6 + 5)).toBeGreaterThan(0)
  })
})
