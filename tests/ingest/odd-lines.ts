import fc from 'fast-check'

/*
 * Lines of event files with everything in them that an encoder may stumble on: what is
 * valid and rare, and what is not valid.
 */

const rawText = fc.oneof(
  fc.constantFrom(
    '',
    'cmd.exe',
    'C:\\\\Windows\\\\System32',
    'a\\"b',
    'a\\/b',
    '\\u0041',
    '\\u00e9t\\u00e9',
    'été',
    '任务',
    '\\u4efb',
    '😀',
    '\\ud83d\\ude00',
    '\\uD83D\\uDE00',
    '\\ud83d',
    '\\ude00x',
    '\\ud83d\\u0041',
    '\\u0000',
    '\\u001F',
    '\\u000a',
    '\\u0008\\u000c\\u000d\\u0009',
    '\\b\\f\\n\\r\\t',
    '\\u0022',
    '\\u005c',
    '\\u2028',
    '\\u07ff\\u0800',
    '2026-02-03T08:00:00.000Z',
    '2026-02-03T08:00:00Z',
    '2026-02-29T08:00:00Z',
    '2024-02-29T23:59:59.123456789Z',
    '2026-02-03T08:00:00+01:00',
    '2026-02-03T08:00:60Z',
    '2026-02-03T08:00-30Z',
    '2026-02-03 08:00:00Z',
    '2026-02-03T08:00:00,5Z',
    '2026-02-03T08:00:00.Z',
    '0000-01-01T00:00:00Z',
    '0001-03-01T00:00:00.1Z',
    '9999-12-31T23:59:59.999Z',
    '1900-02-29T00:00:00Z',
    '2026-02\\u002d03T08:00:00Z',
  ),
  fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .map((s) => JSON.stringify(s).slice(1, -1)),
)
/** Escapes wherever they can stand in blocks of 16 or 32 bytes; one in forty is none. */
const escapes = fc
  .array(
    fc.oneof(
      {
        weight: 40,
        arbitrary: fc.constantFrom(
          ...['a', 'bcdef', '\\\\', '\\"', '\\n', '\\r', '\\t', '\\b', '\\f', '\\/'],
          ...['\\u0041', '\\u00e9', '\\\\\\\\\\\\', 'é', 'x'.repeat(15), 'y'.repeat(31)],
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\\x', '\\u00g0', '\\', '\\\n', '\u0001', '"'),
      },
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''))
const text = fc
  .oneof({ weight: 4, arbitrary: rawText }, { weight: 1, arbitrary: escapes })
  .map((raw) => `"${raw}"`)

const number = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '0.0',
    '-0.0',
    '1',
    '1.0',
    '1e0',
    '1E+2',
    '100',
    '1.50',
    '1.5',
    '0.000001',
    '0.0000001',
    '1e-7',
    '123456789012345',
    '1234567890123456',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '9007199254740993.0',
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775808',
    '-9223372036854775809',
    '18446744073709551615',
    '123456789012345678901234567890',
    '1e20',
    '1e21',
    '1e400',
    '-1e400',
    '0.1234567890123456789',
    '1.7976931348623157e308',
    '5e-324',
    '1770105600000',
    '253402300800000',
    `1${'0'.repeat(320)}`,
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => JSON.stringify(n)),
)

const scalar = fc.oneof(text, number, fc.constantFrom('true', 'false', 'null'))

const invalid = fc.constantFrom(
  '01',
  '1.',
  '.5',
  '+1',
  '-',
  '1e',
  'tru',
  'True',
  'nul',
  'falsey',
  'NaN',
  '"a\\x"',
  '"\\u12"',
  '"\\u12g4"',
  '"tab\there"',
  '"open',
  '[1,]',
  '[1 2]',
  '{"a":1,}',
  '{"a" 1}',
  '{a:1}',
  '{"a":}',
  '[',
  '{',
  '',
)

const key = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      ...['@timestamp', 'a', 'b', 'a.b', 'a.b.c', 'c', 'event', 'category', 'tags'],
      ...['a_rather_long_name_for_a_field_that_goes_on_and_on_beyond_sixty_four_bytes'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['', '.', 'a.', '.a', '1', '07', '1.x', '__proto__', 'é', 'a\\u0062', 'a\\"'],
      ...['_id', '_index', '_source', 'fields', 'missing', 'index', 'create', '_time'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', maxLength: 6 })
      .map((s) => JSON.stringify(s).slice(1, -1)),
  },
)
const space = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '  ', '\t', ' \r ') },
)

const join = (open: string, parts: readonly string[], close: string, gap: string) =>
  `${open}${gap}${parts.join(`${gap},${gap}`)}${gap}${close}`

