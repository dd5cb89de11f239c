import type { Cause } from '../explain/explanation'
import { isRecord, type JsonRecord } from './record'
import { readRuleTests } from './rule-tests'
import { parseToml } from './rule-toml'
import { parseEvent } from './test-events'
import { printInline, printString } from './toml-print'

/** A case to be written: what some events come to. */
export interface NewTest {
  readonly name: string
  /** Events as JSON, one level deep with dotted names or nested; their `_id` is a label. */
  readonly events: readonly string[]
  /** Labels in step order; events without a label are `e1`, `e2` and so on. */
  readonly matches: readonly (readonly string[])[]
  /** There are more matches than those. */
  readonly atLeast?: boolean
  readonly nearMisses: readonly { readonly cause: Cause; readonly culprit: string }[]
}

/**
 * The text of a `tests.toml` with one more case (rules.md 5.2, rules/README.md); of an
 * empty text a new file. What the defaults of the file would put under the events is
 * taken away again, and a name that is taken gets a number.
 */
export function addRuleTest(text: string, test: NewTest): string {
  const before = text.trimEnd() || 'format = 1'
  const events = test.events.map(nestLine)
  const removals = listRemovals(defaultsOf(text), events)
  const { atLeast, matches, nearMisses } = test
  const [miss, ...moreMisses] = nearMisses
  const lines = [
    '[[test]]',
    `name = ${printInline(freeName(text, test.name))}`,
    `events = ${printString(`${events.join('\n')}\n`, "'''")}`,
    ...(removals.length > 0 ? [`patch = ${printList(removals)}`] : []),
    `expect = ${printInline(matches.length > 0 ? 'match' : 'none')}`,
    ...(matches.length > 0 ? [`matches = ${printList(matches)}`] : []),
    ...(atLeast ? ['at_least = true'] : []),
    ...(miss && moreMisses.length === 0
      ? [`cause = ${printInline(miss.cause)}`, `culprit = ${printInline(miss.culprit)}`]
      : []),
    ...(moreMisses.length > 0 ? [`near_misses = ${printList(nearMisses)}`] : []),
  ]
  return `${before}\n\n${lines.join('\n')}\n`
}

const printList = (list: readonly unknown[]): string =>
  list.length === 1
    ? printInline(list)
    : `[\n${list.map((item) => `  ${printInline(item)},\n`).join('')}]`

function freeName(text: string, wanted: string): string {
  const { tests } = readRuleTests(text)
  const isTaken = (name: string): boolean => tests.some((test) => test.name === name)
  let name = wanted
  for (let n = 2; isTaken(name); n++) name = `${wanted} (${n})`
  return name
}

/**
 * As people write events, objects within objects; as it is where a number would suffer or
 * a name is a value and an object at once.
 */
function nestLine(line: string): string {
  const event = parseEvent(line)
  // What a number loses on the way shows in its text.
  if (!event || JSON.stringify(event) !== line.trim()) return line
  const nested: JsonObject = {}
  for (const [name, value] of Object.entries(event))
    if (!put(nested, name.split('.'), value)) return line
  return JSON.stringify(nested)
}

type JsonObject = Record<string, unknown>

/** False where something is there already that is no object. */
function put(into: JsonObject, path: readonly string[], value: unknown): boolean {
  const [key = '', ...rest] = path
  if (key === '__proto__') return false
  if (rest.length === 0) {
    if (Object.hasOwn(into, key)) return false
    into[key] = value
    return true
  }
  const below = Object.hasOwn(into, key) ? into[key] : (into[key] = {})
  return isRecord(below) && put(below, rest, value)
}

function defaultsOf(text: string): JsonRecord {
  const parsed = parseToml(text)
  const defaults = 'table' in parsed ? parsed.table['defaults'] : undefined
  const event = isRecord(defaults) ? defaults['event'] : undefined
  if (typeof event === 'string') return parseEvent(event) ?? {}
  return isRecord(event) ? event : {}
}

/** For each event a patch that takes away what only the defaults give it. */
const listRemovals = (
  defaults: JsonRecord,
  events: readonly string[],
): readonly JsonRecord[] =>
  events.flatMap((line, at) => {
    const event = parseEvent(line) ?? {}
    const removed = pathsOf(defaults).filter((path) => !has(event, path))
    const id = event['_id'] === undefined ? `e${at + 1}` : event['_id']
    return removed.length > 0 ? [{ id, _remove: removed.map((p) => p.join('.')) }] : []
  })

const pathsOf = (record: JsonRecord): readonly (readonly string[])[] =>
  Object.entries(record).flatMap(([key, value]) =>
    isRecord(value) ? pathsOf(value).map((path) => [key, ...path]) : [[key]],
  )

const has = (record: JsonRecord, [key = '', ...rest]: readonly string[]): boolean => {
  if (!Object.hasOwn(record, key)) return false
  const value = record[key]
  return rest.length === 0 || !isRecord(value) || has(value, rest)
}
