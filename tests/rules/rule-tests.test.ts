import { describe, expect, test } from 'vitest'
import { looksLikeTests, readRuleTests } from '../../src/rules/rule-tests'
import { readOffset } from '../../src/rules/test-events'

const read = (text: string) => readRuleTests(`format = 1\n${text}`)

/** Reads a file that must be in order. */
function cases(text: string) {
  const { tests, problems } = read(text)
  expect(problems).toEqual([])
  return tests
}

const DEFAULTS = `
[defaults]
start = "2025-05-01T08:00:00Z"
event = '{"host":{"id":"h1","os":{"type":"windows"}},"tags":["a"]}'
`
const BASE = `
[[test]]
name = "base"
expect = "match"
events = '''
{"_id":"one","_t":"0s","host":{"name":"WS-1"},"tags":["b"]}

{"_id":"two","_t":"+1.5s","_ingested":"2m","host":{"id":"h2"}}
'''
matches = [["one", "two"]]
`

describe('events', () => {
  test('lie upon the defaults, and offsets become times', () => {
    expect(cases(DEFAULTS + BASE)).toEqual([
      {
        name: 'base',
        expect: 'match',
        matches: [['one', 'two']],
        nearMisses: [],
        events: [
          {
            _id: 'one',
            '@timestamp': '2025-05-01T08:00:00.000Z',
            host: { id: 'h1', os: { type: 'windows' }, name: 'WS-1' },
            tags: ['b'],
          },
          {
            _id: 'two',
            '@timestamp': '2025-05-01T08:00:01.500Z',
            event: { ingested: '2025-05-01T08:02:00.000Z' },
            host: { id: 'h2', os: { type: 'windows' } },
            tags: ['a'],
          },
        ],
      },
    ])
  })

  test('without label and time are called by position, a second apart', () => {
    const [only] = cases(`
[[test]]
name = "bare"
expect = "none"
events = '''
{"a":1}
{"@timestamp":"2020-01-01T00:00:00Z"}
{"a":3}
'''`)
    expect(only?.events).toEqual([
      { _id: 'e1', '@timestamp': '2024-01-01T00:00:00.000Z', a: 1 },
      { _id: 'e2', '@timestamp': '2020-01-01T00:00:00Z' },
      { _id: 'e3', '@timestamp': '2024-01-01T00:00:02.000Z', a: 3 },
    ])
  })

  test('a key named __proto__ is a key like any other', () => {
    const [only] = cases(`${DEFAULTS}
[[test]]
name = "odd"
expect = "none"
events = '{"_t":"0s","__proto__":{"host":1}}'`)
    const [event] = only && !('file' in only.events) ? only.events : []
    expect(Object.keys(event ?? {})).toContain('__proto__')
    expect(event?.['host']).toEqual({ id: 'h1', os: { type: 'windows' } })
  })
})

describe('use and patch', () => {
  const patched = (patch: string) =>
    cases(`${DEFAULTS}${BASE}
[[test]]
name = "patched"
use = "base"
expect = "none"
${patch}`)[1]?.events

  test('change a value at a path, a time, or take a field away', () => {
    expect(
      patched(
        `patch = [{ id = "two", _t = "-3s", "host.id" = "h1", "process.pid" = 4, _remove = ["tags", "event.ingested"] }]`,
      ),
    ).toEqual([
      expect.objectContaining({ _id: 'one' }),
      {
        _id: 'two',
        '@timestamp': '2025-05-01T07:59:57.000Z',
        host: { id: 'h1', os: { type: 'windows' } },
        process: { pid: 4 },
        event: {},
      },
    ])
  })

  test('add events after those of the base', () => {
    expect(patched(`events = '{"_id":"three","_t":"9s"}'`)).toMatchObject([
      { _id: 'one' },
      { _id: 'two' },
      { _id: 'three', host: { id: 'h1' } },
    ])
  })

  test('a patched test may be used again', () => {
    const text = `${DEFAULTS}${BASE}
[[test]]
name = "far"
use = "base"
patch = [{ id = "two", _t = "1h" }]
expect = "none"

[[test]]
name = "near"
use = "far"
patch = [{ id = "one", _t = "59m" }]
expect = "match"`
    expect(cases(text)[2]?.events).toMatchObject([
      { '@timestamp': '2025-05-01T08:59:00.000Z' },
      { '@timestamp': '2025-05-01T09:00:00.000Z' },
    ])
  })
})

test('expectations of every kind', () => {
  const [file, miss, error] = cases(`
[[test]]
name = "file"
events_file = "events.ndjson"
expect = "match"
count = 2
at_least = true
not = ["x"]
near_misses = [{ cause = "key", culprit = "a" }, { cause = "key-null", culprit = "b" }]

[[test]]
name = "miss"
events = '{"_id":"a"}'
expect = "none"
cause = "maxspan"
culprit = "a"

[[test]]
name = "error"
events = '{"_id":"a"}'
expect = "error"
error = "Unknown column"
`)
  expect(file).toEqual({
    name: 'file',
    expect: 'match',
    events: { file: 'events.ndjson' },
    count: 2,
    atLeast: true,
    not: ['x'],
    nearMisses: [
      { cause: 'key', culprit: 'a' },
      { cause: 'key-null', culprit: 'b' },
    ],
  })
  expect(miss?.nearMisses).toEqual([{ cause: 'maxspan', culprit: 'a' }])
  expect(error?.error).toBe('Unknown column')
})

