import { expect, test } from 'vitest'
import { checkExpression, checkQuery } from '../../src/language/check'
import { printElasticError } from '../../src/language/elastic-error'
import { parseExpression, parseQuery } from '../../src/language/parse'
import { typeOf } from '../../src/language/type-of'
import { readSchema } from './schema-lines'

const schema = readSchema(`
  @timestamp: date
  event.category: keyword
  process.name: keyword
  process.pid: long
  process.parent.pid: long
  host.name: keyword
  host.ip: ip
  host.up: boolean
  load: double
  seen: date_nanos
  os: constant_keyword
  note: text exact=note.keyword
  note.keyword: keyword of=note
  bare: text
  either: text exact=either.a
  either.a: keyword of=either
  either.b: keyword of=either
  folded: keyword normalizer=lower
  place: unsupported as=geo_point
  labels: flattened
  parts: nested
  parts.size: long in=parts
  parts.when: date in=parts
  blob: keyword as=binary
  build: version
`)

const options = { categoryField: 'event.category', timestampField: '@timestamp' }

const check = (text: string, given = options) => {
  const { query, diagnostics } = parseQuery(text)
  expect(diagnostics).toEqual([])
  const problems = checkQuery(query!, schema, given)
  for (const { from, to } of problems)
    expect([from >= 0, to <= text.length, from <= to]).toEqual([true, true, true])
  return problems
}

test.each([
  'process where process.name == "a" and process.pid > 4',
  'any where ?nothing == null and not ?nothing.at.all : "x"',
  'any where process.pid == "42" and process.name == 42 and host.up == "true"',
  'any where process.pid in (1, 2.5, null, 4 - 3)',
  'any where host.ip in ("10.0.0.0/8", "::1") and seen in ("2024", 1) and build in ("1.2")',
  'any where note == "x" and note : "y*" and note like "z"',
  'any where blob == 1',
  'any where process.pid - process.parent.pid == 0',
  'any where 5 == 5 and length(process.name) == add(1, 2)',
  'any where startsWith(process.name, host.name) and STRINGCONTAINS~(os, null)',
  'any where cidrMatch(host.ip, "10.0.0.0/8", concat("1.2.3.4", "/8"))',
  'any where host.up or not host.up',
  'process where null',
  'sequence by process.pid [any where true] by process.name [any where true] by os',
  'sequence [any where true] by process.pid [any where true] by load',
  'sample by ?nothing [any where true] by process.pid [any where true] by ?none',
])('%s is in order', (text) => {
  expect(check(text)).toEqual([])
})

