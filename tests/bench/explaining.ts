import { runToEnd } from '../../src/engine/run'
import { replayKey } from '../../src/engine/sequence'
import type { EngineHost } from '../../src/worker/host'
import { prepareRule } from '../../src/worker/prepare-rule'
import { runRule } from './engine'
import { median } from './median'

/** Ms of what is asked about single events and rules. */
export interface ExplainTimes {
  /** Every node of one rule on one event, median of many. */
  readonly event: number
  /** What became of every sequence of one host, the busiest of some, and its events. */
  readonly replay: number
  readonly replayed: number
  /** What almost matched, of each of some rules. */
  readonly nearMisses: readonly number[]
}

const EVENTS = 200
const KEY = 'host.id'
const REPLAYED =
  'sequence by host.id [process where true] [network where true] [any where true]'

/** Of rules that have been run over the events of the host. */
export async function measureExplaining(
  host: EngineHost,
  queries: readonly string[],
): Promise<ExplainTimes> {
  const ruleId = 'explained'
  const { table } = host.store
  const nearMisses: number[] = []
  const events: number[] = []
  for (const [at, query] of queries.entries()) {
    const { ticket } = await runRule(host, ruleId, query)
    nearMisses.push(await msOf(() => host.findNearMisses(ruleId, ticket)))
    for (let i = 0; i < EVENTS / queries.length; i++) {
      const row = ((at + 1) * 7919 + i * 104_729) % table.rowCount
      events.push(await msOf(() => host.explainEvent(ruleId, ticket, row)))
    }
  }
  const busiest = findBusiest(host)
  const replay = busiest ? await measureReplay(host, busiest.value) : NaN
  const replayed = busiest?.events ?? 0
  return { event: median(events), replay, replayed, nearMisses }
}

/** The host with the most events, of the first thousand. */
function findBusiest(host: EngineHost) {
  const events = new Uint32Array(1001)
  const column = host.store.table.column(KEY)
  column?.forEach((_, code) => {
    if (code < events.length) events[code]! += 1
  })
  const most = Math.max(...events)
  const [value] = column?.scalars(events.indexOf(most)) ?? []
  return typeof value === 'string' ? { value, events: most } : undefined
}

/** After a run over all hosts, as when one looks at one of its sequences. */
async function measureReplay(host: EngineHost, value: string): Promise<number> {
  await runRule(host, 'replayed', REPLAYED)
  const prepared = prepareRule(REPLAYED, {}, host.store)
  if (!prepared.ok || prepared.rule.kind !== 'sequence')
    throw new Error('the replayed sequence is none')
  const { rule } = prepared
  const times: number[] = []
  for (let i = 0; i < 5; i++)
    times.push(await msOf(async () => runToEnd(replayKey(rule, [value], {}))))
  return median(times)
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
