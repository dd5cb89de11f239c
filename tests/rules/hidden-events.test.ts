import { beforeAll, describe, expect, test } from 'vitest'
import { parseQuery } from '../../src/language/parse'
import { printEventTest } from '../../src/rules/event-test'
import { readExceptionItem } from '../../src/rules/exception-list'
import { readExceptionTest, type HidingTest } from '../../src/rules/exception-test'
import { readFilterTest } from '../../src/rules/filter-test'
import { readRuleFilters } from '../../src/rules/hidden-events'
import type { JsonRecord } from '../../src/rules/record'
import { readRules } from '../../src/rules/rule-file'
import { EventStore } from '../../src/worker/event-store'
import { search } from '../../src/worker/search'

/*
 *   _id    user.name  port  source.ip   command                    os       signed
 *   ada    ada        443   10.0.0.7    C:\Tools\scan.exe          windows  true
 *   bob    bob        22    10.1.0.7    /usr/bin/ssh               linux    false
 *   root   root       8080  ::1         -                          linux    -
 *   many   ada, root  443   192.0.2.1   what is this? a * b        macos    true
 *   none   -          -     -           -                          -        -
 */
const NOW = Date.parse('2026-01-01T00:00:00Z')
const EVENTS: readonly JsonRecord[] = [
  {
    _id: 'ada',
    user: { name: 'ada' },
    destination: { port: 443 },
    source: { ip: '10.0.0.7' },
    process: { command_line: 'C:\\Tools\\scan.exe', code_signature: { trusted: true } },
    host: { os: { type: 'windows' } },
  },
  {
    _id: 'bob',
    user: { name: 'bob' },
    destination: { port: 22 },
    source: { ip: '10.1.0.7' },
    process: { command_line: '/usr/bin/ssh', code_signature: { trusted: false } },
    host: { os: { type: 'linux' } },
  },
  {
    _id: 'root',
    user: { name: 'root' },
    destination: { port: 8080 },
    source: { ip: '::1' },
    host: { os: { type: 'linux' } },
  },
  {
    _id: 'many',
    user: { name: ['ada', 'root'] },
    destination: { port: 443 },
    source: { ip: '192.0.2.1' },
    process: { command_line: 'what is this? a * b', code_signature: { trusted: true } },
    host: { os: { type: 'macos' } },
  },
  { _id: 'none' },
]

let store: EventStore
beforeAll(async () => {
  store = new EventStore()
  const lines = EVENTS.map((event, i) => {
    const time = { '@timestamp': new Date(NOW + i * 1000).toISOString() }
    return JSON.stringify({ ...time, event: { category: 'process' }, ...event })
  })
  await store.load({ id: 'e', name: 'e.ndjson', blob: new Blob([lines.join('\n')]) })
})

const typeOf = (field: string) => store.schema.field(field)?.typeName

async function hidden(test: HidingTest): Promise<string> {
  if (!test.ok) return test.message
  const { condition } = printEventTest(test.hides, typeOf)
  const limits = { size: 10, resultPosition: 'tail', maxSamplesPerKey: 1 } as const
  const query = `any where ${condition}`
  const { ok, members } = await search(store, { ...limits, query })
  if (!ok) throw new Error(`${condition}: ${members}`)
  const { hits } = JSON.parse(`{${members}}`) as { hits: { events: { _id: string }[] } }
  return hits.events.map(({ _id }) => _id).join(' ')
}

const entry = (field: string, type: string, value?: unknown, operator = 'included') => ({
  field,
  type,
  operator,
  ...(value !== undefined && { value }),
})

