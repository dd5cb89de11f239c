import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { bundledRules } from '../../src/rules/library'
import { judgeTest } from '../../src/rules/judge-test'
import { readRules } from '../../src/rules/rule-file'
import { readRuleTests } from '../../src/rules/rule-tests'
import type { Evidence } from '../../src/ui/share/evidence'
import { newIssueAddress, printIssue } from '../../src/ui/share/print-issue'
import { printMarkdown } from '../../src/ui/share/print-markdown'
import { printPullRequest } from '../../src/ui/share/print-pull-request'
import { printReport } from '../../src/ui/share/report'
import type { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { EngineHost } from '../../src/worker/host'
import { openDesk, openRule, openSheet } from './sharing-desk'

const HOSTILE =
  '@here | <b onclick="x">`x`</b>\n| y --> </style><script>alert(1)</script>'

/** What the sheet offers of a rule's result, under a hostile title, note and events. */
async function evidenceOf(
  rule: OpenRule,
  events: string,
  kind: 'match' | 'near-miss' = 'match',
  note = '',
): Promise<Evidence & { readonly rule: OpenRule }> {
  const desk = await openDesk({ rules: [rule], events: { 'e.ndjson': events } })
  desk.bench.chosen = { kind, index: 0 }
  const sheet = await openSheet(desk)
  sheet.note = note
  await sheet.update()
  return { rule, sealed: sheet.sealed!, address: `http://h/#${sheet.sealed!.fragment!}` }
}

const bare = openRule(
  readRules(
    '// title: T\nsequence by user.name [any where user.name like "*@here*"] [any where true]',
  ).rules[0],
)
bare.name = HOSTILE
const hostile = await evidenceOf(
  bare,
  [1, 2]
    .map((second) =>
      JSON.stringify({
        '@timestamp': `2025-01-01T00:00:0${second}Z`,
        _id: `${HOSTILE}${second}`,
        event: { category: 'process' },
        user: { name: HOSTILE },
      }),
    )
    .join('\n'),
  'match',
  HOSTILE,
)

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}
const nodesIn = (node: Node): readonly Node[] => [
  node,
  ...(node.children ?? []).flatMap(nodesIn),
]
const nodesOf = (markdown: string): readonly Node[] =>
  nodesIn(
    fromMarkdown(markdown, {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    }),
  )

describe('Markdown', () => {
  test('holds hostile values as text', () => {
    for (const text of [printMarkdown(hostile), printPullRequest(hostile, '')]) {
      const nodes = nodesOf(text)
      const markup = nodes.filter(({ type }) => type === 'html').map(({ value }) => value)
      expect(markup.filter((tag) => tag !== '<br>')).toEqual([])
      const words = nodes.filter(({ type }) => type === 'text').map(({ value }) => value)
      // Where it is no code it is the title and the note, each on its own.
      expect(words.filter((word) => word?.includes('@here')).length).toBeLessThan(3)
    }
  })

  test('has a verdict for each step, and the link', async () => {
    const { rule, loadEvents } = bundledRules[0]!
    const evidence = await evidenceOf(openRule(rule), await loadEvents(), 'near-miss')
    const text = printMarkdown(evidence)
    const tables = nodesOf(text).filter(({ type }) => type === 'table')
    const rowsOf = (table: Node | undefined) => (table?.children?.length ?? 0) - 1
    const events = evidence.sealed.reproduction.sources.flatMap(({ text }) =>
      text.split('\n'),
    )
    expect(tables.map(rowsOf)).toEqual([2, events.length])
    expect(text).toContain('✓ satisfied')
    expect(text).toContain('≈ failed')
    expect(text).toContain(evidence.address)
  })
})

describe('an issue', () => {
  test('folds rule and events away, and nothing falls out of its fold', () => {
    const nodes = nodesOf(printIssue(hostile))
    const tags = nodes
      .filter(({ type }) => type === 'html')
      .map(({ value }) => value?.split('\n')[0])
    expect(tags.filter((tag) => tag !== '<br>')).toEqual([
      ...['<details>', '</details>'],
      ...['<details>', '</details>'],
      ...['<details>', '</details>'],
    ])
  })

  test('is begun by an address while it is short', () => {
    const address = newIssueAddress('owner/name', hostile)
    const url = new URL(address!)
    expect(url.origin + url.pathname).toBe('https://github.com/owner/name/issues/new')
    expect(url.searchParams.get('body')).toBe(printIssue(hostile))
    for (const name of ['', 'name', 'a/b/c', 'a/b?x=', '../..', 'a/..', 'a b/c'])
      expect(newIssueAddress(name, hostile)).toBeUndefined()
    const noted: Evidence = {
      ...hostile,
      sealed: {
        ...hostile.sealed,
        reproduction: { ...hostile.sealed.reproduction, note: 'x'.repeat(4_000) },
      },
    }
    expect(newIssueAddress('owner/name', noted)).toBeUndefined()
  })
})

