import fc from 'fast-check'
import { conditionsOver } from './random-conditions'
import {
  aliases,
  eventWith,
  mappingOf,
  randomFields,
  type RandomField,
} from './random-events'
import type { PlainProperty } from './plain-mapping'
import type { PlainRequest } from './plain-search'

const categories = ['process', 'network', 'file']

/** What puts events in order and in a category. */
const clockFields = [{ name: 'event.category', values: categories }]

const category = fc.constantFrom('any', 'any', 'process', 'network', '"process"')

/** A question about single events, with a mapping of fields of every type. */
export const conditionRequests: fc.Arbitrary<PlainRequest> = fc
  .subarray([...randomFields], { minLength: 4, maxLength: 9 })
  .chain((fields) => {
    const names = Object.entries(aliases)
      .filter(([, path]) => fields.some(({ name }) => name === path))
      .map(([alias]) => alias)
    const hasRaw = fields.some(({ name }) => name === 'kw')
    const more = {
      texts: [...names.filter((name) => name === 'same'), ...(hasRaw ? ['kw.raw'] : [])],
      numbers: names.filter((name) => name !== 'same'),
    }
    return fc.record({
      query: fc
        .tuple(category, conditionsOver(fields, more))
        .map(([word, condition]) => `${word} where ${condition}`),
      events: fc.array(eventWith([...fields, ...clockFields]), {
        minLength: 1,
        maxLength: 6,
      }),
      mapping: fc.constant(mappingOf(fields)),
      size: fc.constant(100),
    })
  })

const freeFields: readonly RandomField[] = [
  ['process.name', 'keyword', 'kw'],
  ['process.pid', 'long', 'n'],
  ['source.ip', 'ip', 'addr'],
  ['user.name', 'keyword', 'kw'],
].map(([name, type, like]) => ({
  ...randomFields.find((field) => field.name === like)!,
  name: name!,
  property: { type: type! },
}))

/** The same without a mapping: fields of ECS, and `?fields` of which only events tell. */
export const unmappedRequests: fc.Arbitrary<PlainRequest> = fc.record({
  query: fc
    .tuple(
      category,
      conditionsOver(freeFields, { texts: ['?tag', '?label'], numbers: ['?count'] }),
    )
    .map(([word, condition]) => `${word} where ${condition}`),
  events: fc.array(
    eventWith([
      ...freeFields,
      ...clockFields,
      { name: 'tag', values: ['a', 'b', 'ab'] },
      { name: 'label', values: ['x'] },
      { name: 'count', values: [0, 1, 2, 3] },
    ]),
    { minLength: 1, maxLength: 5 },
  ),
  size: fc.constant(100),
})

const keyFields: readonly Omit<RandomField, 'constants'>[] = [
  { name: 'k', property: { type: 'keyword' }, values: ['x', 'y', 'X'] },
  { name: 'm', property: { type: 'keyword', null_value: 'y' }, values: ['x', 'y'] },
  {
    name: 't',
    property: { type: 'text', fields: { keyword: { type: 'keyword' } } },
    values: ['x', 'y', 'a b'],
  },
  { name: 'p', property: { type: 'long' }, values: [1, 2, '1'] },
  { name: 'q', property: { type: 'double' }, values: [1, 2.5] },
  {
    name: 'a',
    property: { type: 'ip' },
    values: ['10.0.0.1', '9.9.9.9', '::ffff:9.9.9.9', 'fe80::1'],
  },
  {
    name: 'w',
    property: { type: 'date' },
    values: ['2024-05-06T07:08:09Z', 1_714_979_289_000, '2024-05-07'],
  },
  { name: 'z', property: { type: 'boolean' }, values: [true, false, 'true'] },
  { name: 'v', property: { type: 'version' }, values: ['1.9', '1.10', 'x'] },
]
const stepFields: readonly Omit<RandomField, 'constants'>[] = [
  { name: 'kind', property: { type: 'keyword' }, values: ['A', 'B', 'C', 'U', 'M'] },
  { name: 'n', property: { type: 'long' }, values: [0, 1, 2] },
]