describe('an exception hides', () => {
  // entries => ids of hidden events
  test.each<[string, readonly object[], string, JsonRecord?]>([
    ['match', [entry('user.name', 'match', 'ada')], 'ada many'],
    ['match, with case', [entry('user.name', 'match', 'Ada')], ''],
    ['match excluded', [entry('user.name', 'match', 'ada', 'excluded')], 'bob root none'],
    ['match_any', [entry('user.name', 'match_any', ['bob', 'root'])], 'bob root many'],
    ['a number as text', [entry('destination.port', 'match', '443')], 'ada many'],
    ['no number', [entry('destination.port', 'match', 'https')], ''],
    [
      'no number, excluded',
      [entry('destination.port', 'match', 'x', 'excluded')],
      'ada bob root many none',
    ],
    ['an address', [entry('source.ip', 'match_any', ['10.0.0.7', '::1'])], 'ada root'],
    ['a block of addresses', [entry('source.ip', 'match', '10.0.0.0/15')], 'ada bob'],
    [
      'a truth as text',
      [entry('process.code_signature.trusted', 'match', 'true')],
      'ada many',
    ],
    ['exists', [entry('process.command_line', 'exists')], 'ada bob many'],
    [
      'exists excluded',
      [entry('process.command_line', 'exists', undefined, 'excluded')],
      'root none',
    ],
    ['wildcard', [entry('process.command_line', 'wildcard', 'C:\\\\*.exe')], 'ada'],
    ['wildcard, with case', [entry('process.command_line', 'wildcard', '*SSH')], ''],
    [
      'a star that is meant',
      [entry('process.command_line', 'wildcard', '*a \\* b')],
      'many',
    ],
    [
      'a question mark that is meant',
      [entry('process.command_line', 'wildcard', '*this\\? *')],
      'many',
    ],
    ['one sign', [entry('user.name', 'wildcard', '?o?t')], 'root many'],
    ['a field no event has', [entry('labels.zone', 'match', 'x')], ''],
    [
      'a field no event has, excluded',
      [entry('labels.zone', 'match', 'x', 'excluded')],
      'ada bob root many none',
    ],
    [
      'two entries: both',
      [entry('user.name', 'match', 'ada'), entry('host.os.type', 'match', 'macos')],
      'many',
    ],
    [
      'on its systems only',
      [entry('user.name', 'exists')],
      'bob root',
      { os_types: ['linux'] },
    ],
    [
      'nested',
      [
        {
          field: 'process.code_signature',
          type: 'nested',
          entries: [entry('trusted', 'match', 'true')],
        },
      ],
      'ada many',
    ],
    [
      'a value list',
      [
        {
          field: 'user.name',
          type: 'list',
          operator: 'included',
          list: { id: 'vips', type: 'keyword' },
        },
      ],
      'This exception looks user.name up in the value list "vips", which no export holds. It is not applied.',
    ],
    [
      'after it expired',
      [entry('user.name', 'match', 'ada')],
      'This exception expired (2025-12-31T00:00:00Z), so it hides nothing.',
      { expire_time: '2025-12-31T00:00:00Z' },
    ],
    [
      'before it expires',
      [entry('user.name', 'match', 'bob')],
      'bob',
      { expire_time: '2026-02-01T00:00:00Z' },
    ],
    [
      'nothing without entries',
      [],
      'This exception has no conditions, so it hides nothing.',
    ],
  ])('%s', async (_what, entries, ids, more = {}) => {
    const item = readExceptionItem({ item_id: 'i', name: 'x', entries, ...more })
    expect(await hidden(readExceptionTest(item, NOW))).toBe(ids)
  })
})

