import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockPages } from '../../src/events/block-pages'
import { CodeBlocks } from '../../src/events/code-blocks'
import type { Scalar } from '../../src/events/column'
import { MapDictionary } from '../../src/events/map-dictionary'
import { GONE, type GrowingColumn } from '../../src/events/growing-column'
import { atOnce } from '../../src/events/in-pieces'
import { StoredColumn } from '../../src/events/stored-column'
import { TimeColumn } from '../../src/events/time-column'

describe('a dictionary', () => {
  test('tells contents apart by type', () => {
    const dictionary = new MapDictionary()
    const scalars: Scalar[] = ['1', 1, true, 'true', null, 'null', 1n << 60n, '', 0]
    const codes = scalars.map((scalar) => dictionary.intern(scalar))
    expect(new Set(codes).size).toBe(scalars.length)
    expect(codes.map((code) => dictionary.scalars(code)[0])).toEqual(scalars)
    expect(scalars.map((scalar) => dictionary.codeOf(scalar))).toEqual(codes)
  })

  test('knows -0 and NaN as one content each', () => {
    const dictionary = new MapDictionary()
    expect(dictionary.intern(-0)).toBe(dictionary.intern(0))
    expect(dictionary.intern(NaN)).toBe(dictionary.intern(NaN))
    expect(Object.is(dictionary.scalars(1)[0], 0)).toBe(true)
  })

  test('keeps an array as one content, apart from its elements', () => {
    const dictionary = new MapDictionary()
    const one = dictionary.internList(['a', 'b'])
    expect(dictionary.internList(['a', 'b'])).toBe(one)
    expect(dictionary.internList(['b', 'a'])).not.toBe(one)
    expect(dictionary.codeOf('a')).toBe(0)
    const single = dictionary.internList(['a'])
    expect(dictionary.intern('a')).not.toBe(single)
    expect([
      dictionary.isArray(single),
      dictionary.isArray(dictionary.codeOf('a')),
    ]).toEqual([true, false])
  })

  test('keeps one null of an array, for which a null_value may stand', () => {
    const dictionary = new MapDictionary()
    expect(dictionary.scalars(dictionary.internList(['a', null, 'b', null]))).toEqual([
      'a',
      null,
      'b',
    ])
    expect(dictionary.internList([null, 'a'])).not.toBe(dictionary.internList(['a']))
    expect(dictionary.scalars(dictionary.internList([null, null]))).toEqual([null])
  })

  test('of ids gives each back, and finds any of them', () => {
    const dictionary = new MapDictionary()
    const ids = Array.from({ length: 30_000 }, (_, i) => `id ${(i * 7919) % 1e6}`)
    const codes = ids.map((id) => dictionary.intern(id))
    const lists = ids.map((id) => dictionary.internList([id]))
    expect(codes.map((code) => dictionary.scalars(code)[0])).toEqual(ids)
    expect(lists.map((code) => dictionary.scalars(code))).toEqual(ids.map((id) => [id]))
    for (const id of [ids[0]!, ids[17_171]!, ids.at(-1)!])
      expect(dictionary.scalars(dictionary.codeOf(id))).toEqual([id])
    expect(dictionary.codeOf('no id')).toBe(0)
  })

  test('in which contents repeat after all does not go on growing', () => {
    const dictionary = new MapDictionary()
    for (let i = 0; i < 10_000; i++) dictionary.intern(`first ${i}`)
    const repeat = (times: number) => {
      for (let i = 0; i < times; i++) dictionary.intern(`again ${i % 500}`)
    }
    repeat(150_000)
    const size = dictionary.size
    repeat(50_000)
    expect(dictionary.size).toBe(size)
  })

  test('counts the kinds of what it holds', () => {
    const dictionary = new MapDictionary()
    for (const scalar of ['a', 'b', 'a', 1, -2, 1.5, true, null, 2n ** 63n, 2n ** 62n])
      dictionary.intern(scalar)
    dictionary.internList(['c', 1])
    expect(dictionary.observed).toEqual({
      strings: 3,
      longs: 4,
      bigs: 1,
      doubles: 1,
      booleans: 1,
      nulls: 1,
    })
  })
})

// Rows with gaps of very different size, so that blocks are absent, sparse and dense.
const gaps = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  ),
  { maxLength: 300 },
)
const runs = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 9000 }),
    count: fc.integer({ min: 1, max: 6000 }),
    step: fc.integer({ min: 1, max: 9 }),
    codes: fc.constantFrom(3, 300, 70_000),
  }),
  { maxLength: 5 },
)

