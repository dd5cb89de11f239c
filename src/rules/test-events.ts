import type { TestEvent } from './test-case'
import { isRecord } from './record'
import { wording } from './wording'

/** What every event of a file starts from. */
export interface EventDefaults {
  readonly event: TestEvent
  /** Epoch ms, the base of every offset. */
  readonly start: number
}

/** One change to an event: dotted paths and their new values. */
type Patch = Readonly<Record<string, unknown>>

export type Outcome<T> = { readonly value: T } | { readonly problem: string }

/**
 * Reads events written one a line (rules.md 5.2): the defaults are merged under each,
 * `_t` and `_ingested` become times, and one without a label is called by its position,
 * `e1`, `e2` and so on. An event without any time is one second after the one before.
 */
export function readTestEvents(
  text: string,
  test: string,
  defaults: EventDefaults,
): Outcome<readonly TestEvent[]> {
  const events: TestEvent[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const written = parseEvent(line)
    if (!written) return { problem: wording.badEvents(test, index + 1) }
    const position = events.length
    const untimed = { _id: `e${position + 1}`, _t: `${position}s` }
    const base =
      '_t' in written || '@timestamp' in written ? { _id: untimed._id } : untimed
    const timed = placeInTime(
      { ...base, ...merge(defaults.event, written) },
      defaults.start,
    )
    if ('problem' in timed) return timed
    events.push(timed.value)
  }
  return { value: events }
}

/**
 * The event with a patch applied. `id` says which event is meant and is no change;
 * `_remove` lists paths to take away.
 */
export function patchEvent(
  event: TestEvent,
  patch: Patch,
  start: number,
): Outcome<TestEvent> {
  const { id: _id, _remove: removed, ...changes } = patch
  const paths = Array.isArray(removed) ? removed.map(String) : []
  const without = paths.reduce((rest, path) => setPath(rest, path, undefined), event)
  const patched = Object.entries(changes).reduce(
    (rest, [path, value]) => setPath(rest, path, value),
    without,
  )
  return placeInTime(patched, start)
}

/** Offsets such as `12s`, `+1.3s`, `4m50s`, `-2h`, in ms; undefined for other text. */
export function readOffset(text: string): number | undefined {
  const found = /^([+-]?)((?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)$/.exec(text.trim())
  if (!found) return undefined
  const [, sign, parts = ''] = found
  const total = [...parts.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0),
    0,
  )
  return Math.round(sign === '-' ? -total : total)
}
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** A value from the file as it is named in a problem. */
export const printValue = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

export function parseEvent(text: string): TestEvent | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function placeInTime(event: TestEvent, start: number): Outcome<TestEvent> {
  const { _t, _ingested, ...rest } = event
  let placed: TestEvent = rest
  for (const [offset, path] of [
    [_t, '@timestamp'],
    [_ingested, 'event.ingested'],
  ] as const) {
    if (offset === undefined) continue
    const ms = readOffset(printValue(offset))
    if (ms === undefined) {
      return {
        problem: wording.badTime(`event ${printValue(rest['_id'])}`, printValue(offset)),
      }
    }
    placed = setPath(placed, path, new Date(start + ms).toISOString())
  }
  return { value: placed }
}

/** `over` laid upon `under`; objects are merged, everything else replaces. */
function merge(under: TestEvent, over: TestEvent): TestEvent {
  const merged = new Map(Object.entries(under))
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key)
    merged.set(key, isRecord(below) && isRecord(value) ? merge(below, value) : value)
  }
  return Object.fromEntries(merged)
}

/** Sets, or with undefined removes, the value at a dotted path; a dotted key is a path too. */
function setPath(event: TestEvent, path: string, value: unknown): TestEvent {
  const entries = new Map(Object.entries(event))
  const dot = path.indexOf('.')
  if (dot < 0 || entries.has(path)) {
    if (value === undefined) entries.delete(path)
    else entries.set(path, value)
    return Object.fromEntries(entries)
  }
  const key = path.slice(0, dot)
  const child = entries.get(key)
  entries.set(key, setPath(isRecord(child) ? child : {}, path.slice(dot + 1), value))
  return Object.fromEntries(entries)
}
