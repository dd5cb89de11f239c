import { parseArgs } from 'node:util'
import type { SearchRequest } from '../worker/search'

/** The command line was not understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `Runs EQL over event files and answers in the shape of Elasticsearch's _eql/search.

  npm run --silent eql -- [options]

  --query TEXT             the query to run
  --query-file FILE        … from a file
  --rule FILE              every rule in a rule file (TOML, Kibana export, JSON, .eql)
  --events FILE            an event file; may be given several times
  --mapping FILE           an index mapping, which then alone decides which fields exist
  --timestamp-field F      default @timestamp
  --tiebreaker-field F     default none
  --event-category-field F default event.category
  --size N                 default 10; all for no limit
  --result-position P      head or tail, default tail
  --max-samples-per-key N  default 1
  --explain                adds why: funnel, near misses, groups, ties, repairs
  --batch                  one JSON request a line on standard input, one answer a line`

export interface Options {
  readonly query?: string | undefined
  readonly queryFile?: string | undefined
  readonly rule?: string | undefined
  readonly events: readonly string[]
  readonly mapping?: string | undefined
  readonly batch: boolean
  readonly help: boolean
  readonly request: Omit<SearchRequest, 'query'>
}

/** Reads the command line; throws UsageError with what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args)
  const ways = [values.query, values['query-file'], values.rule].filter(
    (way) => way !== undefined,
  )
  if (!values.batch && !values.help && ways.length !== 1)
    throw new UsageError(
      'Give exactly one of --query, --query-file and --rule, or --batch.',
    )
  return {
    query: values.query,
    queryFile: values['query-file'],
    rule: values.rule,
    events: values.events ?? [],
    mapping: values.mapping,
    batch: values.batch ?? false,
    help: values.help ?? false,
    request: {
      timestampField: values['timestamp-field'],
      tiebreakerField: values['tiebreaker-field'],
      eventCategoryField: values['event-category-field'],
      size: readSize(values.size),
      resultPosition: readPosition(values['result-position']),
      maxSamplesPerKey: readCount(
        '--max-samples-per-key',
        values['max-samples-per-key'],
        1,
      ),
      explain: values.explain,
    },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        query: { type: 'string' },
        'query-file': { type: 'string' },
        rule: { type: 'string' },
        events: { type: 'string', multiple: true },
        mapping: { type: 'string' },
        'timestamp-field': { type: 'string' },
        'tiebreaker-field': { type: 'string' },
        'event-category-field': { type: 'string' },
        size: { type: 'string' },
        'result-position': { type: 'string' },
        'max-samples-per-key': { type: 'string' },
        explain: { type: 'boolean' },
        batch: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const readSize = (text: string | undefined): number =>
  text === 'all' ? Infinity : readCount('--size', text, 10, 0)

function readCount(
  option: string,
  text: string | undefined,
  otherwise: number,
  least = 1,
) {
  if (text === undefined) return otherwise
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < least)
    throw new UsageError(
      `${option} takes a whole number from ${String(least)} on, not ${text}.`,
    )
  return count
}

export function readPosition(text: string | undefined): 'head' | 'tail' {
  if (text === undefined || text === 'tail') return 'tail'
  if (text === 'head') return 'head'
  throw new UsageError(`result position needs to be 'head' or 'tail', received '${text}'`)
}
