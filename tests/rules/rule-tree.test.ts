import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RuleFile } from '../../src/rules/rule-folder'
import { listEventPaths, readRuleTree } from '../../src/rules/rule-tree'
import { readRules } from '../../src/rules/rule-file'
import { exceptionsToml } from '../support/rule-toml'

const sample = (name: string) =>
  readFileSync(join(import.meta.dirname, 'samples', name), 'utf8')

const toml = (name: string, query: string, more = '') =>
  `[rule]\nname = "${name}"\nrule_id = "${name}"\ntype = "eql"\nlanguage = "eql"\n${more}query = '''${query}'''\n`

const tree: readonly RuleFile[] = [
  { path: 'rules/linux/a.toml', text: toml('a', 'process where true') },
  { path: 'rules/linux/a.tests.toml', text: 'format = 1' },
  { path: 'rules/linux/a.events.ndjson', text: '' },
  { path: 'rules/linux/b.toml', text: toml('b', 'process where') },
  { path: 'rules/linux/notes.md', text: '# About these rules' },
  { path: 'rules/linux/more.ndjson', text: '{"@timestamp":"2026-01-01"}' },
  { path: 'own/rule.toml', text: toml('c', 'any where true') },
  { path: 'own/tests.toml', text: 'format = 1' },
  { path: 'own/events.ndjson', text: '' },
  { path: 'endpoint/d.toml', text: sample('endpoint-rule.toml') },
  {
    path: 'endpoint/e.toml',
    text: toml('e', 'sequence [file where true] as event0 [process where true]'),
  },
  {
    path: 'other/f.toml',
    text: '[rule]\nname = "f"\ntype = "esql"\nlanguage = "esql"\nquery = "from logs-*"\n',
  },
  {
    path: 'other/broken.toml',
    text: '[rule]\nname = "g"\nquery = "any where true"\nx = \n',
  },
  {
    path: 'exceptions/known.toml',
    text: exceptionsToml('rule_ids = ["c"]'),
  },
]

describe('a tree of files', () => {
  const { rules, problems, others } = readRuleTree(tree)

  test('each rule is there, whether it can be run or not', () => {
    expect(rules.map(({ path, rule }) => [path, rule.language])).toEqual([
      ['rules/linux/a.toml', 'eql'],
      ['rules/linux/b.toml', 'eql'],
      ['own/rule.toml', 'eql'],
      ['endpoint/d.toml', 'eql'],
      ['endpoint/e.toml', 'eql'],
      ['other/f.toml', 'esql'],
      ['other/broken.toml', 'eql'],
    ])
  })

  test('tests and events stand beside their rule', () => {
    const beside = rules.flatMap(({ rule, tests, eventsPath }) =>
      tests ? [[rule.id, tests.path, eventsPath]] : [],
    )
    expect(beside).toEqual([
      ['a', 'rules/linux/a.tests.toml', 'rules/linux/a.events.ndjson'],
      ['c', 'own/tests.toml', 'own/events.ndjson'],
    ])
  })

  // tests => where their events may lie
  test.each<[string, string, readonly string[]]>([
    ['a/tests.toml', 'format = 1', ['a/events.ndjson', 'a/events.csv']],
    ['a/t.tests.json', '{}', ['a/t.events.ndjson', 'a/t.events.csv']],
    ['tests.toml', 'format = 1', ['events.ndjson', 'events.csv']],
    [
      'a/tests.toml',
      'events_file = "data/late.ndjson"',
      ['a/data/late.ndjson', 'a/events.ndjson', 'a/events.csv'],
    ],
    [
      'a/b/tests.json',
      '{"events_file": "../c/./x.csv"}',
      ['a/c/x.csv', 'a/b/events.ndjson', 'a/b/events.csv'],
    ],
    ['a/rule.toml', 'events_file = "x.csv"', []],
  ])('%s with %j: events in %j', (path, text, paths) => {
    const found = [...listEventPaths([{ path, text }])]
    expect(found.filter((each) => /ndjson$|csv$/.test(each))).toEqual(paths)
  })

  test('an exception list goes to the rules it names', () => {
    expect(rules.filter(({ rule }) => rule.exceptions.length > 0)).toMatchObject([
      {
        rule: {
          id: 'c',
          exceptions: [{ id: 'l1', name: 'Known good', items: [{ name: 'Scanner' }] }],
        },
      },
    ])
  })

  test('what is broken is told, with its file', () => {
    expect(problems).toMatchObject([{ path: 'other/broken.toml', line: 4 }])
  })

  test('what is no rule is listed', () => {
    expect(others).toEqual(['rules/linux/notes.md', 'rules/linux/more.ndjson'])
  })
})

describe('a file with mistakes keeps its other keys', () => {
  const text = sample('detection-rule.toml')
  const [whole] = readRules(text).rules

  // what is done to the file => the fields that are lost
  test.each<[string, string, string, readonly string[]]>([
    ['a value that is missing', 'max_signals = 33', 'max_signals =', ['maxSignals']],
    [
      'a list that is not closed',
      '["Domain: Endpoint"]',
      '["Domain: Endpoint"',
      ['tags'],
    ],
    ['a string that is not closed', '"10m"', '"10m', ['interval']],
    ['a key twice', 'from = "now-20m"', 'from = "now-20m"\nfrom = "now-1m"', []],
    ['two mistakes', 'from = "now-20m"\nindex =', 'from = now\nindex', ['from', 'index']],
  ])('%s', (_what, old, fresh, lost) => {
    expect(text).toContain(old)
    const { rules, problems } = readRules(text.replace(old, fresh))
    const [rule] = rules
    const differs = Object.keys(whole ?? {}).filter((key) => {
      const [one, other] = [whole, rule].map((each) =>
        JSON.stringify(each?.[key as 'name']),
      )
      return one !== other
    })
    const ours = differs.filter((key) => key !== 'source' && key !== 'assumed')
    expect(ours.sort()).toEqual([...lost].sort())
    expect(problems[0]?.message).toMatch(/^This is not valid TOML/)
  })

  test('a file cut within the query: the query as far as it goes', () => {
    const cut = text.slice(0, text.indexOf('  [authentication') + 10)
    const { rules, problems } = readRules(cut)
    expect(rules).toMatchObject([
      {
        name: 'Two Places at Once',
        query: 'sequence by user.id with maxspan=1m\n  [authent',
      },
    ])
    expect(problems[0]).toHaveProperty('line')
  })

  test('cut anywhere, nothing is thrown, and something is said', () => {
    for (let length = 1; length < text.length; length += 7) {
      const { rules, problems } = readRules(text.slice(0, length))
      expect(rules.length + problems.length).toBeGreaterThan(0)
    }
  })
})

test('a text that nothing reads: what each parser has against it', () => {
  const { objections } = readRules('name: x\nquery: process where true')
  expect(objections?.map(({ format, line }) => [format, line])).toEqual([
    ['TOML', 1],
    ['JSON', 1],
    ['EQL', 1],
  ])
})
