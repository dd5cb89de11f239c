import { atOnce } from '../../src/events/in-pieces'
import { parseQuery } from '../../src/language/parse'
import { readNeeds } from '../../src/worker/rule-needs'
import { isSequence } from './data/made-rules'
import { longestSilence } from './breath'
import { now } from './clock'
import { measureEdits, type EditTimes } from './edits'
import { findNearMisses, loadHost, runRule, runRules } from './engine'
import { measureExplaining, type ExplainTimes } from './explaining'
import { Ledger, PARSE, type Figure } from './ledger'
import { parseEveryLine, readEverySlice } from './parse-lines'

/** What is measured over one file, wherever the engine runs. */
export interface Measured {
  readonly figures: readonly Figure[]
  /** Of all rules together. */
  readonly matches: number
  readonly edits: EditTimes
  readonly explained: ExplainTimes
  /** Ms in which no message would have been heard. */
  readonly silences: Readonly<Record<string, number>>
}

export interface Work {
  readonly blob: Blob
  /** The same events as flat JSON, where there are such. */
  readonly flat?: Blob | undefined
  /** All rules; the sets of 1, 10 and 100 are the first of them. */
  readonly queries: readonly string[]
  /** A thousand rules, where there are so many. */
  readonly thousand?: readonly string[] | undefined
  readonly repeats: number
  /** Called before what is timed cold: collects garbage where that can be asked for. */
  readonly settle: () => void
  readonly onRepeat?: (done: number) => void
}

/** What lines are called. */
export const FLAT = 'ingest, the same as flat JSON'
export const THOUSAND = 'a thousand rules'

const WORST = {
  'any, any, any by host':
    'sequence by host.id [any where true] [any where true] [any where true]',
  'any, any by process':
    'sequence by process.entity_id [any where true] [any where true]',
}

/** Every line once a repeat, so that a slow minute falls on all of them alike. */
export async function measure(work: Work): Promise<Measured> {
  const ledger = new Ledger()
  let matches = 0
  for (let done = 0; done < work.repeats - 1; done++) {
    matches = await measureOnce(work, ledger).then(({ found }) => found)
    work.onRepeat?.(done + 1)
  }
  const { found, host } = await measureOnce(work, ledger)
  work.onRepeat?.(work.repeats)
  if (matches !== 0 && found !== matches)
    throw new Error('another answer the second time')
  const explained = await measureExplaining(host, spread(work.queries, 20))
  const edits = await measureEdits(host, work.queries)
  const silences = await measureSilences(work)
  return { figures: ledger.figures(), matches: found, edits, explained, silences }
}

async function measureOnce(work: Work, ledger: Ledger) {
  const { blob, queries } = work
  ledger.beginRepeat()
  await ledger.time(PARSE, () => parseEveryLine(blob))
  await ledger.time('read only', () => readEverySlice(blob))
  await ledger.time('texts of all rules', () => readTexts(queries))
  await measureFewRules(work, ledger)
  if (work.thousand) await measureThousand(work, work.thousand, ledger)
  const whole = await measureAllRules(work, ledger)
  await measureFlat(work, ledger)
  const sequences = queries.filter(isSequence)
  const host = await loadHost(blob, atOnce(readNeeds(queries.map(asRule))).fields)
  work.settle()
  await ledger.time(`${String(sequences.length)} sequences, cold`, () =>
    runRules(host, sequences),
  )
  await ledger.time(PARSE, () => parseEveryLine(blob))
  return whole
}

/**
 * An engine reads a text once, whatever events come, so that is not in any other time: the
 * engines below are new, but what texts were read as is not theirs.
 */
async function readTexts(queries: readonly string[]): Promise<void> {
  for (const query of queries) parseQuery(query)
  atOnce(readNeeds(queries.map(asRule)))
}

/** Few rules over a file of which only their fields were read, each set in a new engine. */
async function measureFewRules(work: Work, ledger: Ledger): Promise<void> {
  const { blob, queries } = work
  const { fields } = atOnce(readNeeds(queries.map(asRule)))
  for (const count of [1, 10, 100]) {
    if (count > queries.length) continue
    const some = queries.slice(0, count)
    const name = count === 1 ? '1 rule' : `${String(count)} rules`
    work.settle()
    const host = await ledger.time('ingest, fields of rules', () =>
      loadHost(blob, fields),
    )
    work.settle()
    await ledger.time(`${name}, cold`, () => runRules(host, some))
    await ledger.time(`${name}, again`, () => runRules(host, some))
    if (count === 100)
      await ledger.time('near misses of 100 rules', () => findNearMisses(host, count))
  }
}

/** A folder of rules that is opened over a file of which every field was read. */
async function measureThousand(
  { blob, settle }: Work,
  queries: readonly string[],
  ledger: Ledger,
): Promise<void> {
  const host = await loadHost(blob)
  settle()
  await ledger.time(`${THOUSAND}, cold`, () => runRules(host, queries))
  await ledger.time(`${THOUSAND}, again`, () => runRules(host, queries))
}

/** Events that are mapped to ECS on their way. */
async function measureFlat({ flat, settle }: Work, ledger: Ledger): Promise<void> {
  if (!flat) return
  settle()
  await ledger.time(FLAT, () => loadHost(flat))
}

/** From the file to every match of every rule, then what comes cheaper afterwards. */
async function measureAllRules({ blob, queries, settle }: Work, ledger: Ledger) {
  const all = `${String(queries.length)} rules`
  const sequences = queries.filter(isSequence)
  settle()
  const started = await now()
  const host = await ledger.time('ingest, all fields', () => loadHost(blob))
  const found = await ledger.time(`${all}, cold`, () => runRules(host, queries))
  ledger.note('file to every match', (await now()) - started)
  await ledger.time(`${all}, again`, () => runRules(host, queries))
  await ledger.time(`${String(sequences.length)} sequences, again`, () =>
    runRules(host, sequences),
  )
  for (const [name, query] of Object.entries(WORST)) {
    await ledger.time(`worst sequence: ${name}`, () => runRule(host, 'worst', query))
    await host.forget('worst')
  }
  await runRules(host, queries)
  return { host, found }
}

/** Apart from the times, since the ticking costs some. */
async function measureSilences({ blob, queries }: Work) {
  let host = await loadHost(blob)
  return {
    'while loading': await longestSilence(async () => {
      host = await loadHost(blob)
    }),
    // All asked at once, as the page asks.
    'in all rules, cold': await longestSilence(() =>
      Promise.all(queries.map((query, at) => runRule(host, `rule ${String(at)}`, query))),
    ),
    'in the worst sequence': await longestSilence(() =>
      runRule(host, 'worst', WORST['any, any, any by host']),
    ),
    'in near misses of 100 rules': await longestSilence(async () => {
      const some = queries.slice(0, 100)
      await runRules(host, some)
      await findNearMisses(host, some.length)
    }),
  }
}

const asRule = (query: string): { readonly query: string } => ({ query })

const spread = <T>(list: readonly T[], count: number): readonly T[] => {
  const step = Math.max(1, Math.floor(list.length / count))
  return list.filter((_, at) => at % step === 0).slice(0, count)
}
