import { describe, expect, test } from 'vitest'
import { readMapping } from '../../src/events/mapping'
import { TypeCounts, type ObservedTypes } from '../../src/events/observed'
import { mappingSchema } from '../../src/events/schema-mapping'
import { unionSchema } from '../../src/events/schema-union'

const seen = (columns: Record<string, Partial<ObservedTypes>>) => ({
  columnNames: () => Object.keys(columns),
  column: (path: string) => {
    const counts = columns[path]
    return counts && { observed: Object.assign(new TypeCounts(), counts) }
  },
})

const schemaOf = (mapping: unknown, columns: Parameters<typeof seen>[0] = {}) => {
  const read = readMapping(JSON.stringify(mapping))
  if (!read.ok) throw new Error(read.problem)
  return mappingSchema(read.mapping, seen(columns))
}

describe('union of data and ECS', () => {
  const schema = unionSchema(
    seen({
      'process.pid': { strings: 3 },
      count: { longs: 2 },
      ratio: { longs: 1, doubles: 1 },
      flag: { booleans: 2 },
      mixed: { longs: 1, strings: 1 },
      empty: { nulls: 4 },
      user: { strings: 1 },
      'vendor.deep.leaf': { strings: 1 },
    }),
  )
  test.each([
    ['process.pid', 'long', 'ecs'],
    ['process.name.text', 'match_only_text', 'ecs'],
    ['source.ip', 'ip', 'ecs'],
    ['count', 'long', 'data'],
    ['ratio', 'double', 'data'],
    ['flag', 'boolean', 'data'],
    ['mixed', 'keyword', 'data'],
    ['user', 'keyword', 'data'],
    ['process', 'object', 'data'],
    ['vendor.deep', 'object', 'data'],
  ])('%s is a %s, known by %s', (name, type, knownBy) => {
    expect(schema.field(name)).toMatchObject({ name, type, knownBy })
  })
  test('a field only seen as null, or never, is not mapped', () => {
    expect(schema.field('empty')).toBeUndefined()
    expect(schema.field('no.such')).toBeUndefined()
  })
  test('a multi-field reads its parent', () => {
    expect(schema.field('process.name.text')?.column).toBe('process.name')
  })
  test('a field under a nested one says so', () => {
    expect(schema.field('email.attachments.file.name')?.nestedIn).toBe(
      'email.attachments',
    )
  })
})

describe('a loaded mapping', () => {
  const properties = {
    event: { properties: { category: { type: 'alias', path: 'kind' } } },
    kind: { type: 'keyword', null_value: 'none' },
    text: { type: 'text', fields: { raw: { type: 'keyword' } } },
    where: { type: 'geo_point' },
    parts: { type: 'nested', properties: { id: { type: 'keyword' } } },
    lost: { type: 'alias', path: 'gone' },
  }
  const schema = schemaOf({ mappings: { properties } })
  test.each([
    ['event.category', { type: 'keyword', column: 'kind', nullValue: 'none' }],
    ['text', { type: 'text', exact: 'text.raw' }],
    ['text.raw', { type: 'keyword', column: 'text' }],
    ['where', { type: 'unsupported', typeName: 'geo_point' }],
    ['parts.id', { type: 'keyword', nestedIn: 'parts' }],
    ['event', { type: 'object' }],
    ['lost', { type: 'unsupported' }],
  ])('%s', (name, expected) => {
    expect(schema.field(name)).toMatchObject(expected)
  })
  test('decides alone which fields exist', () => {
    const alone = schemaOf({ properties }, { extra: { longs: 1 } })
    expect(alone.field('process.name')).toBeUndefined()
    expect(alone.field('extra')).toBeUndefined()
  })
  test('takes in what the events hold when it is dynamic, text as text', () => {
    const dynamic = schemaOf(
      { dynamic: true, properties },
      { extra: { longs: 1 }, words: { strings: 1 }, kind: { longs: 1 } },
    )
    expect(dynamic.field('extra')).toMatchObject({ type: 'long', knownBy: 'data' })
    expect(dynamic.field('words')).toMatchObject({ type: 'text', exact: 'words.keyword' })
    expect(dynamic.field('words.keyword')).toMatchObject({ column: 'words' })
    expect(dynamic.field('kind')).toMatchObject({ type: 'keyword', knownBy: 'mapping' })
  })
  test('several indices are merged, date formats and all', () => {
    const index = (format: string) => ({
      mappings: { properties: { day: { type: 'date', format } } },
    })
    expect(
      schemaOf({ a: index('dd-MM-yyyy'), b: index('yyyy-MM-dd') }).field('day')?.format,
    ).toBe('dd-MM-yyyy||yyyy-MM-dd')
  })
  test.each([
    ['{"mappings":', /not valid JSON/],
    ['{"event":{"category":"process"}}', /needs "properties"/],
    ['[1]', /needs "properties"/],
  ])('%s is refused in words', (text, sentence) => {
    const read = readMapping(text)
    expect(read.ok ? '' : read.problem).toMatch(sentence)
  })
  test.each([
    [{ event: { properties: 1 } }],
    [{ properties: { status: 'ok', type: {} } }],
    [{}],
  ])('the event %j is not taken for a mapping', (event) => {
    expect(readMapping(JSON.stringify(event)).ok).toBe(false)
  })
  test.each([
    [{ a: { properties: { b: null } } }, 'a.b', 'object'],
    [{ a: { type: 'keyword', fields: { x: null } } }, 'a', 'keyword'],
    [{ a: { type: 'keyword', fields: 5, null_value: {}, format: 7 } }, 'a', 'keyword'],
    [{ a: { type: 'alias', path: 3 } }, 'a', 'unsupported'],
  ])('what cannot be used of %j is passed over', (properties, name, type) => {
    const field = schemaOf({ properties }).field(name)
    expect(field?.type).toBe(type)
    expect(field).not.toHaveProperty('format')
    expect(field).not.toHaveProperty('nullValue')
  })
  test('nesting without end is refused in words', () => {
    const text = '{"properties":{"a":'.repeat(50_000) + '{}' + '}}'.repeat(50_000)
    const read = readMapping(text)
    expect(read.ok ? '' : read.problem).toMatch(/nested too deep/)
  })
})
