import type { JsonObject } from '../lossless-json'
import { isObject } from '../unwrap'

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

/** From `<Event` to `</Event>`, of which there may be something before. */
export function cutEvent(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const end = text.lastIndexOf(END)
  if (end < 0) return undefined
  const from = text.search(/<Event[\s>]/)
  return from < 0 || from > end ? undefined : text.slice(from, end + END.length)
}

const END = '</Event>'
