import { describe, expect, test } from 'vitest'
import type { EvtxDamage } from '../../../src/ingest/evtx/damage'
import { readEvtx } from '../../../src/ingest/evtx/read-evtx'
import { textOf } from '../../../src/ingest/windows/xml-tree'
import { utf16 } from './value-bytes'
import { drawEvtx, sealChunk } from './write-evtx'

/* Two blocks of three events; the text of each is its number. */
const LOG = `
  <Event><A>{text one}</A></Event>
  <Event><A>{text two}</A></Event>
  <Event><A>{text three}</A></Event>
  ---
  <Event><A>{text four}</A></Event>
  <Event><A>{text five}</A></Event>
  <Event><A>{text six}</A></Event>
`

const CHUNK = 4096

/** A log that something is done to; the checksums are right again afterwards, if `sealed`. */
class Patient {
  bytes = drawEvtx(LOG)
  private readonly view = new DataView(this.bytes.buffer)

  /** Where the n-th record of the first chunk begins, from 0. */
  record(n: number): number {
    let at = CHUNK + 512
    for (let i = 0; i < n; i++) at += this.view.getUint32(at + 4, true)
    return at
  }

  /** Where a text stands for the first time. */
  find(text: string): number {
    const wanted = utf16(text)
    const at = this.bytes.findIndex((_, i) =>
      wanted.every((byte, j) => this.bytes[i + j] === byte),
    )
    expect(at, text).toBeGreaterThan(0)
    return at
  }

  put8(at: number, value: number): this {
    this.bytes[at] = value
    return this
  }

  put32(at: number, value: number): this {
    this.view.setUint32(at, value, true)
    return this
  }

  sealed(): this {
    sealChunk(this.bytes, CHUNK)
    return this
  }

  cut(length: number): this {
    this.bytes = this.bytes.slice(0, length)
    return this
  }
}

/** Damage by its code and place, then the texts of the events that were read. */
async function readPatient({ bytes }: Patient): Promise<string> {
  const damages: EvtxDamage[] = []
  const events: string[] = []
  const summary = await readEvtx(bytes, ({ root }) => events.push(textOf(root)), {
    onDamage: (damage) => damages.push(damage),
  })
  expect(summary.records).toBe(events.length)
  expect(summary.losses).toBe(damages.filter(({ isLoss }) => isLoss).length)
  for (const { reason } of damages) expect(reason).toMatch(/^[A-Z].*\.$/)
  const told = damages.map(({ code, chunk, isLoss }) =>
    isLoss ? `${code} in ${chunk}` : `(${code} in ${chunk})`,
  )
  return [...told, ...events].join(', ')
}

const ALL = 'one, two, three, four, five, six'

const cases: readonly (readonly [string, (log: Patient) => Patient, string])[] = [
  ['nothing wrong', (log) => log, ALL],
  [
    'a header that was changed',
    (log) => log.put8(24, 99),
    `(file-checksum in -1), ${ALL}`,
  ],
  ['a header that is gone', (log) => log.put8(0, 0), `(not-evtx in -1), ${ALL}`],
  [
    'a block that does not begin as one',
    (log) => log.put8(CHUNK, 0),
    'no-chunk in 0, four, five, six',
  ],
  [
    'a block header that was changed',
    (log) => log.put8(CHUNK + 8, 9),
    `(chunk-checksum in 0), ${ALL}`,
  ],
  [
    'an event that was changed',
    (log) => log.put8(log.find('two'), 0x54),
    '(records-checksum in 0), one, Two, three, four, five, six',
  ],
  [
    'a block without checksums',
    (log) => log.put32(CHUNK + 120, 4).put32(CHUNK + 124, 0),
    ALL,
  ],
  [
    'an end of events that cannot be',
    (log) => log.put32(CHUNK + 48, 0x7fffffff),
    `(chunk-checksum in 0), (records-checksum in 0), ${ALL}`,
  ],
  [
    'an end of events before the first',
    (log) => log.put32(CHUNK + 48, 0),
    `(chunk-checksum in 0), (records-checksum in 0), ${ALL}`,
  ],
  [
    'old events behind the last',
    (log) => log.put32(CHUNK + 48, log.record(2) - CHUNK).sealed(),
    'one, two, four, five, six',
  ],
  [
    'an event that is overwritten',
    (log) => log.put32(log.record(1), 0).sealed(),
    'record-lost in 0, one, three, four, five, six',
  ],
  [
    'the last event zeroed',
    (log) => {
      log.bytes.fill(0, log.record(2), CHUNK + 0x10000)
      return log.put32(CHUNK + 48, 0x10000).sealed()
    },
    'one, two, four, five, six',
  ],
  [
    'an event that would reach over the next',
    (log) => log.put32(log.record(1) + 4, 200).sealed(),
    'one, two, three, four, five, six',
  ],
  [
    'an event longer than its block',
    (log) => log.put32(log.record(1) + 4, 0x20000).sealed(),
    'record-lost in 0, one, three, four, five, six',
  ],
  [
    'an event without content',
    (log) => log.put8(log.record(1) + 24, 0).sealed(),
    'no-event in 0, one, three, four, five, six',
  ],
  [
    'a mark that is none',
    (log) => log.put8(log.record(1) + 28, 0x3c).sealed(),
    'bad-token in 0, one, three, four, five, six',
  ],
  [
    'a template that is not there',
    (log) => log.put32(log.record(1) + 34, 0xffff0).sealed(),
    'bad-template in 0, one, three, four, five, six',
  ],
  [
    'more values than bytes',
    (log) => log.put32(log.record(1) + 38, 0x40000000).sealed(),
    'past-end in 0, one, three, four, five, six',
  ],
  [
    'a name that is not there',
    (log) => log.put32(log.find('Event') - 12, 0xfffffff0).sealed(),
    'bad-name in 0, bad-name in 0, bad-name in 0, four, five, six',
  ],
  [
    'a file cut off in an event',
    (log) => log.cut(log.record(2) + 40),
    '(records-checksum in 0), record-lost in 0, (chunk-cut in 0), one, two',
  ],
  [
    'a file cut off in a block header',
    (log) => log.cut(CHUNK + 100),
    '(chunk-checksum in 0), (records-checksum in 0), (chunk-cut in 0)',
  ],
  ['a file cut off in its header', (log) => log.cut(100), '(not-evtx in -1)'],
  ['an empty file', (log) => log.cut(0), '(not-evtx in -1)'],
]

describe('a log with', () => {
  test.each(cases)('%s', async (_, harm, expected) => {
    expect(await readPatient(harm(new Patient()))).toBe(expected)
  })
})