const one = (rest: string) => `[[test]]\nname = "t"\nexpect = "none"\n${rest}`
test.each([
  ['no format', '', 'A test file starts with the line: format = 1.'],
  ['another format', 'format = 2', 'This test file has format 2; only 1 is known.'],
  ['no test', 'format = 1', 'There is no [[test]] in this file.'],
  ['no name', 'format = 1\n[[test]]', 'Test 1 has no name.'],
  [
    'no expectation',
    'format = 1\n[[test]]\nname = "t"\nexpect = "hit"',
    '"t" must say what it expects: "match", "none" or "error".',
  ],
  [
    'no events',
    `format = 1\n${one('')}`,
    '"t" names no events: give events, events_file or use.',
  ],
  [
    'an event that is no object',
    `format = 1\n${one("events = '''\n{}\n[]\n'''")}`,
    'Line 2 of the events of "t" is not a JSON object.',
  ],
  [
    'an unknown base',
    `format = 1\n${one('use = "u"')}`,
    '"t" uses "u", but no earlier test with events has that name.',
  ],
  [
    'a patch of an unknown event',
    `format = 1\n${one(`events = '{}'\npatch = [{ id = "zz" }]`)}`,
    '"t" patches "zz", but no event has that _id.',
  ],
  [
    'a time that is none',
    `format = 1\n${one(`events = '{"_t":"soon"}'`)}`,
    '"soon" in event e1 is not a time; write an offset such as 1.3s or 4m50s.',
  ],
  [
    'an unknown cause',
    `format = 1\n${one(`events = '{}'\ncause = "luck"\nculprit = "e1"`)}`,
    '"t" names the cause "luck", which does not exist.',
  ],
  [
    'bad defaults',
    `format = 1\n[defaults]\nevent = "[]"`,
    'The event under [defaults] is not a JSON object.',
  ],
  [
    'a bad start',
    `format = 1\n[defaults]\nstart = "noon"`,
    'The start "noon" is not a date and time.',
  ],
])('%s is told', (_what, text, message) => {
  expect(readRuleTests(text).problems).toEqual([{ message }])
})

test('a case that cannot be read leaves the others alone', () => {
  const { tests, problems } = read(`[[test]]\n${one(`events = '{}'`)}`)
  expect(tests.map(({ name }) => name)).toEqual(['t'])
  expect(problems).toHaveLength(1)
})

test.each([
  ['0s', 0],
  ['12s', 12_000],
  ['+1.3s', 1_300],
  ['-200ms', -200],
  ['4m50s', 290_000],
  ['1h', 3_600_000],
  ['2d', 172_800_000],
  [' 5s ', 5_000],
  ['5', undefined],
  ['5 s', undefined],
  ['s', undefined],
  ['', undefined],
])('the offset %j is %j ms', (text, ms) => {
  expect(readOffset(text)).toBe(ms)
})

describe('tests in JSON', () => {
  const toml = `format = 1${DEFAULTS}${BASE}`
  const written = {
    format: 1,
    defaults: {
      start: '2025-05-01T08:00:00Z',
      event: { host: { id: 'h1', os: { type: 'windows' } }, tags: ['a'] },
    },
    test: [
      {
        name: 'base',
        expect: 'match',
        events: [
          { _id: 'one', _t: '0s', host: { name: 'WS-1' }, tags: ['b'] },
          { _id: 'two', _t: '+1.5s', _ingested: '2m', host: { id: 'h2' } },
        ],
        matches: [['one', 'two']],
      },
    ],
  }

  test('are those of TOML with the same keys', () => {
    expect(readRuleTests(JSON.stringify(written))).toEqual(readRuleTests(toml))
    const [first] = written.test
    const lines = first!.events.map((event) => JSON.stringify(event)).join('\n')
    const asText = { ...written, test: [{ ...first, events: lines }] }
    expect(readRuleTests(JSON.stringify(asText, null, 2))).toEqual(readRuleTests(toml))
  })

  test('that are broken say where', () => {
    expect(readRuleTests('{"format": 1,\n"test": [}').problems).toMatchObject([
      { line: 2 },
    ])
  })

  // text => whether it is tests
  test.each([
    [toml, true],
    [JSON.stringify(written), true],
    ['[rule]\nname = "x"', false],
    ['{"@timestamp":1,"format":"x","test":[1]}', false],
    ['{"format":1}', false],
  ])('%#', (text, isTests) => expect(looksLikeTests(text)).toBe(isTests))
})
