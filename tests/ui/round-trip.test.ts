import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readExceptionLists } from '../../src/rules/exception-list'
import { bundledRules } from '../../src/rules/library'
import { readRules } from '../../src/rules/rule-file'
import type { StoredRule } from '../../src/session/session'
import { printBundle, readBundle } from '../../src/share/bundle'
import { withOriginals } from '../../src/ui/share/save-bundle'
import { makeGuest } from '../../src/ui/state/guest-session'
import type { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { requestOf } from '../../src/ui/state/rule-text'
import { documentOf, writeField } from '../../src/ui/state/rule-source'
import { keepVersion } from '../../src/ui/state/rule-versions'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'
import { EngineHost } from '../../src/worker/host'
import { openDesk, openRule, openSheet } from './sharing-desk'

/*
 * A session of any rules, however they were edited and switched, over any events, that was
 * saved as a bundle and opened again: the same texts, settings, tests and verdicts.
 */
const texts = await Promise.all(
  bundledRules.map(async ({ tomlText, loadEvents }) => ({
    tomlText,
    lines: (await loadEvents()).trim().split('\n'),
  })),
)
const OTHERS = [
  '// title: Bare\nsequence by host.id [any where true] [process where true]',
  JSON.stringify({
    name: 'From JSON',
    rule_id: 'json-1',
    type: 'eql',
    language: 'eql',
    risk_score: 21,
    severity: 'low',
    query: 'any where process.name != null',
  }),
]
const files = [...texts.map(({ tomlText }) => tomlText), ...OTHERS]
const noLoop = {
  edit: (rule: OpenRule, text: string) => void (rule.text = text),
  runNow: () => undefined,
}
const LIST = { list_id: 'ours', name: 'Ours', type: 'detection' }
const text = fc.string({ unit: 'grapheme', maxLength: 40 })

interface Edits {
  readonly file: number
  readonly comment: string | undefined
  readonly name: string
  readonly severity: 'low' | 'critical' | undefined
  readonly tests: { text: string; events?: string } | undefined
  readonly hides: string | undefined
  readonly isOff: boolean
  readonly onlyIndices: boolean
  readonly isKept: boolean
  readonly draft: string | undefined
}

const edits: fc.Arbitrary<Edits> = fc.record({
  file: fc.nat(files.length - 1),
  comment: fc.option(text, { nil: undefined }),
  name: fc.option(text, { nil: '' }),
  severity: fc.constantFrom('low' as const, 'critical' as const, undefined),
  tests: fc.option(fc.record({ text, events: text }, { requiredKeys: ['text'] }), {
    nil: undefined,
  }),
  hides: fc.constantFrom('n001', 'WS-060', undefined),
  isOff: fc.boolean(),
  onlyIndices: fc.boolean(),
  isKept: fc.boolean(),
  draft: fc.constantFrom('[rule', undefined, undefined, undefined),
})

function openEdited(each: Edits): OpenRule {
  const rule = readRules(files[each.file]!).rules[0]!
  const item = {
    list_id: 'ours',
    item_id: 'one',
    name: 'One',
    type: 'simple',
    entries: [
      { field: 'host.name', type: 'match', operator: 'included', value: each.hides },
    ],
  }
  const open = openRule({
    ...rule,
    exceptions: each.hides === undefined ? [] : readExceptionLists([LIST], [item]),
  })
  if (each.severity) writeField(noLoop, open, 'severity', each.severity)
  if (each.comment !== undefined)
    open.text = `${open.text}\n// ${each.comment.replace(/[\r\n]/g, ' ')}`
  if (each.name.trim()) open.name = each.name
  if (each.isKept) keepVersion(open, 1_700_000_000_000, 'saved')
  open.tests = each.tests
  open.filtersOff = each.isOff ? ['exception-ours-one'] : []
  open.onlyIndices = each.onlyIndices
  if (each.draft !== undefined) open.draft = { text: each.draft, query: open.text }
  return open
}

/** What the session keeps beside the text of the rule. */
const settingsOf = ({ filtersOff, onlyIndices, draft }: StoredRule) => ({
  ...{ filtersOff, onlyIndices, draft },
})

const session = fc.record({
  rules: fc.uniqueArray(edits, {
    minLength: 1,
    maxLength: 3,
    selector: ({ file }) => file,
  }),
  /** Sources by the bundled rule whose events they hold, and how many of them. */
  sources: fc.array(
    fc.record({ of: fc.nat(texts.length - 1), from: fc.nat(40), count: fc.nat(60) }),
    { maxLength: 2 },
  ),
  mapped: fc.boolean(),
  originals: fc.boolean(),
})

const MAPPING = JSON.stringify({
  mappings: {
    dynamic: true,
    properties: { '@timestamp': { type: 'date' }, host: { properties: {} } },
  },
})

const verdictsOf = async (host: EngineHost, rules: readonly OpenRule[]) => {
  const verdicts: unknown[] = []
  for (const rule of rules) {
    rule.ticket += 10
    const outcome = await host.run(requestOf(rule))
    const found = await host.findNearMisses(rule.id, rule.ticket)
    verdicts.push([outcome?.answer?.matchCount, found?.count, outcome?.diagnostics])
  }
  return verdicts
}

test('a session that was saved as a bundle and opened is the same', async () => {
  await fc.assert(
    fc.asyncProperty(session, async ({ rules, sources, mapped, originals }) => {
      const opened = rules.map(openEdited)
      const events = Object.fromEntries(
        sources.map(({ of, from, count }, n) => [
          `source ${n}.ndjson`,
          texts[of]!.lines.slice(from, from + count).join('\n'),
        ]),
      )
      const mapping = mapped ? MAPPING : undefined
      const desk = await openDesk({ rules: opened, events, mapping })
      const sheet = await openSheet(desk)
      sheet.howMuch = 'all'
      await sheet.update()
      const { reproduction } = sheet.sealed!
      const bundle = await withOriginals(
        reproduction,
        originals ? desk.bench.sources : [],
      )
      const read = await readBundle(await printBundle(bundle))
      expect(read).toEqual({ ok: true, bundle })
      if (!read.ok) return

      const guest = await makeGuest(read.bundle.reproduction, read.bundle.originals)
      const again = guest.data.rules.map((rule) => openStoredRule(rule)!)
      expect(again.map((rule) => documentOf(rule).text)).toEqual(
        opened.map((rule) => documentOf(rule).text),
      )
      expect(guest.data.rules.map(settingsOf)).toEqual(
        opened.map((rule) => settingsOf(storeRule(rule))),
      )
      expect(again.map((rule) => rule.opened.exceptions)).toEqual(
        opened.map((rule) => rule.rule.exceptions),
      )
      for (const [at, { tests }] of opened.entries())
        if (tests) expect(again[at]?.tests).toEqual(tests)
      const kept = opened.map((rule) => storeRule(rule).versions?.map(({ text }) => text))
      expect(
        again.map((rule) => storeRule(rule).versions?.map(({ text }) => text)),
      ).toEqual(kept)
      expect([guest.data.mapping, guest.data.mappingName]).toEqual([
        mapping ?? null,
        mapping && 'mapping.json',
      ])
      const filled = desk.bench.sources.filter(({ name }) => events[name] !== '')
      expect(guest.data.sources.map(({ name }) => name)).toEqual(
        filled.map(({ name }) => name),
      )

      const host = new EngineHost()
      await host.setMapping(guest.data.mapping)
      for (const { id, name } of guest.data.sources)
        await host.load({ id, name, blob: guest.blobs.get(id)! })
      expect(await verdictsOf(host, again)).toEqual(await verdictsOf(desk.host, opened))
    }),
    { numRuns: 12 },
  )
})
