/** What a search on a cluster asks (language.md 8.1). Absent: the server's default. */
export interface SearchRequest {
  /** Index patterns, as the rule has them. */
  readonly index: readonly string[]
  readonly query: string
  readonly size: number
  readonly timestampField?: string | undefined
  readonly tiebreakerField?: string | undefined
  readonly eventCategoryField?: string | undefined
  /** Names or patterns of fields to be told apart from the source. */
  readonly fields?: readonly string[] | undefined
  /** In the query language of Elasticsearch. */
  readonly filter?: unknown
}

/** The body of `_eql/search`. */
const bodyOf = (request: SearchRequest): Readonly<Record<string, unknown>> => ({
  query: request.query,
  size: request.size,
  ...(request.timestampField && { timestamp_field: request.timestampField }),
  ...(request.tiebreakerField && { tiebreaker_field: request.tiebreakerField }),
  ...(request.eventCategoryField && { event_category_field: request.eventCategoryField }),
  ...(request.fields?.length && { fields: request.fields }),
  ...(request.filter !== undefined && { filter: request.filter }),
})

/** For the console of Kibana's Dev Tools, where a text may run over lines between `"""`. */
export function printConsole(request: SearchRequest): string {
  const { query, ...rest } = bodyOf(request)
  const text = String(query)
  const canBeRaw = text.includes('\n') && !text.includes('"""') && !text.endsWith('"')
  if (!canBeRaw)
    return `GET /${pathOf(request)}\n${JSON.stringify({ query, ...rest }, null, 2)}\n`
  const others = JSON.stringify(rest, null, 2).slice(1)
  return `GET /${pathOf(request)}\n{\n  "query": """\n${text}\n""",${others}\n`
}

/** For a shell. The address and the key are read from its environment. */
export const printCurl = (request: SearchRequest): string =>
  [
    `curl -s -X GET "$ELASTICSEARCH_URL/${pathOf(request)}"`,
    `-H "Authorization: ApiKey $ELASTICSEARCH_API_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quote(JSON.stringify(bodyOf(request), null, 2))}`,
  ].join(' \\\n  ') + '\n'

const pathOf = ({ index }: SearchRequest): string =>
  `${(index.length === 0 ? ['*'] : index).map(encodeIndex).join(',')}/_eql/search`

/** Leaves what patterns are made of, `:` of other clusters among it. */
const encodeIndex = (name: string): string =>
  encodeURIComponent(name).replaceAll('%2A', '*').replaceAll('%3A', ':')

/** A word of a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
