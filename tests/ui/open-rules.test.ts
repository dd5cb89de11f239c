import { describe, expect, test } from 'vitest'
import { readExceptionFile } from '../../src/rules/exception-file'
import { readExceptionLists } from '../../src/rules/exception-list'
import { bundledRules } from '../../src/rules/library'
import type { Rule } from '../../src/rules/rule'
import { readRules } from '../../src/rules/rule-file'
import { OpenRules } from '../../src/ui/state/open-rules.svelte'
import type { OpenRule } from '../../src/ui/state/open-rule.svelte'
import type { RunLoop } from '../../src/ui/state/run-loop.svelte'
import { writeSource } from '../../src/ui/state/rule-source'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import { exceptionsToml } from '../support/rule-toml'

const toml = (id: string, name: string, query: string) =>
  `[rule]\nname = "${name}"\n${id && `rule_id = "${id}"\n`}type = "eql"\nquery = "${query}"\n`
const json = (id: string, name: string, query: string) =>
  JSON.stringify({ name, rule_id: id, type: 'eql', language: 'eql', query })
const page = (name: string, query: string) =>
  `${name}\n\nOurs.\n\nRule type: eql\nSeverity: low\nRisk score: 21\nRule license: Ours\n\n${query}\nFramework: MITRE ATT&CK\n`

function setUp() {
  const bench = new Workbench()
  const edit = (rule: OpenRule, text: string) => {
    rule.text = text
  }
  const loop: Partial<RunLoop> = {
    edit,
    runNow: () => undefined,
    runInTurn: () => undefined,
  }
  const rules = new OpenRules(bench, loop as RunLoop)
  const open = (...files: readonly string[]) =>
    rules.add(files.flatMap((text) => readRules(text).rules.map((rule) => ({ rule }))))
  return {
    ...{ bench, rules, open },
    /** What is open: `name: query`, and so many files of it. */
    list: () =>
      bench.rules.map(({ name, text, versions }) => {
        const files = versions.filter(({ origin }) => origin === 'imported')
        return `${name}: ${text} (${files.length})`
      }),
    notices: () => bench.notices.list.map(({ text }) => text),
    press: async () => {
      const [notice] = bench.notices.list
      bench.notices.answer(notice!.id, notice!.actions[0]!)
      await Promise.resolve()
      await new Promise((resume) => setTimeout(resume))
    },
  }
}

const FIRST = toml('r-1', 'First', 'any where true')
const OTHER = toml('r-2', 'Other', 'process where true')

