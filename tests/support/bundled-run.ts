import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readRules } from '../../src/rules/rule-file'
import { EngineHost } from '../../src/worker/host'

const folder = fileURLToPath(new URL('../../rules/windows/', import.meta.url))

/** The verdict of one rule, as the list of rules shows it. */
export interface BundledVerdict {
  readonly name: string
  readonly matches: number
  readonly nearMisses: number
  /** Event ids of each match, step by step. */
  readonly events: readonly string[]
}

/** Runs every bundled rule over the events of all of them, in this process, by rule id. */
export async function runBundledRules(): Promise<ReadonlyMap<string, BundledVerdict>> {
  const host = new EngineHost()
  const slugs = readdirSync(folder)
  for (const slug of slugs) {
    const blob = new Blob([readFileSync(`${folder}${slug}/events.ndjson`)])
    await host.load({ id: slug, name: `${slug}.ndjson`, blob })
  }
  const verdicts = new Map<string, BundledVerdict>()
  for (const slug of slugs) {
    const text = readFileSync(`${folder}${slug}/rule.toml`, 'utf8')
    for (const { id, name, query } of readRules(text).rules) {
      const outcome = await host.run({ ruleId: id, ticket: 1, query })
      const answer = outcome?.answer
      const found = await host.findNearMisses(id, 1)
      if (answer === undefined) throw new Error(`${slug} gives no answer`)
      verdicts.set(id, {
        name,
        matches: answer.matchCount,
        nearMisses: found?.count ?? NaN,
        events: answer.matches.map((match) =>
          match.steps.map((step) => ('missing' in step ? '-' : step.eventId)).join(' '),
        ),
      })
    }
  }
  return verdicts
}
