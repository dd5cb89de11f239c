import type { RunFailure } from '../engine/result'

/** The keys of a request whose values the server checks before anything else. */
export interface RequestKeys {
  readonly query?: unknown
  readonly event_category_field?: unknown
  readonly timestamp_field?: unknown
  readonly size?: unknown
  readonly fetch_size?: unknown
  readonly max_samples_per_key?: unknown
  readonly result_position?: unknown
  readonly filter?: unknown
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isCount = (value: unknown): boolean => Number.isInteger(value)

/** What a key's value must be, for the keys we cannot go on with otherwise. */
const KINDS = [
  {
    is: 'a text',
    test: isText,
    keys: [
      'query',
      'events_file',
      'mapping_file',
      'timestamp_field',
      'tiebreaker_field',
      'event_category_field',
    ],
  },
  { is: 'an array', test: Array.isArray, keys: ['events'] },
  { is: 'a whole number', test: isCount, keys: ['max_samples_per_key'] },
  {
    is: 'a whole number or "all"',
    test: (value: unknown) => isCount(value) || value === 'all',
    keys: ['size'],
  },
]

/** Refuses a value of another kind than its key's; null is as good as no value. */
export function checkKinds(request: object): RunFailure | undefined {
  const values = new Map<string, unknown>(Object.entries(request))
  for (const { is, test, keys } of KINDS)
    for (const key of keys) {
      const value = values.get(key) ?? undefined
      if (value !== undefined && !test(value))
        return refuse('illegal_argument_exception', `"${key}" must be ${is}.`)
    }
  return undefined
}

/** What the server refuses of a request before it reads the query (language.md 8.1). */
export function checkRequest(request: RequestKeys | null): RunFailure | undefined {
  if (request === null)
    return refuse('parse_exception', 'request body or source parameter is required')
  if (request.filter !== undefined) return refuseFilter(request.filter)
  const found = problemsOf(request).map((problem, i) => `${String(i + 1)}: ${problem};`)
  if (found.length > 0)
    return refuse(
      'action_request_validation_exception',
      `Validation Failed: ${found.join('')}`,
    )
  return isSampleOfLargePages(request)
    ? {
        type: 'illegal_argument_exception',
        status: 500,
        reason: 'Fetch size cannot be greater than [1000]',
      }
    : undefined
}

/** The keys of a sample are fetched by pages of at most 1000. */
const isSampleOfLargePages = ({ query, fetch_size }: RequestKeys): boolean =>
  typeof fetch_size === 'number' &&
  fetch_size > 1000 &&
  typeof query === 'string' &&
  /^\s*sample\b/.test(query)

const refuseFilter = (filter: unknown): RunFailure =>
  refuse(
    'illegal_argument_exception',
    JSON.stringify(filter) === '{}'
      ? 'query malformed, empty clause found'
      : 'A filter in Query DSL cannot be applied here: leave it out, or put it into the query.',
  )

const refuse = (type: string, reason: string): RunFailure => ({
  type,
  status: 400,
  reason,
})

function problemsOf(request: RequestKeys): string[] {
  const { size, fetch_size, max_samples_per_key, result_position } = request
  const problems = []
  if (isEmpty(request.query ?? '')) problems.push('query is null or empty')
  if (isEmpty(request.event_category_field))
    problems.push('event category field is null or empty')
  if (isEmpty(request.timestamp_field)) problems.push('timestamp field is null or empty')
  if (isBelow(size, 0)) problems.push('size must be greater than or equal to 0')
  if (isBelow(fetch_size, 2)) problems.push('fetch size must be greater than 1')
  if (isBelow(max_samples_per_key, 1))
    problems.push('max_samples_per_key must be greater than 0')
  if (![undefined, 'head', 'tail'].includes(result_position as string | undefined))
    problems.push(
      `result position needs to be 'head' or 'tail', received '${String(result_position)}'`,
    )
  return problems
}

const isEmpty = (value: unknown): boolean => value === '' || value === null
const isBelow = (value: unknown, least: number): boolean =>
  typeof value === 'number' && value < least
