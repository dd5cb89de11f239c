import type { EventTest } from './event-test'
import type { ExceptionEntry, ExceptionItem } from './exception-list'
import { wording } from './wording'

/** The events an exception or a filter hides, or why it cannot be applied. */
export type HidingTest =
  | { readonly ok: true; readonly hides: EventTest }
  | { readonly ok: false; readonly message: string }

/**
 * The events an exception item hides, as Kibana applies it (rules.md 3.10): all of its
 * entries hold, on one of its operating systems. `now` in epoch ms: an item that expired
 * hides nothing.
 */
export function readExceptionTest(item: ExceptionItem, now: number): HidingTest {
  const { expireTime, entries, osTypes } = item
  if (expireTime !== undefined && Date.parse(expireTime) <= now) {
    return { ok: false, message: wording.expired(expireTime) }
  }
  const tests: EventTest[] = []
  for (const entry of entries) {
    const test = readEntry(entry, '')
    if (typeof test === 'string') return { ok: false, message: test }
    tests.push(test)
  }
  if (tests.length === 0) return { ok: false, message: wording.noEntries() }
  return { ok: true, hides: { kind: 'all', tests: [...osTests(osTypes), ...tests] } }
}

/** The operating system is looked for in two places, since agents differ. */
function osTests(types: readonly string[]): readonly EventTest[] {
  if (types.length === 0) return []
  const tests = ['host.os.type', 'host.os.name.caseless'].map((field): EventTest => ({
    kind: 'equals',
    field,
    values: types,
  }))
  return [{ kind: 'any', tests }]
}

/** A sentence: the entry is one that cannot be applied. */
function readEntry(entry: ExceptionEntry, parent: string): EventTest | string {
  const field = parent + entry.field
  if (entry.type === 'list') return wording.valueList(entry.list ?? '', field)
  const test = entry.type === 'nested' ? readNested(entry, field) : readLeaf(entry, field)
  if (typeof test === 'string') return test
  return entry.operator === 'excluded' ? { kind: 'not', test } : test
}

function readNested(entry: ExceptionEntry, path: string): EventTest | string {
  const tests: EventTest[] = []
  for (const inner of entry.entries) {
    const test = readEntry(inner, `${path}.`)
    if (typeof test === 'string') return test
    tests.push(test)
  }
  return { kind: 'nested', path, test: { kind: 'all', tests } }
}

function readLeaf(entry: ExceptionEntry, field: string): EventTest | string {
  const { type, values } = entry
  switch (type) {
    case 'match':
    case 'match_any':
      return { kind: 'equals', field, values }
    case 'exists':
      return { kind: 'exists', field }
    case 'wildcard':
    case 'wildcard_caseless':
      return {
        kind: 'any',
        tests: values.map((pattern) => ({
          kind: 'wildcard',
          field,
          pattern,
          ignoresCase: type === 'wildcard_caseless',
        })),
      }
    default:
      return wording.unknownEntry(type, field)
  }
}
