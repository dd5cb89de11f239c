import fc from 'fast-check'
import type { PlainProperty } from './plain-mapping'

/** A field that random events hold and random conditions ask about. */
export interface RandomField {
  readonly name: string
  readonly property: PlainProperty
  /** JSON values that events may hold. */
  readonly values: readonly unknown[]
  /** Constants as EQL writes them. */
  readonly constants: readonly string[]
}

export const texts = [
  'a',
  'A',
  'ab',
  'aB',
  'b',
  '',
  'a*',
  'é',
  'É',
  '😀',
  'a😀b',
  '\uFB00',
  '10',
  '9',
  'x y',
  'a\nb',
]

export const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

const keyword = (
  name: string,
  property: PlainProperty = { type: 'keyword' },
  more: readonly string[] = [],
): RandomField => ({
  name,
  property,
  values: [...texts, ...texts, 5, true, 2.5],
  constants: [...texts.map(quote), '5', 'true', '2.5', ...more],
})

const whole = (
  name: string,
  type: string,
  more: readonly unknown[],
  constants: readonly string[],
): RandomField => ({
  name,
  property: { type },
  values: [-7, -1, 0, 1, 2, 3, 5, 9, 10, '7', '-2', 3.7, -3.7, ...more],
  constants: [
    '0',
    '1',
    '2',
    '-1',
    '3',
    '9',
    '10',
    '1.5',
    '3.0',
    '"7"',
    '"2"',
    ...constants,
  ],
})

const real = (name: string, type: string): RandomField => ({
  name,
  property: { type },
  values: [-1.5, 0, 0.1, 0.5, 1, 2.5, 3, 1e7, 1e-4, '2.5', '0.1', 16_777_217],
  constants: [
    '0',
    '0.1',
    '0.5',
    '1',
    '2.5',
    '3',
    '-1.5',
    '1e7',
    '"2.5"',
    '16777217',
    '0.1001',
  ],
})

const times = [
  '2024-05-06T07:08:09.123Z',
  '2024-05-06T07:08:09Z',
  '2024-05-31T23:59:59.999Z',
  '2024-06-01T00:00:00Z',
  '2024-02-29T12:00:00+02:00',
  '2024-05-06T07:08:09.123456789Z',
  '2024-05-06',
  '1969-12-31T23:59:59.999Z',
  1_714_979_289_123,
  '1714979289123',
]

const date = (name: string, type: string): RandomField => ({
  name,
  property: { type },
  values: times,
  constants: [
    '"2024"',
    '"2024-05"',
    '"2024-05-06"',
    '"2024-05-06T07"',
    '"2024-05-06T07:08"',
    '"2024-05-06T07:08:09"',
    '"2024-05-06T07:08:09.123Z"',
    '"2024-05-06T07:08:09.1234Z"',
    '"2024-05-06||/M"',
    '"2024-05-06||+1d/d"',
    '"2024-03-31||-1M"',
    '"2024-05-08||/w"',
    '"2024-05-06T07:08:09Z||-1h/h"',
    '1714979289123',
    '"1714979289123"',
    '"1970"',
  ],
})

const addresses = [
  '10.0.0.1',
  '10.0.0.200',
  '10.1.2.3',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::ffff:10.0.0.1',
  'fe80::1',
  '2001:db8::ff00:42:8329',
  '192.168.1.9',
  '9.9.9.9',
]

/** One field of every type that language.md 3.7 tells of. */
export const randomFields: readonly RandomField[] = [
  keyword('kw', { type: 'keyword', fields: { raw: { type: 'keyword' } } }),
  keyword('other'),
  keyword('named', { type: 'keyword', null_value: 'none' }, ['"none"', '"NONE"']),
  keyword('obj.name'),
  keyword('wild', { type: 'wildcard' }),
  keyword('txt', { type: 'text', fields: { keyword: { type: 'keyword' } } }),
  whole(
    'n',
    'long',
    ['9007199254740993', 9007199254740993n, -9007199254740993n, 2 ** 40],
    ['9007199254740993', '9007199254740992', '-9007199254740993', '99999999999999999999'],
  ),
  whole(
    'i',
    'integer',
    [2_147_483_647, -2_147_483_648, 3_000_000_000],
    ['2147483647', '3000000000'],
  ),
  whole('s', 'short', [32_767, 40_000], ['32767', '40000']),
  whole('tiny', 'byte', [127, -128, 300], ['127', '300']),
  whole(
    'ul',
    'unsigned_long',
    [18446744073709551615n, '18446744073709551615'],
    ['18446744073709551615', '18446744073709551614'],
  ),
  real('d', 'double'),
  real('f', 'float'),
  real('h', 'half_float'),
  {
    name: 'flag',
    property: { type: 'boolean' },
    values: [true, false, 'true', 'false', ''],
    constants: ['true', 'false', '"true"', '"false"'],
  },
  {
    name: 'addr',
    property: { type: 'ip' },
    values: addresses,
    constants: [...addresses.map(quote)],
  },
  date('dt', 'date'),
  date('dn', 'date_nanos'),
  {
    name: 'ver',
    property: { type: 'version' },
    values: [
      '1.2.4-SNAPSHOT',
      '1.2.4',
      '1.5.0',
      '1.11.3',
      '1.2.4-alpha.1',
      '2',
      'bad version',
    ],
    constants: ['"1.2.4"', '"1.5.0"', '"1.11.3"', '"1.2.4-beta"', '"bad"', '"1.2"'],
  },
]

/** Names that stand for the values of another field. */
export const aliases = { same: 'kw', 'obj.alias': 'n' } as const

/** What an event holds under a name: absent, null, one value, or any array of values. */
const contents = (values: readonly unknown[], plain: number): fc.Arbitrary<unknown> => {
  const one = fc.constantFrom(...values)
  return fc.oneof(
    { weight: plain, arbitrary: one },
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(null, [], [null], [[]]) },
    {
      weight: 2,
      arbitrary: fc.array(fc.oneof(one, one, one, fc.constant(null)), { maxLength: 3 }),
    },
    { weight: 1, arbitrary: fc.array(fc.array(one, { maxLength: 2 }), { maxLength: 2 }) },
  )
}

/** `a.b` as an object in an object, a dotted key, or an array of objects. */
const place = (
  name: string,
  content: unknown,
  spelling: number,
): Record<string, unknown> => {
  const [parent, child] = name.split('.')
  if (child === undefined || spelling === 0) return { [name]: content }
  if (spelling === 1) return { [parent!]: { [child]: content } }
  return Array.isArray(content)
    ? { [parent!]: content.map((each: unknown) => ({ [child]: each })) }
    : { [parent!]: [{ [child]: content }, { elsewhere: 1 }] }
}

/** An event with some of these fields; the higher `plain`, the more hold just one value. */
export const eventWith = (
  fields: readonly { readonly name: string; readonly values: readonly unknown[] }[],
  plain = 5,
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      ...fields.map(({ name, values }) =>
        fc
          .tuple(contents(values, plain), fc.nat(2))
          .map(([content, spelling]) =>
            content === undefined ? {} : place(name, content, spelling),
          ),
      ),
    )
    .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>)

/** The mapping that the fields of these names make up. */
export function mappingOf(fields: readonly RandomField[]): {
  readonly properties: Record<string, PlainProperty>
} {
  const properties: Record<string, PlainProperty> = {
    '@timestamp': { type: 'date' },
    'event.category': { type: 'keyword' },
  }
  for (const { name, property } of fields) properties[name] = property
  for (const [alias, path] of Object.entries(aliases))
    if (path in properties) properties[alias] = { type: 'alias', path }
  return { properties }
}
