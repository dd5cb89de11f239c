import type { EventFile } from './event-file'
import { loadHost, runRule, runRules } from './engine'
import { Ledger, PARSE, type Figure } from './ledger'
import { growthExponent } from './median'
import { parseEveryLine } from './parse-lines'

/** How times grow with one size. */
export interface Growth {
  readonly of: string
  readonly points: readonly { readonly size: number; readonly figure: Figure }[]
  /** Of the power law through the larger sizes, where nothing fixed hides it. */
  readonly exponent: number
}

const REPEATS = 3
const EVENTS = [10_000, 30_000, 100_000, 300_000, 1_000_000]
const RULES = [1, 10, 100, 300]
const WORST = 'sequence by host.id [any where true] [any where true] [any where true]'

type Grow = (ledger: Ledger, blob: Blob, queries: readonly string[]) => Promise<void>

const growEvents: Grow = async (ledger, blob, queries) => {
  await ledger.time(PARSE, () => parseEveryLine(blob))
  const host = await ledger.time('ingest, all fields', () => loadHost(blob))
  await ledger.time('all rules, cold', () => runRules(host, queries))
  await ledger.time('all rules, again', () => runRules(host, queries))
  await ledger.time('any, any, any by host', () => runRule(host, 'worst', WORST))
}

const growRules: Grow = async (ledger, blob, queries) => {
  await ledger.time(PARSE, () => parseEveryLine(blob))
  const host = await loadHost(blob)
  await ledger.time('rules, cold', () => runRules(host, queries))
  await ledger.time('rules, again', () => runRules(host, queries))
}

/** Over more and more events of a file, with all rules. */
export async function measureEventGrowth(
  file: EventFile,
  queries: readonly string[],
): Promise<readonly Growth[]> {
  const sizes = EVENTS.filter((events) => events <= file.events)
  return fit(sizes, growEvents, async (size) => [await file.head(size), queries])
}

/** With more and more rules, over all events of a file. */
export async function measureRuleGrowth(
  file: EventFile,
  queries: readonly string[],
): Promise<readonly Growth[]> {
  const sizes = [...RULES.filter((count) => count < queries.length), queries.length]
  const blob = await file.head(file.events)
  return fit(sizes, growRules, async (size) => [blob, queries.slice(0, size)])
}

async function fit(
  sizes: readonly number[],
  grow: Grow,
  inputOf: (size: number) => Promise<readonly [Blob, readonly string[]]>,
): Promise<readonly Growth[]> {
  const ledgers = sizes.map((size) => ({ size, ledger: new Ledger() }))
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (const { size, ledger } of ledgers) {
      ledger.beginRepeat()
      await grow(ledger, ...(await inputOf(size)))
    }
  const names = ledgers[0]?.ledger.figures().map(({ name }) => name) ?? []
  return names.map((name) => {
    const points = ledgers.map(({ size, ledger }) => ({
      size,
      figure: ledger.figure(name),
    }))
    const larger = points.slice(Math.floor((points.length - 1) / 2))
    const exponent = growthExponent(larger.map(({ size, figure }) => [size, figure.ms]))
    return { of: name, points, exponent }
  })
}
