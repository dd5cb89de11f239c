import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { lookForWitness } from '../../src/ui/share/look-for-witness'
import type { Result } from '../../src/ui/share/same-result'
import { OtherNames } from '../../src/ui/share/other-names'
import { seal } from '../../src/ui/share/seal'
import { printSmallRule } from '../../src/ui/share/small-rule'
import { WitnessEngine } from '../../src/ui/share/witness-engine'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { EngineHost } from '../../src/worker/host'

const folder = fileURLToPath(new URL('../../rules/windows/', import.meta.url))
const slugs = readdirSync(folder)
const textOf = (path: string): string => readFileSync(`${folder}${path}`, 'utf8')

const host = new EngineHost()
for (const slug of slugs)
  await host.load({
    id: slug,
    name: slug,
    blob: new Blob([textOf(`${slug}/events.ndjson`)]),
  })

/** What stands before a fragment: a page of a project on GitHub. */
const ADDRESS = 'https://organization.github.io/maxspan/#'
/** The links of all results, and how long it took to find and check each, ms. */
const links: { readonly length: number; readonly ms: number }[] = []

/** All that a bundled rule finds over the events of all of them. */
async function resultsOf(slug: string) {
  const [rule] = readRules(textOf(`${slug}/rule.toml`)).rules
  const open = new OpenRule(rule!)
  await host.run({ ruleId: open.id, ticket: 1, query: open.text })
  await host.findNearMisses(open.id, 1)
  const matches = (await host.matches(open.id, 1, 0, 100)) ?? []
  const nearMisses = (await host.nearMisses(open.id, 1, 0, 100)) ?? []
  const results: readonly (readonly [number, Result])[] = [
    ...matches.map((view, place) => [place, { kind: 'match', view }] as const),
    ...nearMisses.map((view, place) => [place, { kind: 'near-miss', view }] as const),
  ]
  return { open, results }
}

describe.each(slugs)('what %s finds', (slug) => {
  test('goes into links that chats take, and is there when they open', async () => {
    const { open, results } = await resultsOf(slug)
    const rule = { query: open.text }
    expect(results.length).toBeGreaterThan(10)
    for (const [place, result] of results) {
      const from = performance.now()
      const own = new WitnessEngine(new EngineHost())
      const around = await host.witnessContext(open.id, 1, { kind: result.kind, place })
      const question = { engine: host, own, rule, result, around: around! }
      const found = await lookForWitness(question)
      const { rows, fields } = found!
      const lines = await host.exportEvents(rows, fields)
      const rules = [{ name: 'a.toml', text: printSmallRule(open, []) }]
      const pack = (events: readonly string[]) => ({
        reproduction: {
          engine: '1',
          rules,
          sources: [{ name: 'events.ndjson', text: events.join('\n') }],
        },
        result,
        rows,
      })
      const sealed = await seal(pack(lines), own)
      expect([sealed?.holds, sealed?.matches]).toEqual([
        true,
        result.kind === 'match' ? 1 : 0,
      ])
      const length = ADDRESS.length + (sealed?.fragment?.length ?? Infinity)
      links.push({ length, ms: performance.now() - from })
      const names = await OtherNames.of(lines, [open.text])
      const again = await seal(pack(await names.rename(lines)), own)
      expect(again?.holds).toBe(true)
    }
  })
})

const at = (share: number, numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(share * (numbers.length - 1))] ?? NaN

// Times are told and not judged: they are of this machine.
test('nine of ten of these links are at most 2,000 characters long', ({ annotate }) => {
  const lengths = links.map(({ length }) => length)
  const fitting = lengths.filter((length) => length <= 2_000)
  const ms = links.map((link) => link.ms)
  void annotate(
    `${links.length} links, ${fitting.length} of them at most 2,000 characters; ` +
      `median ${at(0.5, lengths)}, 90 % ${at(0.9, lengths)}, longest ${at(1, lengths)}; ` +
      `median ${at(0.5, ms).toFixed(0)} ms, 90 % ${at(0.9, ms).toFixed(0)} ms`,
  )
  expect(fitting.length / links.length).toBeGreaterThanOrEqual(0.9)
})

test('a small rule says its name and query as they stand, whatever they hold', () => {
  const queries = [
    'process where process.name == "a\\\\b" // it’s',
    "any where a == '''",
    'any where true\n  or false\n',
    'any where x == "\u0001\t"',
    "any where 'ends'",
  ]
  for (const query of queries) {
    const [rule] = readRules('// title: T\nany where true').rules
    const open = new OpenRule(rule!)
    open.name = 'A “name” \\ with = all'
    open.text = query
    const [again] = readRules(printSmallRule(open, [])).rules
    expect([again?.name, again?.query]).toEqual([open.name, query])
  }
})

test('a question that could not be answered leaves no events to the next one', async () => {
  const own = new WitnessEngine(new EngineHost())
  const question = { rule: { query: 'any where true' }, lines: ['{"@timestamp":1}'] }
  const asked = own.study(question, () => Promise.reject(new Error('stopped')))
  await expect(asked).rejects.toThrow('stopped')
  expect((await own.ask(question))?.matchCount).toBe(1)
})
