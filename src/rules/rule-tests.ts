import type { Cause } from '../explain/explanation'
import type { RuleProblem } from './read-rules'
import { parseJson } from './json-text'
import { isRecord, type JsonRecord } from './record'
import type { ExpectedMiss, ReadRuleTests, RuleTest, TestEvent } from './test-case'
import { parseToml } from './rule-toml'
import {
  parseEvent,
  patchEvent,
  printValue,
  readTestEvents,
  type EventDefaults,
  type Outcome,
} from './test-events'
import { wording } from './wording'

/** Whether a file may hold tests of a rule (rules.md 5.2), by how it begins. */
export const looksLikeTests = (head: string): boolean =>
  looksLikeJson(head)
    ? /"format"\s*:\s*\d/.test(head) && /"test"\s*:\s*\[/.test(head)
    : /^\s*format\s*=\s*\d/m.test(head) && /^\s*\[\[test\]\]/m.test(head)

/** Whether tests are written in JSON, and not in TOML. */
export const looksLikeJson = (text: string): boolean => /^\uFEFF?\s*\{/.test(text)

/**
 * Reads the text of a `tests.toml`, or of a `tests.json` with the same keys (rules.md 5.2,
 * rules/README.md), into complete cases: defaults merged, offsets turned into times, `use`
 * and `patch` carried out. A case that cannot be read is left out and its problem told.
 * Pure: nothing is run.
 */
export function readRuleTests(text: string): ReadRuleTests {
  const parsed = looksLikeJson(text) ? parseJsonTable(text) : parseToml(text)
  if ('problem' in parsed) return { tests: [], problems: [parsed.problem] }
  const { format, defaults, test } = parsed.table
  if (format !== 1) {
    const message =
      format === undefined ? wording.noFormat() : wording.otherFormat(printValue(format))
    return { tests: [], problems: [{ message }] }
  }
  const base = readDefaults(isRecord(defaults) ? defaults : {})
  if ('problem' in base) return { tests: [], problems: [{ message: base.problem }] }
  const written = Array.isArray(test) ? test.filter(isRecord) : []
  if (written.length === 0)
    return { tests: [], problems: [{ message: wording.noTests() }] }
  return readCases(written, base.value)
}

function parseJsonTable(text: string): ReturnType<typeof parseToml> {
  const parsed = parseJson(text.replace(/^\uFEFF/, ''))
  if ('problem' in parsed) return parsed
  return { table: isRecord(parsed.value) ? parsed.value : {} }
}

function readCases(
  written: readonly JsonRecord[],
  defaults: EventDefaults,
): ReadRuleTests {
  const tests: RuleTest[] = []
  const problems: RuleProblem[] = []
  for (const [index, test] of written.entries()) {
    const read = readCase(test, index, defaults, tests)
    if ('value' in read) tests.push(read.value)
    else problems.push({ message: read.problem })
  }
  return { tests, problems }
}

function readDefaults(defaults: JsonRecord): Outcome<EventDefaults> {
  const { event = {}, start: written = '2024-01-01T00:00:00Z' } = defaults
  const common = typeof event === 'string' ? parseEvent(event) : event
  if (!isRecord(common)) return { problem: wording.badDefaults() }
  const start = Date.parse(String(written))
  return Number.isNaN(start)
    ? { problem: wording.badStart(String(written)) }
    : { value: { event: common, start } }
}

function readCase(
  test: JsonRecord,
  index: number,
  defaults: EventDefaults,
  earlier: readonly RuleTest[],
): Outcome<RuleTest> {
  const name = test['name']
  if (typeof name !== 'string') return { problem: wording.noName(index + 1) }
  const expect = EXPECTATIONS.find((known) => known === test['expect'])
  if (!expect) return { problem: wording.badExpect(name) }
  const events = readEvents(test, name, defaults, earlier)
  if ('problem' in events) return events
  const misses = readMisses(test, name)
  if ('problem' in misses) return misses
  const { matches, not, count, at_least: atLeast, error } = test
  return {
    value: {
      name,
      expect,
      events: events.value,
      nearMisses: misses.value,
      ...(Array.isArray(matches) && { matches: matches.map(textsOf) }),
      ...(Array.isArray(not) && { not: textsOf(not) }),
      ...(typeof count === 'number' && { count }),
      ...(typeof atLeast === 'boolean' && { atLeast }),
      ...(typeof error === 'string' && { error }),
    },
  }
}
const EXPECTATIONS = ['match', 'none', 'error'] as const
const textsOf = (list: unknown) => (Array.isArray(list) ? list.map(String) : [])

/** A file of its own, or another test's events, its own ones after them, then the patches. */
function readEvents(
  test: JsonRecord,
  name: string,
  defaults: EventDefaults,
  earlier: readonly RuleTest[],
): Outcome<RuleTest['events']> {
  const { use, events, events_file: file, patch } = test
  if (typeof file === 'string') return { value: { file } }
  if (use === undefined && events === undefined)
    return { problem: wording.noEvents(name) }
  const base = use === undefined ? [] : eventsOf(earlier, use)
  if (!base) return { problem: wording.unknownBase(name, printValue(use)) }
  const own = readTestEvents(textOfEvents(events), name, defaults)
  if ('problem' in own) return own
  const patches = Array.isArray(patch) ? patch.filter(isRecord) : []
  return patchEvents([...base, ...own.value], patches, name, defaults.start)
}

/** In TOML a text, an event a line; in JSON they may as well be a list of objects. */
function textOfEvents(events: unknown): string {
  if (Array.isArray(events)) return events.map((each) => JSON.stringify(each)).join('\n')
  return typeof events === 'string' ? events : ''
}

function eventsOf(
  tests: readonly RuleTest[],
  name: unknown,
): readonly TestEvent[] | undefined {
  const events = tests.find((test) => test.name === name)?.events
  return events && !('file' in events) ? events : undefined
}

function patchEvents(
  events: readonly TestEvent[],
  patches: readonly JsonRecord[],
  test: string,
  start: number,
): Outcome<readonly TestEvent[]> {
  const patched = [...events]
  for (const patch of patches) {
    const id = String(patch['id'])
    const position = patched.findIndex((event) => event['_id'] === id)
    const event = patched[position]
    if (!event) return { problem: wording.unknownPatch(test, id) }
    const outcome = patchEvent(event, patch, start)
    if ('problem' in outcome) return outcome
    patched[position] = outcome.value
  }
  return { value: patched }
}

/** `cause` and `culprit` for the one near miss of a small case, `near_misses` for many. */
function readMisses(test: JsonRecord, name: string): Outcome<readonly ExpectedMiss[]> {
  const { near_misses: list, cause, culprit } = test
  const single = cause === undefined ? [] : [{ cause, culprit }]
  const misses: ExpectedMiss[] = []
  for (const written of [
    ...single,
    ...(Array.isArray(list) ? list.filter(isRecord) : []),
  ]) {
    const known = CAUSES.find((candidate) => candidate === written.cause)
    if (!known) return { problem: wording.unknownCause(name, String(written.cause)) }
    misses.push({ cause: known, culprit: String(written.culprit) })
  }
  return { value: misses }
}
const CAUSES: readonly Cause[] = [
  'maxspan',
  'key',
  'key-null',
  'order',
  'condition',
  'null',
  'until',
  'missing',
  'replaced',
  'runs',
  'category',
]
