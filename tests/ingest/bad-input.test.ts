import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { ingest } from '../../src/ingest/ingest'
import { fieldsOf, readBlob } from './print-events'

const MB = 1024 * 1024

describe('files that are no events', () => {
  const cases: readonly [what: string, bytes: BlobPart, says: RegExp][] = [
    ['an empty file', '', /^The file is empty\./],
    ['blank space', ' \n\r\n\t\n', /nothing but blank space/],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), /a PNG picture/],
    ['the beginning of a zip', 'PK\u0003\u0004\u0014', /zip archive is cut off/],
    ['the beginning of an EVTX', 'ElfFile\u0000\u0001', /list of events.*is empty/],
    ['an old event log', '0\u0000\u0000\u0000LfLe', /\(EVT\).*wevtutil epl/],
    ['a PDF', '%PDF-1.7\n', /a PDF document/],
    ['XML', '\n<?xml version="1.0"?><Events/>', /XML/],
    ['CSV', 'name,size,colour\nbox,3,red\n', /a table \(CSV\)/],
    ['noise', new Uint8Array(5000).map((_, i) => (i % 3) * 7), /binary data/],
    ['plain text', 'hello\nworld\n', /^No event was found\./],
    ['a scalar', '42', /^No event was found\./],
    ['an empty list', '[]', /list of events in this file is empty/],
    ['gzip of nothing', gzipSync(''), /Nothing is packed/],
    ['gzip of a PNG', gzipSync(new Uint8Array([0x89, 0x50, 0x4e, 0x47])), /PNG/],
  ]
  test.each(cases)('%s', async (_, bytes, says) => {
    const { report, table } = await readBlob([bytes])
    expect(report.problem).toMatch(says)
    expect(report).toMatchObject({ format: 'unknown', events: 0, partial: false })
    expect(table.rowCount).toBe(0)
  })
})

describe('huge input', () => {
  const zeros = new Uint8Array(16 * MB)

  test('1 GB of zeros with no newline is refused by its beginning', async () => {
    const { report } = await readBlob(Array<BlobPart>(64).fill(zeros))
    expect(report.bytes).toBe(1024 * MB)
    expect(report.problem).toMatch(/binary data/)
  })

  test('a line longer than 256 MB is passed over, the lines around it are read', async () => {
    const tail = Array<BlobPart>(17).fill(zeros)
    const { report } = await readBlob(['{"a":1}\n', ...tail, '\n{"a":2}\n'])
    expect(report.events).toBe(2)
    expect(report.bad).toMatchObject([{ line: 2 }])
    expect(report.bad[0]!.reason).toMatch(/longer than 256 MB/)
  })

  test('a line of 50 MB is an event like others', async () => {
    const filler = 'x'.repeat(50 * MB)
    const { report, table } = await readBlob(['{"a":1}\n{"b":"', filler, '"}\n{"a":3}'])
    expect(report).toMatchObject({ events: 3, badCount: 0 })
    expect(table.column('b')!.scalars(1)).toEqual([filler])
  })

  test('text without any JSON is given up after 1,000 lines', async () => {
    const { report } = await readBlob(['not JSON\n'.repeat(5000)])
    expect(report.problem).toMatch(/None of the first 1,000 lines is a JSON object/)
    expect(report.badCount).toBe(1000)
    expect(report.bad).toHaveLength(500)
  })

  test('records that are bad can be had, the first 10,000 of them', async () => {
    const { report, rejects } = await readBlob(['{"a":1}\n', '{"a":\n'.repeat(12_000)])
    expect(report.badCount).toBe(12_000)
    const lines = (await rejects.text()).trimEnd().split('\n')
    expect(lines).toHaveLength(10_000)
    expect(JSON.parse(lines.at(-1)!)).toEqual({
      line: 10_001,
      reason: expect.stringMatching(/ends in the middle/) as string,
      text: '{"a":',
    })
  })

  test('data used as field names does not eat up memory', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => {
      const members = Array.from({ length: 100 }, (_, j) => `"k${i}-${j}":1`)
      return `{"always":${i},${members.join()}}\n`
    })
    const { report, table } = await readBlob(lines)
    expect(report.events).toBe(300)
    expect(report.problem).toMatch(/more than 20,000 different field names/)
    expect(table.columnNames().length).toBeLessThanOrEqual(20_000)
    expect(fieldsOf(table, 299)).toEqual({ always: 299 })
  })
})

