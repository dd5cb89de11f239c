/** Whether a text that begins with `{` is the answer of a search rather than an event. */
export function looksLikeResponse(text: string): boolean {
  if (!mayBeResponse(text)) return false
  return LISTS.some((list) => list.test(text))
}

const LISTS = [
  /"hits"\s*:\s*\{[^]*?"(?:hits|events|sequences)"\s*:\s*\[/,
  /"responses"\s*:\s*\[/,
  // ES|QL.
  /"columns"\s*:\s*\[\s*\{\s*"name"[^]*?\]\s*,\s*"values"\s*:\s*\[/,
  // Advanced hunting, and what Event Hubs hand on.
  /"(?:Schema|schema|Stats|@odata\.\w+)"[^]*?"[Rr]esults"\s*:\s*\[/,
  /^\s*\{\s*"records"\s*:\s*\[\s*\{/,
]

/** The same by the first key alone, which spares most events a closer look. */
export function mayBeResponse(text: string): boolean {
  const key = /^\{\s*"([@\w.]+)"\s*:/.exec(text)?.[1]
  return key !== undefined && FIRST_KEYS.has(key)
}

const FIRST_KEYS: ReadonlySet<string> = new Set([
  '_clusters',
  '_scroll_id',
  '_shards',
  '@odata.context',
  '@odata.type',
  'Results',
  'Schema',
  'Stats',
  'all_columns',
  'columns',
  'completion_time_in_millis',
  'expiration_time_in_millis',
  'documents_found',
  'hits',
  'id',
  'is_partial',
  'is_running',
  'num_reduce_phases',
  'pit_id',
  'rawResponse',
  'records',
  'response',
  'responses',
  'result',
  'results',
  'schema',
  'start_time_in_millis',
  'timed_out',
  'took',
  'values_loaded',
])