describe('a file of a rule that is open', () => {
  test.each<[what: string, open: string, file: string, list: readonly string[]]>([
    ['the same file', FIRST, FIRST, ['First: any where true (1)']],
    [
      'the same id',
      FIRST,
      toml('r-1', 'Renamed', 'any where false'),
      ['Renamed: any where false (2)'],
    ],
    [
      'another id',
      FIRST,
      OTHER,
      ['First: any where true (1)', 'Other: process where true (1)'],
    ],
    [
      'another id of the same name',
      FIRST,
      toml('r-2', 'First', 'any where false'),
      ['First: any where true (1)', 'First: any where false (1)'],
    ],
    ['its page', FIRST, page('First', 'any where false'), ['First: any where false (2)']],
    [
      'the file of a page',
      page('First', 'any where false'),
      FIRST,
      ['First: any where true (2)'],
    ],
    [
      'an export of it',
      FIRST,
      json('r-1', 'First', 'any where true'),
      ['First: any where true (1)'],
    ],
    ['only a comment more', FIRST, `# ours\n${FIRST}`, ['First: any where true (2)']],
  ])('%s', async (_, first, file, wanted) => {
    const { open, list, bench } = setUp()
    await open(first)
    await open(file)
    expect(list()).toEqual(wanted)
    expect(bench.rule).toBe(bench.rules.at(-1))
  })

  test('takes its place, and what was edited is kept; it can be a rule of its own', async () => {
    const { open, list, bench, notices, press } = setUp()
    await open(FIRST, OTHER)
    const [rule] = bench.rules
    rule!.text = 'any where 1 == 1'
    await open(toml('r-1', 'First', 'any where false'))
    expect(list()[0]).toBe('First: any where false (2)')
    expect(rule!.versions.map(({ read }) => read()?.query)).toContain('any where 1 == 1')
    expect(notices().at(-1)).toMatch(/^“First” was open already/)
    rule!.text = 'any where 2 == 2'
    bench.notices.list = bench.notices.list.slice(-1)
    await press()
    expect(list()).toEqual([
      'First: any where 1 == 1 (1)',
      'Other: process where true (1)',
      'First: any where 2 == 2 (1)',
    ])
    expect(bench.rules.map(({ id }) => id)).toEqual(['r-1', 'r-2', 'r-1-2'])
    expect(bench.rules[2]?.opened.query).toBe('any where false')
  })

  test('becomes a rule of its own while another is added', async () => {
    const { open, list, press, rules, bench } = setUp()
    await open(FIRST, OTHER)
    await open(
      toml('r-1', 'First', 'any where false'),
      toml('r-2', 'Other', 'any where false'),
    )
    bench.notices.list = bench.notices.list.slice(-1)
    const pressed = press()
    rules.addBlank()
    await pressed
    expect(list().map((line) => line.replaceAll(/\s+/g, ' '))).toEqual([
      'First: any where true (1)',
      'Other: process where true (1)',
      expect.stringMatching(/^New rule: sequence/),
      'First: any where false (1)',
      'Other: any where false (1)',
    ])
  })

  test('brings exceptions and tests that were not there before', async () => {
    const { rules, bench } = setUp()
    const [rule] = readRules(FIRST).rules
    await rules.add([{ rule: rule! }])
    const tests = { text: 'format = 1' }
    await rules.add([{ rule: rule!, tests }])
    expect(bench.rules.map((open) => open.tests)).toEqual([tests])
    const lists = readExceptionLists([{ list_id: 'scans', name: 'Scans' }], [])
    await rules.add([{ rule: { ...rule!, exceptions: lists } }])
    expect(bench.rules.map((open) => open.rule.exceptions)).toEqual([lists])
    await rules.add([{ rule: rule! }])
    expect(bench.rules.map((open) => open.rule.exceptions)).toEqual([lists])
    expect(bench.rules[0]?.tests).toEqual(tests)
  })

  test.each([
    ['the same file', FIRST],
    ['a newer one', toml('r-1', 'First', 'any where false')],
  ])('%s says that its tests took the place of others', async (_, file) => {
    const { rules, bench, notices, press } = setUp()
    const [rule] = readRules(FIRST).rules
    const [again] = readRules(file).rules
    const mine = { text: 'format = 1', events: '{}' }
    const theirs = { text: 'format = 1', events: '{"a":1}' }
    const tests = () => bench.rules.map((open) => open.tests)
    await rules.add([{ rule: rule!, tests: mine }])
    await rules.add([{ rule: again!, tests: { ...mine, files: [] } }])
    expect(notices().at(-1)).not.toMatch(/tests/)
    await rules.add([{ rule: again!, tests: theirs }])
    expect(notices().at(-1)).toMatch(/tests that came with it are in place of those/)
    expect(tests()).toEqual([theirs])
    const [notice] = bench.notices.list.slice(-1)
    bench.notices.answer(notice!.id, notice!.actions[1]!)
    expect(tests()).toMatchObject([mine])

    await rules.add([{ rule: again!, tests: theirs }])
    bench.notices.list = bench.notices.list.slice(-1)
    await press()
    expect(tests()).toMatchObject([mine, theirs])
  })

  test('keeps the exceptions it had, unless it brings its own', async () => {
    const { rules, bench, notices, press } = setUp()
    const lists = (id: string) => readExceptionLists([{ list_id: id, name: id }], [])
    const of = () => bench.rules.map((open) => open.rule.exceptions.map(({ id }) => id))
    const take = (text: string, exceptions: Rule['exceptions'] = []) =>
      rules.add(readRules(text).rules.map((rule) => ({ rule: { ...rule, exceptions } })))
    await take(FIRST, lists('scans'))
    await take(toml('r-1', 'First', 'any where false'))
    expect(of()).toEqual([['scans']])
    expect(notices().at(-1)).toMatch(/Exceptions that did not come with it still apply/)
    const again = openStoredRule(structuredClone(storeRule(bench.rules[0]!)))!
    expect(again.versions.map((each) => each.read()?.exceptions[0]?.id)).toEqual([
      'scans',
      'scans',
    ])
    await press()
    expect(of()).toEqual([['scans'], []])
    bench.dropRule(bench.rules[1]!)
    await take(toml('r-1', 'First', 'any where 1 == 1'), lists('others'))
    expect(of()).toEqual([['others']])
    expect(notices().at(-1)).not.toMatch(/Exceptions/)
    await take(json('r-1', 'First', 'any where 2 == 2'))
    expect(of()).toEqual([[]])
  })

  test('that is a bare query is known by its name and words, also when it was renamed', async () => {
    const { rules, bench, list } = setUp()
    const take = (...queries: readonly string[]) =>
      rules.add(
        queries.flatMap((query) =>
          readRules(query, 'query.eql').rules.map((rule) => ({ rule })),
        ),
      )
    const shell = (name: string) => `process where process.name == "${name}"`
    const beacon = (port: number) => `network where destination.port == ${port}`
    await take(shell('sh'))
    await take(beacon(53))
    expect(list()).toEqual([`query: ${shell('sh')} (1)`, `query: ${beacon(53)} (1)`])
    bench.rules[1]!.name = 'Beacon'
    const stored = bench.rules.map((rule) => structuredClone(storeRule(rule)))
    for (const rule of [...bench.rules]) bench.dropRule(rule)
    bench.addRules(stored.map((rule) => openStoredRule(rule)!))
    expect(bench.rules.map(({ name }) => name)).toEqual(['query', 'Beacon'])
    await take(beacon(853), shell('zsh'), 'file where true')
    expect(list()).toEqual([
      `query: ${shell('zsh')} (2)`,
      `query: ${beacon(853)} (2)`,
      'query: file where true (1)',
    ])
  })

  test('of many it is told once, and each file is of one rule', async () => {
    const { open, list, notices } = setUp()
    await open(FIRST, FIRST, OTHER)
    expect(list()).toHaveLength(3)
    await open(
      FIRST,
      toml('r-1', 'First', 'any where false'),
      OTHER,
      toml('r-3', 'New', 'any where true'),
    )
    expect(list()).toEqual([
      'First: any where true (1)',
      'First: any where false (2)',
      'Other: process where true (1)',
      'New: any where true (1)',
    ])
    expect(notices().at(-1)).toBe(
      '3 rules were open already: 1 has a new version now; what they were is kept.',
    )
  })

  test('leaves alone a source in pieces, and an example that nobody edited', async () => {
    const { open, list, bench } = setUp()
    await open(FIRST)
    const runs = { edit: () => undefined, runNow: () => undefined }
    writeSource(runs, bench.rules[0]!, `${FIRST}[rule`)
    await open(toml('r-1', 'First', 'any where false'))
    expect(list()).toHaveLength(2)
    expect(bench.rules[0]?.draft?.text).toContain('[rule')
    const [bundled] = bundledRules
    await open(bundled!.tomlText)
    const id = bundled!.rule.ruleId!
    await open(toml(id, 'Theirs', 'any where true'))
    expect(list()).toHaveLength(4)
    bench.rules[2]!.text = 'any where false'
    bench.dropRule(bench.rules[3]!)
    await open(toml(id, 'Theirs', 'any where true'))
    expect(list()).toHaveLength(3)
  })
})