/** `clock`: the type of the timestamps. */
const sequenceMapping = (
  clock: string,
): { properties: Record<string, PlainProperty> } => ({
  properties: {
    '@timestamp': { type: clock },
    'event.category': { type: 'keyword' },
    seq: { type: 'long' },
    also: { type: 'alias', path: 'k' },
    ...Object.fromEntries(
      [...keyFields, ...stepFields].map(({ name, property }) => [name, property]),
    ),
  },
})

/** A timestamp as number, to the nanosecond, in arrays of one and of two, or as usual. */
function spell(ms: number, chance: number): unknown {
  const text = new Date(ms).toISOString()
  if (chance === 1) return ms
  if (chance < 5) return text.replace('Z', `00000${chance % 3}Z`)
  if (chance === 5) return [text, '2024-05-06T07:08:09Z']
  return chance === 6 ? [null, text] : text
}

/** Little time and few values, so that ties, replacement and crossing keys are common. */
const timedEvents = (isTied: boolean): fc.Arbitrary<readonly Record<string, unknown>[]> =>
  fc.array(
    fc
      .tuple(
        eventWith([...keyFields, ...stepFields], 12),
        fc.integer({ min: 0, max: 12_000 }).map((ms) => Math.round(ms / 500) * 500),
        fc.constantFrom(...categories),
        fc.constantFrom(undefined, 1, 2, 3, '2', null, ...(isTied ? [[1, 2]] : [])),
        fc.integer({ min: 0, max: 29 }),
      )
      .map(([event, ms, word, seq, chance]) => ({
        ...event,
        'event.category': word,
        ...(seq !== undefined && { seq }),
        ...(chance > 0 && { '@timestamp': spell(1_714_979_280_000 + ms, chance) }),
      })),
    { minLength: 4, maxLength: 20, size: 'max' },
  )

const stepCondition = fc.constantFrom(
  'kind == "A"',
  'kind == "B"',
  'kind == "A"',
  'kind == "B"',
  'kind != "A"',
  'kind in ("A", "B")',
  'kind : ("c", "u")',
  'kind != "M"',
  'true',
  'n > 0',
  'n + 1 == 2',
  'not n == 1',
  'kind == "A" or n == 2',
  'length(kind) == 1 and n < 2',
  'kind == null',
  'false',
  '?nowhere == 1',
)
const stepCategory = fc.constantFrom('any', 'any', 'any', 'process', 'network')

/** Per step the keys it adds; each position holds names whose types go together. */
const keyPositions: readonly (readonly string[])[] = [
  ['k', '?k', 'm', '?m', 't', '?t', 'also', 'k', 'k', 'k'],
  ['p', '?p', 'q', '?q'],
  ['a', '?a'],
  ['w', '?w'],
  ['z', '?z'],
  ['v', '?v'],
]
const globals = ['k', '?m', 'v', '?t', 'p', '?q', 'a', 'w', '?z', '?nowhere']
const fewOf = <T>(list: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.constantFrom(...list).map((one) => [one]) },
    { weight: 1, arbitrary: fc.subarray([...list], { minLength: 2, maxLength: 2 }) },
  )

const joins = (steps: number) =>
  fc.tuple(fewOf(globals), fewOf(keyPositions)).chain(([global, own]) =>
    fc
      .tuple(
        ...Array.from({ length: steps }, () =>
          fc.tuple(...own.map((names) => fc.constantFrom(...names))),
        ),
      )
      .map((lists) => ({
        global: global.length > 0 ? ` by ${global.join(', ')}` : '',
        own: lists.map((names) => (names.length > 0 ? ` by ${names.join(', ')}` : '')),
      })),
  )

