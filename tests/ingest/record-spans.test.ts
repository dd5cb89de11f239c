import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecordSpans } from '../../src/ingest/record-spans'

/** How many spans are added at once; one by one where it is 1. */
const batch = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.constantFrom(1, 64, 65, 32_767, 32_768, 32_769, 70_000),
)

test('spans are those that were added, however many at a time', () => {
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
      const spans = new RecordSpans()
      const wanted: (readonly [number, number])[] = []
      for (const count of batches) {
        // Beyond what 32 bits hold.
        const base = 2 ** 33 + wanted.length * 10
        const offsets = Uint32Array.from({ length: count }, (_, i) => i * 10)
        const lengths = Uint32Array.from({ length: count }, (_, i) => (i % 9) + 1)
        if (count === 1) spans.add(base, 1)
        else spans.addMany(base, offsets, lengths)
        for (let i = 0; i < count; i++)
          wanted.push([base + i * 10, base + i * 10 + (i % 9) + 1])
      }
      expect(wanted.map((_, at) => spans.at(at))).toEqual(wanted)
      expect(spans.at(wanted.length)).toEqual([0, 0])
    }),
    { numRuns: 40 },
  )
})