describe('a pull request', () => {
  /** The files of its blocks, by their paths. */
  const filesOf = (text: string): Readonly<Record<string, string>> =>
    Object.fromEntries<string>(
      [...text.matchAll(/^`(rules\/[^`]+)`\n\n(`{3,})\w+\n([^]*?)\n\2$/gm)].map(
        ([, path = '', , content = '']) => [path.replace(/.*\//, ''), `${content}\n`],
      ),
    )

  test.each(
    bundledRules.flatMap((bundled) =>
      (['match', 'near-miss'] as const).map(
        (kind) => [bundled.slug, kind, bundled] as const,
      ),
    ),
  )('of %s, a %s, has one test more, which passes', async (_, kind, bundled) => {
    const rule = openRule(bundled.rule)
    const events = await bundled.loadEvents()
    const evidence = await evidenceOf(rule, events, kind)
    for (const before of [bundled.testsText, '']) {
      const files = filesOf(printPullRequest(evidence, before))
      expect(files['rule.toml']?.trimEnd()).toBe(bundled.tomlText.trimEnd())
      const { tests, problems } = readRuleTests(files['tests.toml'] ?? '')
      expect(problems).toEqual([])
      expect(tests).toHaveLength(readRuleTests(before).tests.length + 1)
      const added = tests.at(-1)!
      const cases = 'file' in added.events ? [] : added.events
      const [outcome] = await new EngineHost().checkTests({
        query: rule.text,
        cases: [cases.map((event) => JSON.stringify(event)).join('\n')],
      })
      expect(judgeTest(added, outcome!)).toEqual([])
    }
  })
})

describe('a rule that does not run', () => {
  const NO_RULE = '[rule]\nname = "T"\ntype = "eql"\nquery = "any whare true"\n'

  test('is nowhere said to give anything, or to have been checked', async () => {
    const rule = openRule(readRules(NO_RULE).rules[0])
    const desk = await openDesk({ rules: [rule], events: { 'e.ndjson': '{}' } })
    const { sealed } = await openSheet(desk)
    const evidence = { rule, sealed: sealed!, address: undefined }
    const texts = [printMarkdown(evidence), printIssue(evidence)]
    for (const text of [...texts, await printReport(evidence, [])]) {
      expect(text).toContain('The rule does not run as it stands.')
      expect(text).not.toMatch(/0 matches|Checked with/)
    }
  })
})

describe('a report', () => {
  test('holds hostile values as text, and a policy for its one sheet', async () => {
    const page = await printReport(hostile, [])
    expect(page.match(/<script|<b |onclick="/g)).toBeNull()
    expect(page.match(/<style>/g)).toHaveLength(1)
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page).toContain(
      "default-src 'none'; style-src 'sha256-".replaceAll("'", '&#39;'),
    )
    expect(page).not.toMatch(/https?:\/\/(?!h\/#)(?!www\.w3\.org)/)
  })

  test('of many events lists those of its results, wherever they are', async () => {
    const line = (n: number, name: string) =>
      JSON.stringify({
        '@timestamp': new Date(1_740_000_000_000 + n * 1000).toISOString(),
        event: { category: 'process' },
        process: { name },
      })
    const noise = Array.from({ length: 400 }, (_, n) => line(n, 'noise.exe'))
    const desk = await openDesk({
      rules: [openRule(readRules('process where process.name == "last.exe"').rules[0])],
      events: { 'e.ndjson': [...noise, line(400, 'last.exe')].join('\n') },
    })
    const sheet = await openSheet(desk)
    sheet.howMuch = 'listed'
    await sheet.update()
    const evidence = { rule: sheet.rule!, sealed: sheet.sealed!, address: undefined }
    const page = await printReport(evidence, [])
    expect(page).toContain('last.exe')
    expect(page).toContain('201 more are not listed here.')
    const targets = [...page.matchAll(/href="#(event-\d+)"/g)].map(([, id]) => id)
    for (const id of targets) expect(page).toContain(`id="${id ?? ''}"`)
  })
})
