import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Format } from '../../../src/ingest/format'
import { evtxDump } from '../../../src/ingest/formats/evtx-dump'
import { windowsXml } from '../../../src/ingest/formats/windows-xml'
import { fieldsOf, readBlob } from '../print-events'
import { readPieces } from '../same-tables'
import { readIncident } from './incident'
import { printDumpLines, printXmlLines } from './print-incident'

const incident = readIncident(
  readFileSync(new URL('incident.txt', import.meta.url), 'utf8'),
)
const xml = printXmlLines(incident)
const dump = printDumpLines(incident)
  .trimEnd()
  .split('\n')
  .map((line, i) => `Record ${i + 1}\r\n${JSON.stringify(JSON.parse(line), null, 2)}\r\n`)
  .join('')

/** The numbers of the events in a file of XML, and on which lines it is bad, and why. */
async function readXml(text: string): Promise<readonly string[]> {
  const { table, report } = await readBlob(text)
  const codes = Array.from({ length: table.rowCount }, (_, row) =>
    String(fieldsOf(table, row)['event.code']),
  )
  return [...codes, ...report.bad.map(({ line, reason }) => `${line}: ${reason}`)]
}

const draw = (id: number, data = '') =>
  `<Event><System><EventID>${id}</EventID></System><EventData>${data}</EventData></Event>`

describe('XML of any layout:', () => {
  test.each([
    ['one root', `<?xml version="1.0"?>\n<Events>${draw(1)}${draw(2)}</Events>`],
    ['none', `${draw(1)}\r\n${draw(2)}`],
    ['a line of syslog each', `a 1 sysmon: ${draw(1)}\nb no event\nc 2 x: ${draw(2)}`],
    [
      'a heading each',
      `Record 1\n<?xml version="1.0"?>\n${draw(1)}\nRecord 2\n${draw(2)}`,
    ],
    ['attributes', `<Event a="b>"  \n c='d'>${draw(1).slice(7)}${draw(2)}`],
    ['names that begin alike', `<Events><EventData/><Eventful/>${draw(1)}${draw(2)}`],
  ])('%s', async (_, text) => {
    expect(await readXml(text)).toEqual(['1', '2'])
  })

  test('an event without its end does not harm those around it', async () => {
    const cutOff = draw(2, '<Data>').slice(0, -20)
    expect(await readXml(`${draw(1)}\n${cutOff}\n${draw(3)}\n${cutOff}`)).toEqual([
      '1',
      '3',
      '2: The event is cut off: </Event> is missing.',
      '4: The event is cut off: </Event> is missing.',
    ])
  })

  test('neither does one that is no XML', async () => {
    const text = [draw(1), draw(2, '<Data></Dat>'), draw(3, '<Data a=>'), draw(4)]
    expect(await readXml(text.join('\n'))).toEqual([
      '1',
      '4',
      '2: The event is not well-formed XML.',
      '3: The event is not well-formed XML.',
    ])
  })

  test('nor one with elements in elements beyond all measure', async () => {
    const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000)
    expect(await readXml(`${draw(1)}\n${draw(2, deep)}\n${draw(3)}`)).toEqual([
      '1',
      '3',
      '2: The event is not well-formed XML.',
    ])
  })

  test('a table of ECS events stays one, even if it has them as XML', async () => {
    const table = `@timestamp,event.code,event.original\n2026-02-03T14:20:00Z,9,${draw(1)}\n`
    expect(await readXml(table)).toEqual(['9'])
  })

  test('entities are never those of the file', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    const { table } = await readBlob(`${bomb}${draw(1, '<Data Name="D">&b;&lt;</Data>')}`)
    expect(fieldsOf(table, 0)['winlog.event_data.D']).toBe('&b;<')
  })
})

test('the original of an event is what stands in the file', async () => {
  const heading = '\ufeff<?xml version="1.0"?>\n<Events>äöü\n'
  const found = await readBlob(`${heading}${draw(1)}\n${draw(2, '<Data>é</Data>')}`)
  expect(await found.originals.text(0)).toBe(draw(1))
  expect(await found.originals.text(1)).toBe(draw(2, '<Data>é</Data>'))
  const dumped = await readBlob(dump)
  const first = await dumped.originals.text(0)
  expect(dump.startsWith(`Record 1\r\n${first}\r\nRecord 2\r\n`)).toBe(true)
})

const encode = (text: string) => new TextEncoder().encode(text)

describe('it is the same in whatever pieces the bytes come:', () => {
  test.each<[string, Format, string]>([
    ['XML', windowsXml, `<Events>\n${xml}<Event \n`],
    ['evtx_dump', evtxDump, dump],
  ])('%s', async (_, format, text) => {
    const whole = await readPieces(format, encode(text), [text.length * 2], 'none')
    expect(whole).toMatchObject({ events: incident.length })
    const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(sizes, async (pieces) => {
        expect(await readPieces(format, encode(text), pieces, 'none')).toEqual(whole)
      }),
      { numRuns: 20, examples: [[[1]], [[7]]] },
    )
  })
})

test('a value is no heading, even where a piece of the bytes begins with it', async () => {
  const value = 'Record 5 of them'
  const text = `Record 1\n${JSON.stringify({ note: '-'.repeat(80) + value, n: 1 })}\n`
  const whole = await readPieces(evtxDump, encode(text), [text.length * 2], 'none')
  expect(whole).toMatchObject({ events: 1 })
  const pieces = [text.indexOf(value), text.length]
  expect(await readPieces(evtxDump, encode(text), pieces, 'none')).toEqual(whole)
})

/** What a file begins with tells what it is. */
const HEAD = 128
/** So many changed files; FUZZ=100000 for a long run. */
const numRuns = Number(process.env['FUZZ'] ?? 150)

describe('bytes that were changed do no harm beyond their event:', () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 5,
  })

  test.each([
    ['XML', xml],
    ['evtx_dump', printDumpLines(incident)],
  ])(
    '%s',
    async (_, text) => {
      const bytes = encode(text)
      await fc.assert(
        fc.asyncProperty(flips, async (changes) => {
          const changed = bytes.slice()
          for (const [at, byte] of changes)
            changed[HEAD + (at % (bytes.length - HEAD))] = byte
          const { report } = await readBlob(changed)
          expect(report.events).toBeGreaterThanOrEqual(
            incident.length - 2 * changes.length,
          )
          expect(report.events).toBeLessThanOrEqual(incident.length + changes.length)
        }),
        { numRuns },
      )
    },
    3_600_000,
  )
})