describe('packed blocks are as good as a Map', () => {
  const check = (entries: ReadonlyMap<number, number>) => {
    const room = new BlockPages()
    const blocks = new CodeBlocks(room)
    const neighbour = new CodeBlocks(room)
    for (const [row, code] of entries) {
      blocks.append(row, code)
      neighbour.append(row, code + 1)
    }
    const last = Math.max(0, ...entries.keys())
    const seen: [number, number][] = []
    blocks.forEach((row, code) => seen.push([row, code]))
    expect(seen).toEqual([...entries])
    expect(blocks.filled).toBe(entries.size)
    let others = 0
    neighbour.forEach((row, code) => (others += code === entries.get(row)! + 1 ? 1 : 0))
    expect(others).toBe(entries.size)
    for (const [from, to] of [
      [0, last + 1],
      [last >>> 2, last >>> 1],
      [4000, 4100],
    ] as const) {
      const copied = new Uint32Array(Math.max(to - from, 0))
      blocks.copyTo(copied, from, to)
      const isOther = (code: number, i: number) => code !== (entries.get(from + i) ?? 0)
      expect(copied.findIndex(isOther)).toBe(-1)
    }
    for (const row of entries.keys())
      for (const near of [row - 1, row, row + 1])
        if (near >= 0 && blocks.codeAt(near) !== (entries.get(near) ?? 0))
          expect([near, blocks.codeAt(near)]).toEqual([near, entries.get(near) ?? 0])
  }

  test('for scattered rows', () => {
    fc.assert(
      fc.property(gaps, (all) => {
        let row = -1
        check(new Map(all.map((gap, i) => [(row += gap), (i % 255) + 1])))
      }),
    )
  })

  test('for long runs with codes of any width', () => {
    fc.assert(
      fc.property(runs, (all) => {
        const entries = new Map<number, number>()
        let row = 0
        for (const { gap, count, step, codes } of all) {
          row += gap
          for (let i = 0; i < count; i++)
            entries.set((row += step), ((i * 7919) % codes) + 1)
        }
        check(entries)
      }),
      { numRuns: 20 },
    )
  })
})

const text = fc.constantFrom(
  '2026-02-03T08:00:00.000Z',
  '2026-02-03T08:00:00Z',
  '2026-02-03T08:00:00.0000001Z',
  '2026-02-03T08:00:00+01:00',
  '2026-02-03',
  'words',
)
const content = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom<Scalar>(1770105600500, 1.5, 1e300, true, null, 5n << 60n),
  fc.array(text, { minLength: 1, maxLength: 3 }),
)
const filled = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), content), {
  maxLength: 200,
})

describe.each<[string, () => GrowingColumn]>([
  ['a column', () => new StoredColumn('f', new MapDictionary())],
  ['a column of timestamps', () => new TimeColumn('f', new MapDictionary())],
])('%s', (_, make) => {
  const fill = (entries: readonly (readonly [number, Scalar | Scalar[]])[]) => {
    const column = make()
    const wanted = new Map<number, Scalar | Scalar[]>()
    let row = -1
    for (const [gap, value] of entries) {
      row += gap
      wanted.set(row, value)
      if (Array.isArray(value)) column.putList(row, value)
      else column.put(row, value)
    }
    return { column, wanted, rowCount: row + 1 }
  }
  const contents = (column: GrowingColumn) => {
    const found = new Map<number, Scalar | readonly Scalar[]>()
    const copied = new Uint32Array(200_000)
    column.copyCodes(copied, 0, copied.length)
    column.forEach((row, code) => {
      expect(column.codeAt(row)).toBe(code)
      expect(copied[row]).toBe(code)
      const scalars = column.scalars(code)
      found.set(row, column.isArray(code) ? scalars : scalars[0]!)
    })
    return found
  }

  test('gives back what was put, with a code for each distinct content', () => {
    fc.assert(
      fc.property(filled, (entries) => {
        const { column, wanted } = fill(entries)
        expect(contents(column)).toEqual(wanted)
        expect([...contents(column).keys()]).toEqual([...wanted.keys()])
        expect(column.filled).toBe(wanted.size)
        const distinct = new Set([...wanted.values()].map(identity))
        expect(column.size).toBe(distinct.size)
        for (const [row, value] of wanted)
          if (!Array.isArray(value)) expect(column.codeOf(value)).toBe(column.codeAt(row))
      }),
    )
  })

  test('visits the rows of a range alone', () => {
    const end = fc.nat({ max: 60_000 })
    fc.assert(
      fc.property(filled, end, end, (entries, from, to) => {
        const { column, wanted } = fill(entries)
        const visited: number[] = []
        column.forEach((row) => visited.push(row), from, to)
        expect(visited).toEqual([...wanted.keys()].filter((r) => r >= from && r < to))
      }),
    )
  })

  test('gives the same when asked in between', () => {
    const column = make()
    column.put(3, '2026-02-03T08:00:00.000Z')
    const code = column.codeAt(3)
    column.put(9000, 'words')
    column.put(9001, '2026-02-03T08:00:00.000Z')
    expect([column.codeAt(3), column.codeAt(9001)]).toEqual([code, code])
    expect(column.codeOf('never')).toBe(0)
    expect(column.codeAt(4)).toBe(0)
    expect(column.codeAt(1e6)).toBe(0)
  })

  test('keeps what is left when rows go', () => {
    fc.assert(
      fc.property(filled, fc.integer({ min: 2, max: 5 }), (entries, every) => {
        const { column, wanted, rowCount } = fill(entries)
        let next = 0
        const newRow = Uint32Array.from({ length: rowCount }, (_, row) =>
          row % every === 0 ? GONE : next++,
        )
        const left = [...wanted].filter(([row]) => row % every !== 0)
        const moved = left.map(([row, value]) => [newRow[row]!, value] as const)
        expect(contents(atOnce(column.copyRows(newRow)))).toEqual(new Map(moved))
      }),
    )
  })
})

const identity = (value: Scalar | Scalar[]) =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))
