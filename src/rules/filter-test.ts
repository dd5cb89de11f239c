import type { Bound, EventTest, Scalar } from './event-test'
import type { HidingTest } from './exception-test'
import { isRecord, recordsOf, textOf, type JsonRecord } from './record'
import { wording } from './wording'

/**
 * The events a filter of the query bar hides: those it does not let through. Filters that
 * are switched off, and those of a kind that is not known, hide none, and say so
 * (rules.md 3.10).
 */
export function readFilterTest(filter: JsonRecord): HidingTest {
  const meta = isRecord(filter['meta']) ? filter['meta'] : {}
  if (meta['disabled'] === true) return { ok: false, message: wording.filterOff() }
  const query = isRecord(filter['query']) ? filter['query'] : bareQuery(filter)
  const passes = readQuery(query)
  if (!passes) return { ok: false, message: wording.filterUnknown(kindOf(query)) }
  const isNegated = meta['negate'] === true
  return { ok: true, hides: isNegated ? passes : { kind: 'not', test: passes } }
}

/** What a person would call the filter. */
export function nameFilter(filter: JsonRecord): string {
  const meta = isRecord(filter['meta']) ? filter['meta'] : {}
  const query = isRecord(filter['query']) ? filter['query'] : bareQuery(filter)
  const named = textOf(meta['alias']) ?? textOf(meta['key'])
  return named ?? kindOf(query)
}

// Older filters hold the clause itself, beside `meta` and `$state`.
const bareQuery = ({ meta: _meta, $state: _state, ...rest }: JsonRecord): JsonRecord =>
  rest

const kindOf = (query: JsonRecord): string => Object.keys(query)[0] ?? ''

function readQuery(query: JsonRecord): EventTest | undefined {
  const [entry, ...more] = Object.entries(query)
  if (!entry || more.length > 0) return undefined
  const [kind, body] = entry
  if (kind === 'match_all') return { kind: 'all', tests: [] }
  if (!isRecord(body)) return undefined
  if (kind === 'bool') return readBool(body)
  if (kind === 'exists')
    return onField(textOf(body['field']), (field) => ({ kind, field }))
  if (kind === 'query_string') return readQueryString(body)
  const clause = Object.entries(body).find(([key]) => key !== 'boost')
  return clause && readClause(kind, clause[0], clause[1])
}

function readBool(body: JsonRecord): EventTest | undefined {
  const all = readAll([...listOf(body['must']), ...listOf(body['filter'])])
  const none = readAll(listOf(body['must_not']))
  const some = readAll(listOf(body['should']))
  const least = body['minimum_should_match']
  if (!all || !none || !some || (least !== undefined && Number(least) > 1))
    return undefined
  // `should` alone needs one that holds; beside others it only counts if it is asked for.
  const isNeeded =
    some.length > 0 && (least === undefined ? all.length === 0 : Number(least) > 0)
  const tests: EventTest[] = [
    ...all,
    ...none.map((test): EventTest => ({ kind: 'not', test })),
    ...(isNeeded ? [{ kind: 'any' as const, tests: some }] : []),
  ]
  return { kind: 'all', tests }
}

const listOf = (value: unknown): readonly JsonRecord[] =>
  isRecord(value) ? [value] : recordsOf(value)

function readAll(queries: readonly JsonRecord[]): readonly EventTest[] | undefined {
  const tests = queries.flatMap((query) => readQuery(query) ?? [])
  return tests.length === queries.length ? tests : undefined
}

/** `query_string` is known only where it asks for everything. */
const readQueryString = (body: JsonRecord): EventTest | undefined =>
  body['query'] === '*' ? { kind: 'all', tests: [] } : undefined

function readClause(kind: string, field: string, body: unknown): EventTest | undefined {
  const value = isRecord(body)
    ? (body['value'] ?? body['query'] ?? body['wildcard'])
    : body
  const ignoresCase = isRecord(body) && body['case_insensitive'] === true
  switch (kind) {
    case 'match':
    case 'match_phrase':
    case 'term':
      if (!isScalar(value)) return undefined
      return ignoresCase
        ? { kind: 'wildcard', field, pattern: escapePattern(String(value)), ignoresCase }
        : { kind: 'equals', field, values: [value] }
    case 'terms':
      return Array.isArray(body)
        ? { kind: 'equals', field, values: body.filter(isScalar) }
        : undefined
    case 'wildcard':
      return typeof value === 'string'
        ? { kind, field, pattern: value, ignoresCase }
        : undefined
    case 'prefix':
      return typeof value === 'string'
        ? { kind: 'wildcard', field, pattern: `${escapePattern(value)}*`, ignoresCase }
        : undefined
    case 'range':
      return isRecord(body) ? readRange(field, body) : undefined
    default:
      return undefined
  }
}

const OPERATORS = {
  gt: '>',
  gte: '>=',
  from: '>=',
  lt: '<',
  lte: '<=',
  to: '<=',
} as const

/** Dates relative to now are of no use here: events are as old as they are. */
function readRange(field: string, body: JsonRecord): EventTest | undefined {
  const bounds = Object.entries(OPERATORS).flatMap(([key, op]): Bound[] => {
    const value = body[key]
    return isScalar(value) ? [{ op, value }] : []
  })
  const isRelative = bounds.some(({ value }) => /^now\b|\|\|/.test(String(value)))
  return isRelative || bounds.length === 0 ? undefined : { kind: 'range', field, bounds }
}

const isScalar = (value: unknown): value is Scalar =>
  ['string', 'number', 'boolean'].includes(typeof value)

const escapePattern = (text: string): string => text.replaceAll(/[\\*?]/g, '\\$&')

const onField = <Value>(field: string | undefined, make: (field: string) => Value) =>
  field === undefined ? undefined : make(field)
