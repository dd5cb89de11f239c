import type { Rule } from '../../src/rules/rule'
import { Sharing } from '../../src/ui/share/sharing.svelte'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import { isRunnable, requestOf } from '../../src/ui/state/rule-text'
import { withNearMisses, withoutNearMisses } from '../../src/ui/state/shown-answer'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import type { EngineClient } from '../../src/worker/client'
import { EngineHost } from '../../src/worker/host'

/** A host in the same thread in place of the worker. */
const clientOf = (host: EngineHost): EngineClient =>
  Object.assign(host, {
    onRestart: () => undefined,
    restart: () => undefined,
    dispose: () => undefined,
  })

export interface DeskContent {
  readonly rules: readonly OpenRule[]
  /** Events as NDJSON, by the name of their source. */
  readonly events: Readonly<Record<string, string>>
  readonly mapping?: string | undefined
}

/** A workbench whose rules have run over their events, without a page. */
export async function openDesk({ rules, events, mapping }: DeskContent) {
  const host = new EngineHost()
  const engine = clientOf(host)
  const bench = new Workbench()
  if (mapping !== undefined) {
    await host.setMapping(mapping)
    bench.mapping = { name: 'mapping.json', text: mapping }
  }
  for (const [name, text] of Object.entries(events)) {
    const file = { id: name, name, blob: new Blob([text]) }
    await host.load(file)
    bench.sources.push(new OpenSource(file))
  }
  bench.addRules(rules)
  bench.openRule(rules[0]?.id)
  for (const rule of rules) await runRule(host, rule)
  return { bench, engine, host }
}

/** Puts the answer of a rule where the page has it. */
async function runRule(host: EngineHost, rule: OpenRule): Promise<void> {
  if (!isRunnable(rule)) return
  rule.ticket++
  const outcome = await host.run(requestOf(rule))
  if (!outcome?.answer) return
  const found = await host.findNearMisses(rule.id, rule.ticket)
  const known = withoutNearMisses(outcome)
  rule.outcome = rule.latest = found ? withNearMisses(known, found) : known
  rule.settled = rule.ticket
  rule.state = 'done'
}

type Desk = Pick<Awaited<ReturnType<typeof openDesk>>, 'bench' | 'engine'>

/** The sheet while it looks for what is to leave. */
export function beginSheet({ bench, engine }: Desk) {
  const sheet = new Sharing(bench, engine, clientOf(new EngineHost()))
  return { sheet, begun: sheet.begin() }
}

/** The sheet as it is when it has been opened. */
export async function openSheet(desk: Desk): Promise<Sharing> {
  const { sheet, begun } = beginSheet(desk)
  await begun
  return sheet
}

export const openRule = (rule: Rule | undefined): OpenRule => new OpenRule(rule!)