test('exceptions without their rule are for the one that is open, as it is edited', async () => {
  const { rules, bench, open, notices } = setUp()
  await open(FIRST, OTHER)
  const [first, other] = bench.rules
  const runs = { edit: () => undefined, runNow: () => undefined }
  writeSource(runs, first!, FIRST.replace('[rule]', '[rule]\nrisk_score = 47'))
  first!.text = 'any where false'
  const take = (of: string, item = 'i1') =>
    rules.takeExceptions(readExceptionFile(exceptionsToml(of).replace('i1', item)))
  expect(take('rule_ids = ["r-3"]')).toBe(false)
  expect(take('rule_ids = ["r-1"]')).toBe(true)
  const itemsOf = ({ exceptions }: Rule) =>
    exceptions.flatMap(({ items }) => items.map(({ id }) => id))
  const { opened, rule, text, versions } = first!
  expect([opened, rule, versions.at(-1)!.read()!].map(itemsOf)).toEqual([
    ['i1'],
    ['i1'],
    ['i1'],
  ])
  expect([text, rule.riskScore, versions.length]).toEqual(['any where false', 47, 1])
  expect(itemsOf(other!.rule)).toEqual([])
  expect(notices().at(-1)).toBe('“First” has the exceptions of this file now.')
  expect(take('rule_names = ["First"]', 'i2')).toBe(true)
  const again = openStoredRule(storeRule(first!))!
  expect([itemsOf(again.rule), again.text]).toEqual([['i2'], 'any where false'])
  expect(itemsOf(again.versions[0].read()!)).toEqual(['i2'])
})

test('a new rule and a copy are rules of their own', async () => {
  const { rules, bench, list } = setUp()
  rules.addBlank()
  await new Promise((resume) => setTimeout(resume))
  rules.addBlank()
  await new Promise((resume) => setTimeout(resume))
  bench.rules[0]!.text = 'any where true'
  rules.duplicate(bench.rules[0]!)
  expect(list().map((line) => line.split(':')[0])).toEqual([
    'New rule',
    'New rule 2',
    'New rule (copy)',
  ])
})