describe('a filter hides what it does not let through', () => {
  const meta = (facts: JsonRecord) => ({ meta: facts })
  test.each<[string, JsonRecord, string]>([
    [
      'match_phrase',
      { query: { match_phrase: { 'user.name': 'ada' } } },
      'bob root none',
    ],
    [
      'negated',
      { ...meta({ negate: true }), query: { match_phrase: { 'user.name': 'ada' } } },
      'ada many',
    ],
    [
      'term',
      { query: { term: { 'destination.port': { value: 22 } } } },
      'ada root many none',
    ],
    ['terms', { query: { terms: { 'user.name': ['ada', 'bob'] } } }, 'root none'],
    ['exists', { query: { exists: { field: 'source.ip' } } }, 'none'],
    ['exists, the older form', { exists: { field: 'source.ip' }, $state: {} }, 'none'],
    [
      'range',
      { query: { range: { 'destination.port': { gte: 100, lt: 1000 } } } },
      'bob root none',
    ],
    [
      'wildcard',
      { query: { wildcard: { 'user.name': { value: 'A*', case_insensitive: true } } } },
      'bob root none',
    ],
    ['prefix', { query: { prefix: { 'user.name': 'ro' } } }, 'ada bob none'],
    [
      'one of several',
      {
        query: {
          bool: {
            should: [{ term: { 'user.name': 'bob' } }, { term: { 'user.name': 'root' } }],
          },
        },
      },
      'ada none',
    ],
    [
      'must and must_not',
      {
        query: {
          bool: {
            must: [{ exists: { field: 'user.name' } }],
            must_not: { term: { 'host.os.type': 'linux' } },
          },
        },
      },
      'bob root none',
    ],
    ['everything', { query: { query_string: { query: '*' } } }, ''],
    [
      'off',
      { ...meta({ disabled: true }), query: { match_all: {} } },
      'This filter is switched off in the rule.',
    ],
    [
      'of another kind',
      { query: { script: { source: 'x' } } },
      'A filter of this kind ("script") is not supported, so it is not applied.',
    ],
    [
      'relative to now',
      { query: { range: { '@timestamp': { gte: 'now-1d' } } } },
      'A filter of this kind ("range") is not supported, so it is not applied.',
    ],
  ])('%s', async (_what, filter, ids) => {
    expect(await hidden(readFilterTest(filter))).toBe(ids)
  })
})

test('a nested entry is told to be inexact', () => {
  const nested = {
    kind: 'nested',
    path: 'a',
    test: { kind: 'exists', field: 'a.b' },
  } as const
  expect(printEventTest({ kind: 'not', test: nested }, () => 'keyword')).toEqual({
    condition: 'a.b == null',
    isExact: false,
  })
})

test('any text can be looked for', () => {
  for (const value of [
    '"',
    '\\',
    'a"""b',
    'tab\t',
    '.*[x]',
    'C:\\Program Files\\*',
    '😀',
  ]) {
    for (const kind of ['equals', 'wildcard'] as const) {
      const leaf =
        kind === 'equals'
          ? { kind, field: 'user name', values: [value] }
          : { kind, field: 'user name', pattern: `${value}\\*`, ignoresCase: true }
      const { condition } = printEventTest(leaf, () => 'keyword')
      expect(parseQuery(`any where ${condition}`).query, condition).toBeDefined()
    }
  }
})

test('all filters and exceptions of a rule, by name', () => {
  const rule = {
    name: 'Odd child',
    rule_id: 'r',
    type: 'eql',
    query: 'any where true',
    exceptions_list: [{ list_id: 'l1' }, { list_id: 'endpoint_list' }],
    filters: [{ meta: { alias: 'Only servers' }, query: { match_all: {} } }],
  }
  const item = (list: string, id: string) => ({
    item_id: id,
    list_id: list,
    name: `Item ${id}`,
    type: 'simple',
    entries: [entry('user.name', 'match', 'ada')],
  })
  const lines = [
    rule,
    { list_id: 'l1', type: 'detection', name: 'Known good' },
    item('l1', 'a'),
    item('l1', 'b'),
    item('endpoint_list', 'c'),
  ]
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  const { rules, problems } = readRules(text)
  expect(problems).toEqual([])
  expect(rules[0]?.source.text).toBe(text)
  expect(readRuleFilters(rules[0]!, NOW)).toMatchObject([
    { id: 'filter-1', kind: 'filter', name: 'Only servers', test: { ok: true } },
    { id: 'exception-l1-a', kind: 'exception', name: 'Item a', list: 'Known good' },
    { id: 'exception-l1-b', name: 'Item b' },
  ])
})