test.each([
  [
    'any where process.nam == 1',
    '1:11: Unknown column [process.nam], did you mean any of [process.name, process.pid, process.parent.pid]?',
  ],
  [
    'any where proces == 1',
    '1:11: Unknown column [proces], did you mean any of [process.pid, process.name]?',
  ],
  ['any where xyzzy == 1', '1:11: Unknown column [xyzzy]'],
  [
    'any where process == 1',
    '1:11: Cannot use field [process] type [object] only its subfields',
  ],
  [
    'any where place == 1',
    '1:11: Cannot use field [place] with unsupported type [geo_point]',
  ],
  [
    'any where labels == 1',
    '1:11: Cannot use field [labels] with unsupported type [flattened]',
  ],
  [
    'any where parts == 1',
    '1:11: Cannot use field [parts] type [nested] due to nested fields not being supported yet',
  ],
  [
    'any where parts.size == 1',
    '1:11: Cannot use field [parts.size] type [long] with unsupported nested type in hierarchy (field [parts])',
  ],
  [
    'any where ?parts.when == 1',
    '1:11: Cannot use field [parts.when] type [datetime] with unsupported nested type in hierarchy (field [parts])',
  ],
  [
    'any where bare == "x"',
    '1:11: [bare == "x"] cannot operate on first argument field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead',
  ],
  [
    'any where "x" == bare',
    '1:11: ["x" == bare] cannot operate on second argument field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead',
  ],
  [
    'any where either == "x"',
    '1:11: [either == "x"] cannot operate on first argument field of data type [text]: Multiple exact keyword candidates available for [either]; specify which one to use',
  ],
  [
    'any where folded : "x"',
    '1:11: [folded : "x"] cannot operate on first argument field of data type [keyword]: Normalized keyword field cannot be used for exact match operations',
  ],
  [
    'any where bare like "x"',
    '1:11: [bare like "x"] cannot operate on field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead',
  ],
  [
    'any where length(bare) > 1',
    '1:11: [length(bare)] cannot operate on field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead',
  ],
  [
    'any where process.pid : 4',
    '1:11: first argument of [:] must be [string], found value [process.pid] type [long]; consider using [==] instead',
  ],
  [
    'any where process.name : 4',
    '1:11: second argument of [:] must be [string], found value [4] type [integer]; consider using [==] instead',
  ],
  [
    'any where host.ip like "1*"',
    '1:11: argument of [host.ip like "1*"] must be [string], found value [host.ip] type [ip]',
  ],
  [
    'any where process.pid regex~ ("1", "2")',
    '1:11: argument of [process.pid regex~ ("1", "2")] must be [string], found value [process.pid] type [long]',
  ],
  [
    'any where process.pid in (4, "x")',
    '1:11: 2nd argument of [process.pid in (4, "x")] must be [long], found value ["x"] type [keyword]',
  ],
  [
    'any where process.pid not in (4, host.name)',
    '1:11: Comparisons against fields are not (currently) supported; offender [host.name] in [process.pid not in (4, host.name)]',
  ],
  [
    'any where process.name + 1 == 2',
    '1:11: first argument of [process.name + 1] must be [numeric], found value [process.name] type [keyword]',
  ],
  [
    'any where -seen == 2',
    '1:11: argument of [-seen] must be [numeric], found value [seen] type [datetime]',
  ],
  [
    'any where true and process.pid',
    '1:11: second argument of [true and process.pid] must be [boolean], found value [process.pid] type [long]',
  ],
  [
    'any where not os',
    '1:11: argument of [not os] must be [boolean], found value [os] type [keyword]',
  ],
  [
    'any where process.pid',
    '1:11: Condition expression needs to be boolean, found [LONG]',
  ],
  ['any where null', '1:11: Condition expression needs to be boolean, found [NULL]'],
  [
    'process where process.pid',
    '1:1: second argument of [process where process.pid] must be [boolean], found value [process.pid] type [long]',
  ],
  [
    'any where arrayContains(unknown, "b")',
    '1:11: Unknown function [arrayContains], did you mean [stringcontains]?',
  ],
  [
    'any where cidrMatch(host.name, "1/8")',
    '1:11: first argument of [cidrMatch(host.name, "1/8")] must be [ip], found value [host.name] type [keyword]',
  ],
  [
    'any where cidrMatch(host.ip, host.name)',
    '1:11: second argument of [cidrMatch(host.ip, host.name)] must be a constant, received [host.name]',
  ],
  [
    'any where stringContains(os, 1)',
    '1:11: second argument of [stringContains(os, 1)] must be [string], found value [1] type [integer]',
  ],
  [
    'any where between(os, "a", "b", 1) == ""',
    '1:11: fourth argument of [between(os, "a", "b", 1)] must be [boolean], found value [1] type [integer]',
  ],
  [
    'any where length(process.pid) == 1',
    '1:11: argument of [length(process.pid)] must be [string], found value [process.pid] type [long]',
  ],
  [
    'any where substring(os, 1.5) == ""',
    '1:11: second argument of [substring(os, 1.5)] must be [integer], found value [1.5] type [double]',
  ],
  [
    'sequence [any where true] by process.pid [any where true] by host.name',
    '1:62: Sequence key [host.name] type [keyword] is incompatible with key [process.pid] type [long]',
  ],
  [
    'sample [any where true] by seen [any where true] by os',
    '1:53: Sample key [os] type [keyword] is incompatible with key [seen] type [date]',
  ],
])('%s is refused', (text, problem) => {
  const problems = check(text)
  expect(printElasticError(problems)).toEqual({
    type: 'verification_exception',
    status: 400,
    reason: `Found 1 problem\nline ${problem}`,
  })
})

