import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scalar } from '../../src/events/column'
import { parseLossless, readLosslessJson } from '../../src/ingest/lossless-json'
import { fieldsOf, readBlob } from './print-events'

type Fields = Record<string, Scalar | readonly Scalar[]>

/** What the columns should hold of an event, worked out the plain way. */
function flattenPlainly(event: object): Fields {
  const found = new Map<string, { values: Scalar[]; isArray: boolean }>()
  const visit = (value: unknown, path: string, inArray: boolean) => {
    if (Array.isArray(value)) for (const element of value) visit(element, path, true)
    else if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value))
        visit(member, path === '' ? key : `${path}.${key}`, inArray)
    else {
      const before = found.get(path)
      if (before) Object.assign(before, { isArray: true }).values.push(value as Scalar)
      else found.set(path, { values: [value as Scalar], isArray: inArray })
    }
  }
  visit(event, '', false)
  return Object.fromEntries(
    [...found].map(([path, { values, isArray }]) => {
      const known = values.filter(
        (value, i) => value !== null || values.indexOf(null) === i,
      )
      return [path, isArray ? known : values[0]!]
    }),
  )
}

const key = fc.oneof(
  fc.constantFrom(
    '@timestamp',
    'a',
    'b',
    'a.b',
    'a.b.c',
    'c',
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
)
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '1', '2026-02-03T08:00:00.000Z', '2026-02-03T08:00:00.12Z', 'true'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.constantFrom(1.5, 1e300, Number.MAX_SAFE_INTEGER),
  fc.boolean(),
  fc.constant(null),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const event = fc
  .dictionary(key, value, { maxKeys: 6, noNullPrototype: true })
  .filter((one) => Object.keys(one).length > 0)
const events = fc.array(event, { minLength: 1, maxLength: 8 })

const layouts: Readonly<Record<string, (texts: readonly unknown[]) => string>> = {
  NDJSON: (all) => all.map((one) => JSON.stringify(one)).join('\n'),
  'CRLF and blank lines': (all) => all.map((e) => JSON.stringify(e)).join('\r\n\r\n'),
  'JSON array': (all) => JSON.stringify(all),
  'pretty array': (all) => JSON.stringify(all, null, 2),
  'pretty objects': (all) => all.map((e) => JSON.stringify(e, null, 4)).join('\n'),
  'search response': (all) =>
    JSON.stringify({ took: 1, hits: { hits: all.map((_source) => ({ _source })) } }),
}

describe('columns give back what was in the events', () => {
  test.each(Object.entries(layouts))('%s', async (_, layout) => {
    const law = fc.asyncProperty(events, async (all) => {
      const { table, report } = await readBlob([layout(all)])
      expect(report.badCount).toBe(0)
      expect(table.rowCount).toBe(all.length)
      all.forEach((one, row) => {
        const same = readLosslessJson(JSON.stringify(one))
        expect(fieldsOf(table, row)).toEqual(flattenPlainly(same as object))
      })
    })
    await fc.assert(law, { numRuns: 60 })
  })

  test('in any order of keys', async () => {
    const law = fc.asyncProperty(event, async (one) => {
      const reversed = Object.fromEntries(Object.entries(one).reverse())
      const { table } = await readBlob([layouts['NDJSON']!([one, reversed])])
      const sorted = (fields: Fields) =>
        Object.entries(fields).map(([name, value]) =>
          Array.isArray(value)
            ? [name, [...(value as Scalar[])].map(String).sort()]
            : [name, value],
        )
      expect(sorted(fieldsOf(table, 1)).sort()).toEqual(sorted(fieldsOf(table, 0)).sort())
    })
    await fc.assert(law, { numRuns: 60 })
  })
})

describe('the text of every record is kept', () => {
  test.each(Object.entries(layouts))('%s', async (name, layout) => {
    const law = fc.asyncProperty(events, async (all) => {
      const { originals } = await readBlob([layout(all)])
      for (const [i, one] of all.entries()) {
        const text = JSON.parse(await originals.text(i)) as Record<string, unknown>
        const expected = JSON.parse(JSON.stringify(one)) as unknown
        expect(name === 'search response' ? text['_source'] : text).toEqual(expected)
      }
    })
    await fc.assert(law, { numRuns: 25 })
  })

  test('byte by byte, with what JSON does not care for', async () => {
    const records = ['{ "a" : 1.50,"é":"\\u00e9" }', '{"b":[ 1,2 ]   }', '{"c":"任务"}']
    for (const text of [`\ufeff${records.join('\r\n')}`, `[ ${records.join(' , ')} ]`]) {
      const { originals } = await readBlob([text])
      for (const [i, record] of records.entries())
        expect(await originals.text(i)).toBe(record)
      expect(await originals.text(3)).toBe('')
    }
  })
})

describe('lossless JSON', () => {
  test('reads what JSON.parse reads, as it does', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const wanted: unknown = JSON.parse(text)
        const again = JSON.stringify(wanted, null, indent)
        const read = readLosslessJson(again)
        expect(toNumbers(read)).toEqual(wanted)
      }),
    )
  })

  test('refuses what JSON.parse refuses', () => {
    const mangled = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '}', '\\', ',', '0', '\n', 'x'),
      )
      .map(([text, at, put]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + put + text.slice(place + 1)
      })
    fc.assert(
      fc.property(mangled, (text) => {
        const read = parseLossless(text)
        expect('value' in read).toBe(isJson(text))
      }),
      { numRuns: 400 },
    )
  })

  test.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-18446744073709551615', -18446744073709551615n],
    ['1e20', 1e20],
    ['9007199254740993.0', 9007199254740992],
    ['"9007199254740993"', '9007199254740993'],
  ])('%s', (text, wanted) => {
    expect(readLosslessJson(text)).toBe(wanted)
  })
})

/** Integers beyond 2^53 as the numbers that JSON.parse makes of them. */
function toNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toNumbers(v)]))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
