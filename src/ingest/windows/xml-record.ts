import type { JsonObject } from '../lossless-json'
import { isObject } from '../unwrap'

/** Fields that may hold it, where the record has no category. */
export const XML_CARRIERS = [
  'SyslogMessage',
  '_raw',
  'result._raw',
  'event.original',
  'message',
] as const

/**
 * The XML of an event that a record carries as text: `SyslogMessage` of Sentinel, `_raw`
 * of Splunk, `event.original` and `message` of shippers. Undefined if there is none.
 */
export function findXml(found: JsonObject): string | undefined {
  const { event, result } = found
  return (
    cutEvent(found['SyslogMessage']) ??
    cutEvent(found['_raw']) ??
    (isObject(result) ? cutEvent(result['_raw']) : undefined) ??
    (isObject(event) ? cutEvent(event['original']) : undefined) ??
    cutEvent(found['message'])
  )
}

/** From `<Event` to `</Event>`, or to the end of the text if that is missing. */
function cutEvent(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const from = text.search(EVENT_START)
  if (from < 0) return undefined
  const end = text.lastIndexOf(EVENT_END)
  return text.slice(from, end < from ? undefined : end + EVENT_END.length)
}

export const EVENT_END = '</Event>'
/** With bounds, as otherwise each `<Event ` could look through all that follows. */
export const EVENT_START = /<Event(?:\s[^>]{0,500})?>\s{0,100}<System>/
