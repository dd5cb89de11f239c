import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonArray } from '../../src/ingest/formats/json-array'
import { ndjson } from '../../src/ingest/formats/ndjson'
import type { Keep } from '../../src/ingest/keep'
import { bytesOf, line } from './odd-lines'
import { expectSameTables, readPieces } from './same-tables'

const lines = fc.array(line, { minLength: 1, maxLength: 30 })
const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 })

describe('the encoders read as the plain path does', () => {
  test('lines of every kind', { timeout: 60_000 }, async () => {
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

  test('records of an array', { timeout: 60_000 }, async () => {
    const law = fc.asyncProperty(
      lines,
      fc.constantFrom(',', ',\n  '),
      async (all, between) => {
        await expectSameTables([`[${[...all, ...all].join(between)}]`])
      },
    )
    await fc.assert(law, { numRuns: 100 })
  })

  test('pieces cut anywhere', { timeout: 60_000 }, async () => {
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

  test('bytes that are no text', { timeout: 60_000 }, async () => {
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

  test('the encoders keep what the plain path does', { timeout: 60_000 }, async () => {
    const law = fc.asyncProperty(lines, keep, async (all, part) => {
      await expectSameTables([[...all, ...all, ...all].join('\n')], { keep: part })
      await expectSameTables([`[${all.join(',')}]`], { keep: part })
    })
    await fc.assert(law, { numRuns: 100 })
  })
})