const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    { weight: 6, arbitrary: scalar },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.array(tie('value'), { maxLength: 4 }), space)
        .map(([values, gap]) => join('[', values, ']', gap)),
    },
    { weight: 3, arbitrary: tie('object') },
  ),
  object: fc
    .tuple(fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }), space)
    .map(([members, gap]) =>
      join(
        '{',
        members.map(([name, member]) => `"${name}"${gap}:${gap}${member}`),
        '}',
        gap,
      ),
    ),
}))

/** A wrapped event, as elasticdump and search responses have them. */
const hit = fc
  .tuple(object, fc.option(scalar), fc.constantFrom('', ',"_score":1.5,"sort":[1,"x"]'))
  .map(([source, id, rest]) => {
    const name = id === null ? '' : `,"_id":${id}`
    return `{"_index":"logs"${name}${rest},"_source":${source}}`
  })

const mangled = fc
  .tuple(
    object,
    fc.nat(),
    fc.nat(3),
    fc.constantFrom('', '"', '}', '\\', ',', ':', '0', ' ', '\u0000', '\u0001', '\x7f'),
  )
  .map(([line, at, count, put]) => {
    const place = at % (line.length + 1)
    return line.slice(0, place) + put + line.slice(place + count)
  })

const broken = fc.tuple(key, invalid).map(([name, bad]) => `{"a":1,"${name}":${bad}}`)

const { deep } = {
  deep: fc.nat(80).map((n) => `{"a":${'['.repeat(n)}1${']'.repeat(n)}}`),
}

/** Few keys, and values that look like one another: what was guessed is nearly right. */
const likeValue = fc.constantFrom(
  ...['1', '1.0', '12', '1.5', '-0', '0', '1e0', 'true', 'false', 'null', '"1"', '"12"'],
  ...['"C:\\\\a"', '"C:\\\\a b"', '"\\u0031"', '["1"]', '["1","12"]', '["1", "12"]'],
  ...[
    '[1]',
    '[ 1 ]',
    '[null]',
    '[null,null]',
    '[]',
    '[{"d":"1"},{"d":"1"}]',
    '{"d":"1"}',
  ],
  ...['"2026-02-03T08:00:00Z"', '"a value that takes up more than one block of bytes"'],
)
export const likeLine: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.d', 'b.d'), likeValue), {
    maxLength: 5,
  })
  .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join()}}`)

/** Objects of some length, with what is and is not kept of one for when it comes again. */
const wholeObject: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('x'.repeat(20), 'x'.repeat(9), '\\u0041'.repeat(4)),
    fc.array(
      fc.tuple(
        fc.constantFrom('k', 'category', 'd', 'e.f', 'time'),
        fc.oneof(
          likeValue,
          fc.constantFrom(
            '"2026-02-03T08:00:00.000Z"',
            '{"g":"h"}',
            '{"g":"h","i":1.50}',
          ),
        ),
      ),
      { maxLength: 4 },
    ),
    fc.constantFrom(',', ',', ' , ', ',\n'),
  )
  .map(
    ([id, members, between]) =>
      `{${[['id', `"${id}"`], ...members].map(([n, v]) => `"${n!}":${v!}`).join(between)}}`,
  )

/** Records of few such objects, which take turns. */
export const repeatingRecords: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    fc.array(wholeObject, { minLength: 1, maxLength: 5 }),
    fc.array(
      fc.array(
        fc.tuple(
          fc.constantFrom('winlog', 'event', 'a', 'a', 'event.category', 'a.id'),
          fc.oneof({ weight: 9, arbitrary: fc.nat() }, fc.constant('"1"')),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      { minLength: 1, maxLength: 12 },
    ),
  )
  .map(([objects, records]) =>
    [...records, ...records, ...records].map((members) => {
      const print = (value: string | number): string =>
        typeof value === 'string' ? value : objects[value % objects.length]!
      return `{${members.map(([name, value]) => `"${name}":${print(value)}`).join()}}`
    }),
  )

export const line: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: object },
  { weight: 3, arbitrary: hit },
  { weight: 2, arbitrary: mangled },
  { weight: 2, arbitrary: broken },
  { weight: 1, arbitrary: deep },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['', ' ', '\r', '\ufeff', '\u00a0', '{}', ' {"a":1} ', '{"a":1}\r', '[]', '1'],
      ...[
        '{"index":{"_id":"x"}}',
        '{"create":{}}',
        '{"a":1}{"a":2}',
        '{"a":1} x',
        'null',
      ],
      ...[
        '\ufeff{"a":1}',
        '{"_id":"own","a":1}',
        '{"_id":7,"_index":"i","fields":{"a":[1]}}',
      ],
    ),
  },
)

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text)