test('all problems come together, in the order of the text', () => {
  const problems = check(
    'any where a.a == 1 and\n q.q == 2 and not (process.pid and a.a)',
  )
  expect(printElasticError(problems)?.reason).toBe(
    'Found 3 problems\nline 1:11: Unknown column [a.a]\n' +
      'line 2:2: Unknown column [q.q]\nline 2:36: Unknown column [a.a]',
  )
})

test('a wrong number of arguments, or a ~ too many, stops before all else', () => {
  const reason = (text: string) => printElasticError(check(text))
  expect(reason('any where nope == 1 and endsWith(process.name)')).toEqual({
    type: 'parsing_exception',
    status: 400,
    reason: 'line 1:26: error building [endswith]: expects exactly two arguments',
  })
  expect(reason('any where length~(nope) == 1')?.reason).toBe(
    'line 1:12: Function [CASE_INSENSITIVE] does not support case-(in)sensitivity length()',
  )
  expect(reason('any where number() == indexOf("a")')?.reason).toContain(
    'error building [number]: expects one or two arguments',
  )
  expect(reason('any where cidrMatch(host.ip)')?.reason).toContain(
    'at least two arguments',
  )
})

test('a field compared with a field stops the planner, if all else is in order', () => {
  const text = 'process where process.pid == process.parent.pid'
  expect(printElasticError(check(text))).toEqual({
    type: 'ql_illegal_argument_exception',
    status: 500,
    reason:
      'Line 1:30: Comparisons against fields are not (currently) supported; offender [process.parent.pid] in [==]',
  })
  expect(check('any where not (length(os) < length(process.name) or nope)')).toHaveLength(
    1,
  )
})

test('the fields a query depends on without naming them', () => {
  const without = { categoryField: 'event.type', timestampField: '@time' }
  expect(check('any where true', { ...without, timestampField: 'seen' })).toEqual([])
  expect(check('process where true', without)[0]).toMatchObject({
    code: 'no-category',
    from: 0,
    to: 7,
  })
  expect(printElasticError(check('any where true', without))?.reason).toBe(
    'Found 1 problem\nline -1:-1: Unknown column [@time]',
  )
  expect(check('sample by os [any where true] [any where true]', without)).toEqual([])
})

test('a misspelt field has fixes', () => {
  const [problem] = check('any where process.nam == 1')
  expect(problem?.fixes?.map(({ label }) => label)).toEqual([
    'Use process.name',
    'Use process.pid',
    'Use process.parent.pid',
    'Make it optional',
  ])
})

test.each([
  ['1', 'integer'],
  ['1 + 2147483648', 'long'],
  ['process.pid * 1.5', 'double'],
  ['-load', 'double'],
  ['seen', 'datetime'],
  ['?nothing', 'null'],
  ['nothing', undefined],
  ['length(os)', 'integer'],
  ['add(process.pid, 1)', 'long'],
  ['nope(1)', undefined],
  ['concat(1)', 'keyword'],
  ['a == 1 and b', 'boolean'],
])('%s has the type %s', (text, type) => {
  expect(typeOf(parseExpression(text).expression!, schema)).toBe(type)
})

test('a lone expression is checked too', () => {
  const problems = checkExpression(
    parseExpression('startsWith(1, "x")').expression!,
    schema,
  )
  expect(problems.map(({ code }) => code)).toEqual(['argument-type'])
})
