import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import type { EncoderBuild } from '../../src/ingest/encoder-module'
import { jsonArray } from '../../src/ingest/formats/json-array'
import { ndjson } from '../../src/ingest/formats/ndjson'
import { ingest } from '../../src/ingest/ingest'
import type { Keep } from '../../src/ingest/keep'
import { bytesOf, likeLine, line, repeatingRecords } from './odd-lines'
import { describeTable, expectSameTables, readPieces } from './same-tables'

const lines = fc.array(line, { minLength: 1, maxLength: 30 })
const likeLines = fc.array(likeLine, { maxLength: 30 })
const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 })

const XML =
  '<Event><System><Provider Name="P"/><EventID>4624</EventID><Channel>Security</Channel>' +
  '<Computer>desk.example</Computer></System></Event>'

describe('the encoders read as the plain path does', () => {
  test('lines of every kind', async () => {
    const law = fc.asyncProperty(
      lines,
      fc.constantFrom('\n', '\r\n'),
      async (all, end) => {
        // Each twice: once to learn, once to read.
        await expectSameTables([[...all, ...all].join(end)])
      },
    )
    await fc.assert(law, { numRuns: 150 })
  })

  test('many lines like one another', async () => {
    const few = fc.array(likeLine, { minLength: 1, maxLength: 12 })
    const law = fc.asyncProperty(
      few,
      fc.array(fc.nat(11), { maxLength: 600 }),
      async (all, picks) => {
        const picked = picks.map((at) => all[at % all.length]!)
        await expectSameTables([[...all, ...picked].join('\n')])
      },
    )
    await fc.assert(law, { numRuns: 60 })
  })

  test('objects that come again', async () => {
    const keep = fc.constantFrom<Keep | undefined>(
      undefined,
      { fields: ['a.id', 'event.id'] },
      { fields: ['event.category', 'a.d.g'] },
      { keys: { field: 'a.id', share: 0.5 } },
    )
    const law = fc.asyncProperty(repeatingRecords, keep, async (all, kept) => {
      const options = kept ? { keep: kept } : {}
      await expectSameTables([all.join('\n')], options)
      await expectSameTables([`[${all.join()}]`], options)
    })
    await fc.assert(law, { numRuns: 100 })
  })

  test.each([
    [
      'of Winlogbeat',
      {
        winlog: {
          channel: 'Security',
          computer_name: 'desk.example',
          event_data: { TargetUserName: 'mia' },
          event_id: '4624',
          provider_name: 'Microsoft-Windows-Security-Auditing',
          record_id: 7,
        },
      },
    ],
    ['in XML', { event: { kind: 'event', original: XML } }],
  ])('objects that tell of events %s, again', async (_, raw) => {
    const ecs = { ...raw, 'event.category': ['authentication'] }
    const all = [ecs, ecs, ecs, ecs, raw, ecs].map((record) => JSON.stringify(record))
    for (const fields of [['host.name'], ['winlog.channel'], ['event.original']])
      await expectSameTables([all.join('\n')], { keep: { fields } })
    await expectSameTables([all.join('\n')])
  })

  test('objects with line breaks do not come again in lines', async () => {
    const event = '{"a":{"id":"xxxxxxxxxxxx",\n"n":1},"b":2}'
    const read = async (encoder: EncoderBuild) => {
      const table = new GrowingTable()
      const lines = [...Array.from({ length: 100 }, () => '{"b":1}'), event, '']
      for (const text of [`[${[event, event, event].join()}]`, lines.join('\n')])
        await ingest({ id: 'a', name: 'a', blob: new Blob([text]) }, table, { encoder })
      return describeTable(table)
    }
    const wanted = await read('none')
    expect(await read('simd')).toEqual(wanted)
    expect(await read('scalar')).toEqual(wanted)
  })

  test('objects that come again beside a field of theirs', async () => {
    const object = '{"id":"xxxxxxxxxxxx","n":1}'
    const alone = `{"a":${object}}`
    const others = [`{"a.n":2,"a":${object}}`, `{"a":${object},"a.n":2}`]
    const all = [...others, alone, alone, alone, ...others, alone]
    await expectSameTables([all.join('\n')])
  })

  test('objects whose keys are written in other ways, again', async () => {
    const letters = ['\\u0041', '\\u0042', '\\/', 'C']
    const all = letters.flatMap((a) =>
      letters.map((b) => `{"a":{"id":"${a}${b}${a}","n":"${b}"},"b":{"c":"${a} ${b}"}}`),
    )
    const text = [...all, ...all, ...all].join('\n')
    for (const share of [0.2, 0.5, 0.8])
      await expectSameTables([text], { keep: { keys: { field: 'a.id', share } } })
  })

  test('records of an array', async () => {
    const law = fc.asyncProperty(
      lines,
      fc.constantFrom(',', ',\n  '),
      async (all, between) => {
        await expectSameTables([`[${[...all, ...all].join(between)}]`])
      },
    )
    await fc.assert(law, { numRuns: 100 })
  })

  test('pieces cut anywhere', async () => {
    const law = fc.asyncProperty(lines, sizes, async (all, cuts) => {
      const text = [...all, ...all].join('\n')
      for (const [format, bytes] of [
        [ndjson, bytesOf(text)],
        [jsonArray, bytesOf(`[${all.join(',')}]`)],
      ] as const) {
        const wanted = await readPieces(format, bytes, cuts, 'none')
        expect(await readPieces(format, bytes, cuts, 'simd')).toEqual(wanted)
        expect(await readPieces(format, bytes, [997], 'scalar')).toEqual(wanted)
      }
    })
    await fc.assert(law, { numRuns: 60 })
  })

  test('bytes that are no text', async () => {
    const noise = fc.tuple(
      lines,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
    )
    const law = fc.asyncProperty(noise, async ([all, changes]) => {
      const bytes = bytesOf(`{"a":1}\n${[...all, ...all].join('\n')}`)
      for (const [at, byte] of changes) bytes[8 + (at % (bytes.length - 8))] = byte
      await expectSameTables([bytes])
    })
    await fc.assert(law, { numRuns: 100 })
  })
})

