import type { EventTest } from './event-test'
import { applyTransform } from './guide-transform'
import { isRecord, recordsOf, textOf, type JsonRecord } from './record'
import type { Rule } from './rule'

/** A piece of an investigation guide, in its order (rules.md 4.2, 4.3). */
export type GuidePart =
  | { readonly kind: 'markdown'; readonly text: string }
  /** SQL to be copied; `{{field}}` stands for a value of the alert. */
  | { readonly kind: 'osquery'; readonly label: string; readonly query: string }
  | {
      readonly kind: 'investigate'
      readonly label: string
      readonly description: string
      /** One of the lists holds whole. */
      readonly providers: readonly (readonly Provider[])[]
      /** Date math, relative to the alert. */
      readonly from?: string
      readonly to?: string
    }

/** One test of an investigation. */
export interface Provider {
  readonly field: string
  /** Fixed, or `{{field}}`: the alert's own value of that field. */
  readonly value: string
  readonly isExcluded: boolean
  readonly queryType: string
}

/**
 * The guide of a rule in parts: Markdown, and between it what the osquery and investigate
 * plugins make buttons of. A block that cannot be read stays Markdown.
 */
export function readGuide({ note, transform }: Pick<Rule, 'note' | 'transform'>) {
  const text = applyTransform(note, transform) ?? ''
  const parts: GuidePart[] = []
  let end = 0
  for (const { index, 0: start, 1: name = '' } of text.matchAll(
    /!\{(osquery|investigate)(?=\{)/g,
  )) {
    if (index < end) continue
    const to = endOfObject(text, index + start.length)
    const part =
      to === undefined ? undefined : readBlock(name, text.slice(index + start.length, to))
    if (!part || to === undefined || text[to] !== '}') continue
    addMarkdown(parts, text.slice(end, index))
    parts.push(part)
    end = to + 1
  }
  addMarkdown(parts, text.slice(end))
  return parts
}

function addMarkdown(parts: GuidePart[], text: string): void {
  if (text.trim() !== '') parts.push({ kind: 'markdown', text })
}

/** Where a JSON object that begins here ends, braces in strings not counted. */
function endOfObject(text: string, start: number): number | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g
  token.lastIndex = start
  let depth = 0
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '{') depth++
    else if (found[0] === '}' && --depth === 0) return token.lastIndex
  }
  return undefined
}

function readBlock(name: string, json: string): GuidePart | undefined {
  const block = parseObject(json)
  const label = textOf(block?.['label']) ?? ''
  if (!block) return undefined
  if (name === 'osquery')
    return { kind: 'osquery', label, query: textOf(block['query']) ?? '' }
  const from = textOf(block['relativeFrom'])
  const to = textOf(block['relativeTo'])
  const lists: readonly unknown[] = Array.isArray(block['providers'])
    ? block['providers']
    : []
  return {
    kind: 'investigate',
    label,
    description: textOf(block['description']) ?? '',
    providers: lists.map((list) => recordsOf(list).map(readProvider)),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

function parseObject(json: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

const readProvider = (provider: JsonRecord): Provider => ({
  field: textOf(provider['field']) ?? '',
  value: printScalar(provider['value']),
  isExcluded: provider['excluded'] === true,
  queryType: textOf(provider['queryType']) ?? 'phrase',
})

const printScalar = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : ''

/** What an alert's event has in a field, as text; undefined where it has nothing. */
export type ValueOfField = (field: string) => string | undefined

/** Placeholders filled from an event; those without a value stay, and are named. */
export function fillPlaceholders(
  text: string,
  valueOf: ValueOfField,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = []
  const filled = text.replaceAll(/\{\{\s*([\w.@]+)\s*\}\}/g, (whole, field: string) => {
    const value = valueOf(field)
    if (value === undefined) missing.push(field)
    return value ?? whole
  })
  return { text: filled, missing }
}

/**
 * An investigation as a test on the loaded events, to be printed as a query. Where a
 * placeholder has no value nothing is found, and its field is named.
 */
export function investigate(
  providers: readonly (readonly Provider[])[],
  valueOf: ValueOfField,
): { readonly test: EventTest; readonly missing: readonly string[] } {
  const missing: string[] = []
  const lists = providers.map((list): EventTest => {
    const tests = list.map((provider) => {
      const filled = fillPlaceholders(provider.value, valueOf)
      missing.push(...filled.missing)
      return filled.missing.length > 0 ? NOTHING : testOf(provider, filled.text)
    })
    return { kind: 'all', tests }
  })
  return { test: { kind: 'any', tests: lists }, missing }
}

const NOTHING: EventTest = { kind: 'any', tests: [] }

function testOf({ field, isExcluded, queryType }: Provider, value: string): EventTest {
  const test: EventTest =
    queryType === 'exists'
      ? { kind: 'exists', field }
      : { kind: 'equals', field, values: [value] }
  return isExcluded ? { kind: 'not', test } : test
}
