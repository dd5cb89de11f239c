import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { lookInside } from '../../src/ingest/look-inside'
import type { ReadingPlace } from '../../src/ingest/slices'
import { makeTar, makeZip } from './make-archives'
import { printRead, readBlob, type ReadFile } from './print-events'

/** How many bytes come at a time, over and over. */
let sizes: readonly number[] = [1]

const SPOILT = 0x5a

// Of pieces that are lent, one is there until the next one but one is asked for.
vi.mock('../../src/ingest/slices', () => ({
  async *readPieces(blob: Blob, place: ReadingPlace): AsyncGenerator<Uint8Array> {
    const lent: Uint8Array[] = []
    for (let from = 0, i = 0; from < blob.size; i++) {
      const to = from + sizes[i % sizes.length]!
      if (lent.length > 1) lent.shift()!.fill(SPOILT)
      const piece = new Uint8Array(await blob.slice(from, to).arrayBuffer())
      lent.push(piece)
      place.bytesRead += piece.length
      yield piece
      from = to
    }
    if (lent.length > 1) lent.shift()!.fill(SPOILT)
  },
}))

const SAMPLES = new URL('samples/', import.meta.url)
const BUILDS = ['none', 'scalar', 'simd'] as const

const cuts = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 8 }),
  encoder: fc.constantFrom(...BUILDS),
})

const readOriginals = ({ originals, report }: ReadFile): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: report.events }, (_, at) => originals.text(at)))

for (const folder of readdirSync(SAMPLES))
  describe(`nothing is kept of pieces that were lent: ${folder}`, () => {
    const files = readdirSync(new URL(`${folder}/`, SAMPLES))
    for (const name of files.filter((file) => !file.endsWith('.expected.txt')))
      test(name, async () => {
        const url = new URL(`${folder}/${name}`, SAMPLES)
        const expected = readFileSync(`${url.pathname}.expected.txt`, 'utf8')
        const bytes = new Uint8Array(readFileSync(url))
        const member = { name, bytes }
        const tar = makeTar([member])
        const ways = [
          bytes,
          gzipSync(bytes),
          tar,
          makeZip([{ name: 'a.tar', bytes: tar }]),
          makeZip([{ ...member, method: 0 }]),
        ]
        const law = fc.asyncProperty(cuts, fc.constantFrom(...ways), async (cut, way) => {
          const parts = way as Uint8Array<ArrayBuffer>
          const { encoder } = cut
          sizes = [parts.length]
          const whole = await readBlob(parts, { encoder })
          sizes = cut.sizes
          const read = await readBlob(parts, { encoder })
          expect(printRead(read)).toBe(expected)
          expect(await readOriginals(read)).toEqual(await readOriginals(whole))
        })
        await fc.assert(law, { numRuns: 3 })
      })
  })

test('nor of those that are only looked at', async () => {
  const members = ['a', 'b'].map((name) => ({ name, bytes: name.repeat(100_000) }))
  const ways = [makeTar(members), makeZip(members), gzipSync(makeTar(members))]
  const law = fc.asyncProperty(cuts, fc.constantFrom(...ways), async (cut, way) => {
    sizes = cut.sizes
    const { texts } = await lookInside(new Blob([way as BlobPart]), () => true)
    expect(texts.map(({ text }) => text)).toEqual(members.map(({ bytes }) => bytes))
  })
  await fc.assert(law, { numRuns: 20 })
})