describe('hostile records', () => {
  const nested = (open: string, close: string, depth: number) =>
    `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`

  test.each([
    ['arrays', nested('[', ']', 100_000)],
    ['objects', nested('{"b":', '}', 100_000)],
    ['501 levels', nested('[', ']', 501)],
    ['pretty arrays', nested('[\n', ']\n', 100_000)],
  ])('nesting is a bad record: %s', async (_, deep) => {
    const { report } = await readBlob([`{"a":0}\n${deep}\n{"a":2}\n`])
    expect(report.events).toBe(2)
    expect(report.bad[0]).toMatchObject({ line: 2 })
  })

  test('nesting that is only deep is read', async () => {
    const { report } = await readBlob([nested('{"b":', '}', 400)])
    expect(report.events).toBe(1)
  })

  test('a key of 100,000 dots is one name among others', async () => {
    const { report } = await readBlob([`{"a":1,"${'.'.repeat(100_000)}":2}\n{"a":3}`])
    expect(report.events).toBe(2)
  })

  test('names of prototype members are names of fields', async () => {
    const text = '{"__proto__":{"x":1},"constructor":2,"a":{"__proto__":3,"toString":4}}'
    const exact = text.replace('2', '12345678901234567890')
    const { table } = await readBlob([`${text}\n${exact}`])
    expect(table.columnNames()).toEqual([
      '__proto__.x',
      'constructor',
      'a.__proto__',
      'a.toString',
    ])
    expect(table.column('constructor')!.scalars(2)).toEqual([12345678901234567890n])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test('lone surrogates, NUL and bidi marks are kept as they are', async () => {
    const { table } = await readBlob([
      String.raw`{"t":["\ud800","\u0000","\u202etxt.exe","\udc00\ud800"]}`,
    ])
    expect(table.column('t')!.scalars(1)).toEqual([
      '\ud800',
      '\u0000',
      '\u202etxt.exe',
      '\udc00\ud800',
    ])
  })

  test('events of one id are kept, each as a row', async () => {
    const { table } = await readBlob(['{"_id":"x","n":1}\n{"_id":"x","n":1}\n'])
    expect([table.id(0), table.id(1), table.rowCount]).toEqual(['x', 'x', 2])
  })

  test('many unclosed records end in bounded time', async () => {
    const record = '{"a": [1,\n'
    const { report } = await readBlob([`[\n{"good":1},\n${record.repeat(20_000)}`])
    expect(report.events).toBe(1)
    expect(report.badCount).toBeGreaterThan(0)
  })
})

describe('packed files', () => {
  const lines = Array.from(
    { length: 2000 },
    (_, i) => `{"n":${i},"text":"${i * 7919}"}\n`,
  )
  const whole = gzipSync(lines.join(''))

  test('several members, and junk behind the last', async () => {
    const parts = [gzipSync('{"n":1}\n'), gzipSync('{"n":2}\n{"n"'), gzipSync(':3}\n')]
    for (const junk of [
      '',
      '\n',
      '\0\0\0\0\0\0\0\0\0\0\0\0',
      'trailing words and more',
    ]) {
      const { report } = await readBlob([...parts, junk])
      expect(report).toMatchObject({ events: 3, badCount: 0, compressed: true })
      expect(report.problem).toBeUndefined()
    }
  })

  test('one that is cut off gives what it holds, and says so', async () => {
    const { report } = await readBlob([whole.subarray(0, whole.length >> 1)])
    expect(report.events).toBeGreaterThan(100)
    expect(report.partial).toBe(true)
    expect(report.problem).toMatch(/cut off or damaged/)
  })

  test('one that is spoilt gives what comes before', async () => {
    const spoilt = Uint8Array.from(whole)
    spoilt.fill(0xff, whole.length >> 1)
    const { report } = await readBlob([spoilt])
    expect(report.events).toBeGreaterThan(100)
    expect(report.badCount + (report.problem ? 1 : 0)).toBeGreaterThan(0)
  })
})

/** A Blob whose bytes cannot be had from some place on, as when a file was changed. */
class FailingBlob extends Blob {
  constructor(
    parts: BlobPart[],
    private readonly failsFrom: number,
  ) {
    super(parts)
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return super.slice(0, this.failsFrom).stream()
  }

  override slice(from: number, to: number): Blob {
    const part = super.slice(from, to)
    if (from >= this.failsFrom)
      part.arrayBuffer = () => Promise.reject(new Error('it was changed'))
    return part
  }
}

test.each([
  [0, 0],
  [1, 32 * MB],
])('a file that cannot be read from byte %i × 32 MB on', async (_, from) => {
  const line = `{"text":"${'x'.repeat(MB - 12)}"}\n`
  const blob = new FailingBlob(Array<string>(40).fill(line), from)
  const table = new GrowingTable()
  const { report } = await ingest({ id: 'x', name: 'x', blob }, table)
  expect(report.events).toBe(from / MB)
  expect(report.partial).toBe(from > 0)
  expect(report.problem).toMatch(/could not be read \(it was changed\)/)
})

test('a list may hold a long text', async () => {
  const long = 'x'.repeat(10_000_000)
  const { table } = await readBlob(`{"message":["${long}",9007199254740993]}`)
  const column = table.column('message')!
  expect(column.scalars(column.codeAt(0))).toEqual([long, 9007199254740993n])
})
