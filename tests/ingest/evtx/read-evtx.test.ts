import { crc32 as crc32OfNode } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../../src/ingest/evtx/crc32'
import { isEvtx } from '../../../src/ingest/evtx/file-header'
import {
  chunkStart,
  type EvtxRecord,
  readEvtx,
  readEvtxRecord,
} from '../../../src/ingest/evtx/read-evtx'
import { printXml } from '../../../src/ingest/evtx/print-xml'
import { isElement, textOf, type XmlElement } from '../../../src/ingest/windows/xml-tree'
import { utf16 } from './value-bytes'
import { drawEvtx, writeEvtx } from './write-evtx'

const hex = (text: string) => Buffer.from(utf16(text)).toString('hex')
const eventOf = (text: string) =>
  `<Event><A X='{text #${hex(text)}}'>{text #${hex(text)}}</A></Event>`

async function readAll(
  source: Parameters<typeof readEvtx>[0],
): Promise<readonly EvtxRecord[]> {
  const records: EvtxRecord[] = []
  const onDamage = ({ reason }: { reason: string }) => expect.fail(reason)
  await readEvtx(source, (record) => records.push(record), { onDamage })
  return records
}

const attributesOf = (root: XmlElement): readonly string[] =>
  root.children.flatMap((child) =>
    isElement(child) ? child.attributes.map(({ value }) => String(value)) : [],
  )

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** Any text, also such as no one writes, with halves of surrogate pairs. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint16Array({ maxLength: 30 }).map((units) => String.fromCharCode(...units)),
)
/** Some texts for each of some chunks. */
const texts = fc.array(fc.array(text), { minLength: 1, maxLength: 4 })

/** Up to the first NUL, and with halves of pairs replaced. */
const readable = (written: string) =>
  decoder.decode(new TextEncoder().encode(written.split('\0')[0]))
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

describe('reading', () => {
  test('gives back what was written', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (chunks) => {
        const log = writeEvtx(chunks.map((events) => events.map(eventOf)))
        const records = await readAll(log)
        const written = chunks.flat().map(readable)
        expect(records.map(({ root }) => textOf(root))).toEqual(written)
        expect(records.map(({ id }) => id)).toEqual(written.map((_, i) => i + 1))
        expect(records.flatMap(({ root }) => attributesOf(root))).toEqual(
          written.filter((text) => text !== ''),
        )
      }),
      { numRuns: 50 },
    )
  })

  test('does not depend on how a file comes in pieces', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(texts, sizes, async (chunks, cuts) => {
        const log = writeEvtx(chunks.map((events) => events.map(eventOf)))
        expect(await readAll(inPieces(log, cuts))).toEqual(await readAll(log))
      }),
      { numRuns: 30 },
    )
  })

  test('keeps nothing of one chunk for the next', async () => {
    const log = drawEvtx(
      '<Event><A>{text a}</A></Event>\n---\n<Eve><Bcd>{text a}</Bcd></Eve>',
    )
    const printed = (await readAll(log)).map(({ root }) => printXml(root))
    expect(printed).toEqual(['<Event><A>a</A></Event>', '<Eve><Bcd>a</Bcd></Eve>'])
  })

  test('can read a single record again', async () => {
    const log = drawEvtx(
      '<Event>{uint8 1}</Event>\n<Event>{uint8 2}</Event>\n---\n<Event>{uint8 3}</Event>',
    )
    for (const { offset, root } of await readAll(log)) {
      const start = chunkStart(offset)
      expect(readEvtxRecord(log.subarray(start, start + 0x10000), offset)).toEqual(root)
    }
    expect(readEvtxRecord(log.subarray(4096), 4096)).toBeUndefined()
  })

  test('ends when it is told to', async () => {
    const log = drawEvtx('<Event>1</Event>\n---\n<Event>2</Event>')
    const events: string[] = []
    await readEvtx(log, ({ root }) => events.push(textOf(root)), {
      onChunk: () => events.length === 0,
    })
    expect(events).toEqual(['1'])
  })

  test('passes on that a file cannot be read', async () => {
    const broken = (async function* () {
      yield new Uint8Array(5000)
      throw new Error('gone')
    })()
    await expect(readEvtx(broken, () => undefined)).rejects.toThrow('gone')
  })
})

test('a checksum is that of everybody else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: 100 }), (bytes, cut) => {
      const at = Math.min(cut, bytes.length)
      const before = crc32(bytes, 0, at)
      expect(crc32(bytes, at, bytes.length, before)).toBe(crc32OfNode(bytes))
    }),
  )
})

test('a log is known by its first bytes', () => {
  expect(isEvtx(drawEvtx('<Event/>'))).toBe(true)
  expect(isEvtx(new TextEncoder().encode('ElfFiles are nice'))).toBe(false)
  expect(isEvtx(new Uint8Array(3))).toBe(false)
})
