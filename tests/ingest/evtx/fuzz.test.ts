import { expect, test } from 'vitest'
import { ChunkReader } from '../../../src/ingest/evtx/chunk-reader'
import { printXml } from '../../../src/ingest/evtx/print-xml'
import { readWindowsEvent } from '../../../src/ingest/windows/from-xml'
import { seededChance, type Chance } from '../../support/seeded'
import { printDump } from './dump-json'
import { drawEvtx } from './write-evtx'

/** So many damaged chunks; FUZZ=1000000 for a long run, SEED=… for other ones. */
const count = Number(process.env['FUZZ'] ?? 3000)
const seed = Number(process.env['SEED'] ?? 1)

const CHUNK_SIZE = 0x10000
/** What a chunk may become at most, in characters of XML. */
const MOST = 50_000_000

const LOG = `
  <Event X='y'><A N='{text name}'>{text one &amp; two}</A><B>{uint8? 7}</B><C/></Event>
  <Event X='y'><A N='{text name}'>{guid 00112233445566778899aabbccddeeff}</A><B>{null?}</B><C/></Event>
  <Event><U>{xml <B C='d'>{xml <C>{sid 010100000000000512000000}</C>}</B>}</U></Event>
  <Event><U>{xml <B C='d'>{xml <C>{filetime 87969c7efa7bda01}</C>}</B>}</U></Event>
  <Event><D>{text[] a|b||c}</D><D>{uint64[] #0102030405060708090a0b0c0d0e0f10}</D></Event>
  <Event><A>&lt;&#65;<![CDATA[x]]><?p q?></A>{ansi abc}{real64 9a9999999999b9bf}{binary 0102}</Event>
  direct <Event X='1'><A B='c'>text</A><A/></Event>
`

/** Numbers that readers stumble over. */
const TROUBLE = [
  0, 1, 0x7f, 0x80, 0xff, 0x200, 0x2a2a, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff,
]

function harm(chunk: Uint8Array, used: number, chance: Chance): void {
  const view = new DataView(chunk.buffer)
  const place = () => chance.below(used - 4)
  const harms = [
    () => (chunk[place()]! ^= 1 << chance.below(8)),
    () => (chunk[place()] = chance.below(0x50)),
    () => view.setUint16(place(), chance.pick(TROUBLE) & 0xffff, true),
    () => view.setUint32(place(), chance.pick(TROUBLE), true),
    () => view.setUint32(place(), chance.below(used), true),
    () => chunk.copyWithin(place(), place(), place()),
  ]
  for (let i = chance.below(4); i >= 0; i--) chance.pick(harms)()
}

/** Everything that is done with a log; what came of it. */
function readAll(reader: ChunkReader, chunk: Uint8Array): readonly string[] {
  const found: string[] = []
  reader.readChunk(chunk, {
    onRecord(root) {
      found.push(printXml(root))
      readWindowsEvent(root)
      printDump(root)
    },
    onDamage: (code) => found.push(code),
  })
  return found
}

test(`${count} damaged chunks`, () => {
  const chance = seededChance(seed)
  const whole = drawEvtx(LOG).subarray(4096)
  const used = new DataView(whole.buffer, whole.byteOffset).getUint32(48, true)
  const reader = new ChunkReader()
  const sound = readAll(reader, whole)
  expect(sound).toHaveLength(7)
  let read = 0
  for (let i = 0; i < count; i++) {
    const chunk = whole.slice()
    harm(chunk, used, chance)
    const length = chance.below(4) === 0 ? chance.below(used) : CHUNK_SIZE
    const found = readAll(reader, chunk.subarray(0, length))
    const size = found.reduce((sum, text) => sum + text.length, 0)
    if (size > MOST) expect.fail(`chunk ${i} became ${size} characters`)
    read += found.filter((text) => text.startsWith('<')).length
  }
  // The harm is not so great that nothing behind it is ever reached.
  expect(read).toBeGreaterThan(count)
  expect(readAll(reader, whole)).toEqual(sound)
})
