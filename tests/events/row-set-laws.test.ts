import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RowSet } from '../../src/events/row-set'

/** A set of rows and the plain set it stands for. */
interface Twin {
  readonly rows: RowSet
  readonly plain: ReadonlySet<number>
}

const sizes = fc.oneof(
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ max: 30_000, min: 0 }),
)

/** Few rows, many, a stretch, or all but a few: kept in different ways. */
const rowsUpTo = (size: number): fc.Arbitrary<readonly number[]> => {
  if (size === 0) return fc.constant([])
  const row = fc.integer({ min: 0, max: size - 1 })
  const few = fc.uniqueArray(row, { maxLength: 12 })
  const stretch = fc
    .tuple(row, row)
    .map(([a, b]) => [...Array(size).keys()].slice(Math.min(a, b), Math.max(a, b) + 1))
  const allBut = few.map((out) => {
    const gone = new Set(out)
    return [...Array(size).keys()].filter((each) => !gone.has(each))
  })
  const every = fc
    .integer({ min: 2, max: 100 })
    .map((n) => [...Array(size).keys()].filter((each) => each % n === 0))
  return fc.oneof(few, stretch, allBut, every)
}

const twin = (size: number): fc.Arbitrary<Twin> =>
  fc.tuple(rowsUpTo(size), fc.boolean()).map(([rows, asList]) => ({
    rows: asList
      ? RowSet.ofList(
          size,
          Uint32Array.from(rows).sort((a, b) => a - b),
        )
      : RowSet.of(size, rows),
    plain: new Set(rows),
  }))

const pair = sizes.chain((size) => fc.tuple(twin(size), twin(size)))
/** Of a table before and after it has grown. */
const unequalPair = fc
  .tuple(sizes, sizes)
  .chain(([size, other]) => fc.tuple(twin(size), twin(other)))

const ascending = (rows: Iterable<number>): number[] => [...rows].sort((a, b) => a - b)
const keep = (rows: Iterable<number>, isKept: (row: number) => boolean): number[] =>
  ascending(rows).filter(isKept)

describe('row sets', () => {
  test('tell what is in them', () => {
    fc.assert(
      fc.property(sizes.chain(twin), ({ rows, plain }) => {
        expect(rows.rows()).toEqual(ascending(plain))
        expect(rows.count()).toBe(plain.size)
        expect(rows.isEmpty()).toBe(plain.size === 0)
        expect(rows.isAll()).toBe(plain.size === rows.size)
        for (let row = 0; row < Math.min(rows.size, 200); row++)
          expect(rows.has(row)).toBe(plain.has(row))
        const seen: number[] = []
        for (const piece of rows.pieces()) seen.push(...piece)
        expect(seen).toEqual(ascending(plain))
      }),
    )
  })

  test.each([
    ['of one table', pair],
    ['of a table that has grown', unequalPair],
  ])('keep to set algebra: sets %s', (_, pairs) => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(a.rows.and(b.rows).rows()).toEqual(
          keep(a.plain, (row) => b.plain.has(row)),
        )
        expect(a.rows.or(b.rows).rows()).toEqual(
          ascending(new Set([...a.plain, ...b.plain])),
        )
        expect(a.rows.without(b.rows).rows()).toEqual(
          keep(a.plain, (row) => !b.plain.has(row)),
        )
        expect(a.rows.rows()).toEqual(ascending(a.plain))
        expect(a.rows.and(b.rows).count()).toBe(
          keep(a.plain, (row) => b.plain.has(row)).length,
        )
      }),
    )
  })

  test('take and lose single rows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }).chain((size) => {
          const row = fc.integer({ min: 0, max: size - 1 })
          return fc.tuple(twin(size), fc.array(fc.tuple(row, fc.boolean())))
        }),
        ([{ rows, plain }, changes]) => {
          const set = RowSet.of(rows.size, rows.rows())
          const model = new Set(plain)
          for (const [row, isIn] of changes) {
            if (isIn) set.add(row)
            else set.delete(row)
            if (isIn) model.add(row)
            else model.delete(row)
          }
          expect(set.rows()).toEqual(ascending(model))
          expect(set.count()).toBe(model.size)
        },
      ),
    )
  })

  test('take room for what they hold, not for what there is', () => {
    const size = 1_000_000
    const all = RowSet.all(size)
    expect(all.bytes).toBe(size / 8)
    expect(RowSet.ofList(size, Uint32Array.of(5, 500_000)).bytes).toBe(8)
    expect(all.without(RowSet.range(size, 9, size)).bytes).toBe(9 * 4)
    expect(RowSet.range(size, 0, 9).or(RowSet.range(size, 7, 11)).bytes).toBe(11 * 4)
    expect(RowSet.range(size, 0, 9).and(all).bytes).toBe(9 * 4)
  })
})