describe('of a source of which a part is kept', () => {
  const share = fc.constantFrom(0, 0.3, 0.7, 1)
  const keep: fc.Arbitrary<Keep> = fc.record(
    {
      fields: fc.subarray(['a', 'a.b', 'b', 'event.category', 'tags', 'none.such']),
      keys: fc.record({ field: fc.constantFrom('a', 'a.b', 'c'), share }),
      time: fc.constant({
        from: Date.parse('2000-01-01'),
        to: Date.parse('2026-02-03T08:00:00.5Z'),
      }),
    },
    { requiredKeys: [] },
  )

  test('the encoders keep what the plain path does', async () => {
    const law = fc.asyncProperty(lines, likeLines, keep, async (all, like, part) => {
      await expectSameTables([[...all, ...all, ...all].join('\n')], { keep: part })
      await expectSameTables([[...like, ...like].join('\n')], { keep: part })
      await expectSameTables([`[${all.join(',')}]`], { keep: part })
    })
    await fc.assert(law, { numRuns: 100 })
  })
})

test('kinds of values that are not kept are those of sources that are there', async () => {
  const read = async (encoder: EncoderBuild) => {
    const table = new GrowingTable()
    const part = (name: string, value: string) => {
      const blob = new Blob([`{"a":${value}}\n`.repeat(3)])
      return ingest({ id: name, name, blob }, table, { encoder, keep: { fields: ['b'] } })
    }
    const { source } = await part('texts', '"x"')
    atOnce(table.removeSource(source))
    await part('numbers', '1')
    return describeTable(table)
  }
  const wanted = await read('none')
  expect(await read('simd')).toEqual(wanted)
  expect(await read('scalar')).toEqual(wanted)
})

describe('of many events', () => {
  const pick = <T>(from: readonly T[], at: number): T => from[at % from.length]!

  /** Some values repeat at once, some now and then, some never; shapes take turns. */
  const event = (i: number): unknown => ({
    '@timestamp': new Date(1_770_000_000_000 + i * 17).toISOString(),
    event: {
      category: [pick(['process', 'network', 'file'], (i * 7) >> 3)],
      id: `e${(i * 7919) % 1_000_003}`,
      sequence: i,
    },
    host: { id: pick(['a', 'b'], i >> 9), ip: ['10.0.0.1', `10.0.1.${(i >> 6) % 250}`] },
    ...(i % 5 === 0 && { process: { pid: (i * 31) % 700, args: ['-c', `x${i % 90}`] } }),
    ...(i % 7 === 0 && { 'process.name': pick(['cmd.exe', 'C:\\a b\\"c".exe'], i >> 2) }),
    ...(i % 11 === 0 && { sig: [{ ok: i % 2 === 0 }, { ok: true, by: `s${i % 40}` }] }),
    ...(i % 4001 === 0 && { [`seldom${i}`]: { score: i / 8 } }),
  })
  const all = Array.from({ length: 9000 }, (_, i) => JSON.stringify(event(i)))

  test.each([
    ['lines', all.join('\n')],
    ['an array', `[${all.join()}]`],
    ['hits', all.map((e, i) => `{"_index":"x","_id":"${i}","_source":${e}}`).join('\n')],
  ])('%s', async (_, text) => {
    const { report } = await expectSameTables([text])
    expect(report).toMatchObject({ events: 9000, badCount: 0, withoutTime: 0 })
  })

  test('two sources share their columns, and one can go', async () => {
    const read = async (encoder: EncoderBuild) => {
      const table = new GrowingTable()
      const half = (name: string, texts: readonly string[]) =>
        ingest({ id: name, name, blob: new Blob([texts.join('\n')]) }, table, {
          encoder,
        })
      const [a] = await Promise.all([
        half('a', all.slice(0, 4500)),
        half('b', all.slice(4200)),
      ])
      atOnce(table.removeSource(a.source))
      // Which of the two was read first is not told.
      const describe = () => describeTable(table, [...table.columnNames()].sort())
      const kept = describe()
      await half('c', all.slice(100, 200))
      return { kept, grown: describe() }
    }
    const wanted = await read('none')
    expect(await read('simd')).toEqual(wanted)
    expect(await read('scalar')).toEqual(wanted)
  })
})
