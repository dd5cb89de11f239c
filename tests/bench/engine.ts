import type { RunOutcome } from '../../src/worker/api'
import { EngineHost } from '../../src/worker/host'

let tickets = 0

/** A new engine with a file in it; with `fields`, only these of its columns. */
export async function loadHost(
  blob: Blob,
  fields?: readonly string[],
): Promise<EngineHost> {
  const host = new EngineHost()
  const source = { id: 'bench', name: 'bench.ndjson', blob }
  const loaded = await host.load(source, undefined, fields && { fields })
  if (!loaded.ok) throw new Error(loaded.problem)
  return host
}

/** Runs a rule; throws when it has no answer. */
export async function runRule(
  host: EngineHost,
  ruleId: string,
  query: string,
): Promise<RunOutcome & { answer: NonNullable<RunOutcome['answer']> }> {
  const outcome = await host.run({ ruleId, ticket: ++tickets, query })
  if (outcome?.answer) return { ...outcome, answer: outcome.answer }
  throw new Error(`${query}\n${whyNot(outcome) ?? 'no answer'}`)
}

/** Runs them one after another, and says how many matches they had. */
export async function runRules(
  host: EngineHost,
  queries: readonly string[],
): Promise<number> {
  let matches = 0
  for (const [at, query] of queries.entries())
    matches += (await runRule(host, `rule ${String(at)}`, query)).answer.matchCount
  return matches
}

/** What almost matched, of rules that have been run as `runRules` does. */
export async function findNearMisses(host: EngineHost, count: number): Promise<number> {
  let misses = 0
  for (let at = 0; at < count; at++) {
    const answer = await host.findNearMisses(
      `rule ${String(at)}`,
      tickets - count + at + 1,
    )
    if (!answer) throw new Error(`rule ${String(at)} has no near misses`)
    misses += answer.count
  }
  return misses
}

const whyNot = (outcome: RunOutcome | undefined): string | undefined =>
  outcome?.failure?.reason ??
  outcome?.diagnostics.find(({ severity }) => severity === 'error')?.message

/** Why a query has no answer over these events; undefined when it has one. */
export async function refusalOf(
  host: EngineHost,
  query: string,
): Promise<string | undefined> {
  const outcome = await host.run({ ruleId: 'trial', ticket: ++tickets, query })
  await host.forget('trial')
  return outcome?.answer ? undefined : (whyNot(outcome) ?? 'no answer')
}
