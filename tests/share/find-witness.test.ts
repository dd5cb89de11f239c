import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findWitness, type WitnessParts } from '../../src/share/find-witness'

const ROWS = [...Array(12).keys()]
const FIELDS = Array.from('abcdefgh')

const holdsAll = (parts: WitnessParts, needed: WitnessParts) =>
  needed.rows.every((row) => parts.rows.includes(row)) &&
  needed.fields.every((field) => parts.fields.includes(field))

describe('a witness', () => {
  test('is exactly what is needed, beside the chosen events', async () => {
    const needed = fc.record({ rows: fc.subarray(ROWS), fields: fc.subarray(FIELDS) })
    await fc.assert(
      fc.asyncProperty(
        needed,
        fc.subarray(ROWS, { minLength: 1 }),
        fc.nat(FIELDS.length),
        async (needed, chosen, named) => {
          const witness = await findWitness({
            chosen,
            context: [ROWS.slice(0, 5), ROWS],
            fields: FIELDS.slice(0, named),
            otherFields: FIELDS.slice(named),
            holds: (parts) => Promise.resolve(holdsAll(parts, needed)),
          })
          const rows = [...new Set([...chosen, ...needed.rows])].sort((a, b) => a - b)
          expect(witness).toEqual({ rows, fields: needed.fields })
        },
      ),
    )
  })

  test('holds, and nothing alone can be taken out, where parts stand for each other', async () => {
    const either = fc.array(fc.subarray(FIELDS, { minLength: 1 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(either, async (groups) => {
        const holds = ({ fields }: WitnessParts) =>
          Promise.resolve(groups.every((group) => group.some((f) => fields.includes(f))))
        const search = {
          chosen: [3],
          context: [],
          fields: FIELDS,
          otherFields: [],
          holds,
        }
        const witness = (await findWitness(search))!
        expect(await holds(witness)).toBe(true)
        for (const field of witness.fields) {
          const fields = witness.fields.filter((other) => other !== field)
          expect(await holds({ rows: [3], fields })).toBe(false)
        }
      }),
    )
  })

  test('that cannot be had is not made up', async () => {
    const search = { chosen: [1], context: [ROWS], fields: FIELDS, otherFields: [] }
    expect(await findWitness({ ...search, holds: () => Promise.resolve(false) })).toBe(
      undefined,
    )
  })
})
