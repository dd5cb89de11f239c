import type { EngineHost } from '../../src/worker/host'
import { runRule } from './engine'
import { median } from './median'

/** Ms of what is asked about single events and rules, medians of many. */
export interface ExplainTimes {
  /** Every node of one rule on one event. */
  readonly event: number
  /** The same for every event of one key, of a key with many. */
  readonly key: number
  readonly keyEvents: number
  /** What almost matched, of one rule. */
  readonly nearMisses: readonly number[]
}

const EVENTS = 200
const KEY = 'process.entity_id'

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
      events.push(await msOf(() => host.verdicts(ruleId, row)))
    }
  }
  const rows = rowsOfOneKey(host)
  const key = await msOf(async () => {
    for (const row of rows) await host.verdicts(ruleId, row)
  })
  return { event: median(events), key, keyEvents: rows.length, nearMisses }
}

/** Of the first thousand processes the one with the most events. */
function rowsOfOneKey(host: EngineHost): readonly number[] {
  const rows = new Map<number, number[]>()
  host.store.table.column(KEY)?.forEach((row, code) => {
    if (code > 1000) return
    const those = rows.get(code)
    if (those) those.push(row)
    else rows.set(code, [row])
  })
  return [...rows.values()].sort((a, b) => b.length - a.length)[0] ?? []
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
