/** Whether a text that begins with `{` is the answer of a search rather than an event. */
export function looksLikeResponse(text: string): boolean {
  if (!mayBeResponse(text)) return false
  return HITS.test(text) || /"responses"\s*:\s*\[/.test(text)
}

const HITS = /"hits"\s*:\s*\{[^]*?"(?:hits|events|sequences)"\s*:\s*\[/

/** The same by the first key alone, which spares most events a closer look. */
export function mayBeResponse(text: string): boolean {
  const key = /^\{\s*"(\w+)"\s*:/.exec(text)?.[1]
  return key !== undefined && FIRST_KEYS.has(key)
}

const FIRST_KEYS: ReadonlySet<string> = new Set([
  '_clusters',
  '_scroll_id',
  '_shards',
  'completion_time_in_millis',
  'expiration_time_in_millis',
  'hits',
  'id',
  'is_partial',
  'is_running',
  'num_reduce_phases',
  'pit_id',
  'response',
  'responses',
  'start_time_in_millis',
  'timed_out',
  'took',
])