const sequenceText = fc
  .record({
    missing: fc.array(
      fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      { minLength: 2, maxLength: 4 },
    ),
    runs: fc.integer({ min: 0, max: 9 }),
    maxspan: fc.constantFrom('', '500ms', '1s', '2s', '4s', '6s', '1m'),
    hasUntil: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    pipes: fc.constantFrom(
      '',
      '',
      '',
      ' | head 2',
      ' | tail 3',
      ' | tail 4 | head 2',
      ' | head 5 | tail 2 | head 1',
      ' | head 0',
    ),
  })
  .filter(({ missing }) => missing.includes(false))
  .chain((shape) =>
    fc
      .record({
        steps: fc.tuple(
          ...[...shape.missing, false].map(() => fc.tuple(stepCategory, stepCondition)),
        ),
        keys: joins(shape.missing.length + 1),
      })
      .map(({ steps, keys }) => {
        const { missing, runs, maxspan, hasUntil, pipes } = shape
        const span = maxspan || (missing.includes(true) ? '3s' : '')
        const written = missing.map((isMissing, at) => {
          const [word, condition] = steps[at]!
          const bracket = isMissing ? '![' : '['
          const repeat = runs === at ? ' with runs=2' : ''
          return `${bracket}${word} where ${condition}]${keys.own[at]!}${repeat}`
        })
        const [word, condition] = steps.at(-1)!
        const until = hasUntil
          ? ` until [${word} where ${condition}]${keys.own.at(-1)!}`
          : ''
        return `sequence${keys.global}${span && ` with maxspan=${span}`} ${written.join(' ')}${until}${pipes}`
      }),
  )

/** Sequences of every shape, over events close in time. */
export const sequenceRequests: fc.Arbitrary<PlainRequest> = fc
  .tuple(
    sequenceText,
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom(0, 3, 10, 100, 100, 100),
    fc.constantFrom('head' as const, 'tail' as const),
    fc.constantFrom('date', 'date', 'date_nanos'),
  )
  .chain(([query, tie, size, result_position, clock]) =>
    timedEvents(tie === 0).map((events) => ({
      query,
      events,
      mapping: sequenceMapping(clock),
      size,
      result_position,
      ...(tie < 5 && { tiebreaker_field: 'seq' }),
    })),
  )

const ecsNames: Readonly<Record<string, string>> = {
  k: 'user.name',
  p: 'process.pid',
  a: 'source.ip',
}

/** The same without a mapping: some keys are ECS's, the types of others must be guessed. */
export const unmappedSequences: fc.Arbitrary<PlainRequest> = sequenceRequests.map(
  ({ query, events, mapping: _, ...options }) => ({
    query: query.replace(/(?<=[ ?])[kpa](?=[ ,]|$)/g, (key) => ecsNames[key]!),
    events: events.map((event) =>
      Object.fromEntries(
        Object.entries(event as object).map(([key, value]) => [
          ecsNames[key] ?? key,
          value,
        ]),
      ),
    ),
    ...options,
  }),
)

const sampleText = fc.integer({ min: 2, max: 3 }).chain((count) =>
  fc
    .record({
      steps: fc.array(fc.tuple(stepCategory, stepCondition), {
        minLength: count,
        maxLength: count,
      }),
      keys: joins(count).filter(({ global, own }) => global !== '' || own[0] !== ''),
    })
    .map(({ steps, keys }) => {
      const written = steps.map(
        ([word, condition], at) => `[${word} where ${condition}]${keys.own[at]!}`,
      )
      return `sample${keys.global} ${written.join(' ')}`
    }),
)

/** Samples, which know no time. */
export const sampleRequests: fc.Arbitrary<PlainRequest> = fc.record({
  query: sampleText,
  events: timedEvents(true),
  mapping: fc.constant(sequenceMapping('date')),
  size: fc.constantFrom(2, 10, 100),
  max_samples_per_key: fc.integer({ min: 1, max: 4 }),
})
