import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differingFields, exportRecord, isSameRule } from '../../src/rules/export-record'
import { bundledRules } from '../../src/rules/library'
import { printKibanaExport } from '../../src/rules/print-kibana-export'
import { printRuleToml, ruleOf, tomlDocumentOf } from '../../src/rules/print-rule-toml'
import type { JsonRecord } from '../../src/rules/record'
import type { Rule } from '../../src/rules/rule'
import { readRules } from '../../src/rules/rule-file'
import { printRuleFile, printRuleFolder } from '../../src/rules/rule-folder'
import { readRuleRecord, withQuery } from '../../src/rules/rule-record'
import { readRuleTree } from '../../src/rules/rule-tree'

const folder = join(import.meta.dirname, 'samples')
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.\w+$/.test(name),
)
const rules = samples.flatMap((name) =>
  readRules(readFileSync(join(folder, name), 'utf8'), name).rules.map((rule) => ({
    name,
    rule,
  })),
)

describe('export then open gives an equal rule', () => {
  test.each(rules)('$name as TOML', ({ rule }) => {
    const [back] = readRules(printRuleToml(rule, '2026/01/02')).rules
    expect(differingFields(rule, back!)).toEqual([])
  })

  test.each(rules)('$name for Kibana', ({ rule }) => {
    const { rules: back, problems } = readRules(printKibanaExport([rule]))
    expect(problems.filter(({ message }) => !message.includes('has no query'))).toEqual(
      [],
    )
    expect(differingFields(rule, back[0]!)).toEqual([])
    expect(back[0]?.exceptions).toEqual(rule.exceptions)
  })

  test('the bundled rules, whole folders', async () => {
    for (const { rule, testsText, loadEvents } of bundledRules) {
      const events = await loadEvents()
      const files = printRuleFolder(rule, { tests: testsText, events })
      expect(files.map(({ path }) => path.replace(/.*\//, ''))).toEqual([
        'rule.toml',
        'tests.toml',
        'events.ndjson',
      ])
      const tree = readRuleTree(files)
      expect(tree.problems).toEqual([])
      expect(tree.rules[0]?.rule).toEqual(rule)
      expect(tree.rules[0]?.tests?.text).toBe(testsText)
      expect(tree.rules[0]?.eventsPath).toMatch(/events\.ndjson$/)
    }
  })

  test('a rule with its exceptions, as a folder', () => {
    const item = {
      item_id: 'i',
      list_id: 'l',
      name: 'Known',
      type: 'simple',
      entries: [],
    }
    const written = { name: 'Odd', rule_id: 'odd', type: 'eql', query: 'any where true' }
    const lines = [{ ...written, exceptions_list: [{ list_id: 'l' }] }, item]
    const [rule] = readRules(lines.map((line) => JSON.stringify(line)).join('\n')).rules
    const files = printRuleFolder(rule!, {})
    expect(files.map(({ path }) => path)).toEqual([
      'odd/rule.toml',
      'odd/exceptions.toml',
    ])
    const [back] = readRuleTree(files).rules
    expect(differingFields(rule!, back!.rule)).toEqual([])
    expect(back?.rule.exceptions[0]?.items).toHaveLength(1)
  })

  test('what Kibana notes of its own copy stays out of a file', () => {
    const kept = {
      name: 'Odd',
      rule_id: 'odd',
      type: 'eql',
      query: 'any where true',
      new: 1,
    }
    const [rule] = readRules(
      JSON.stringify({ ...kept, id: '7', created_by: 'ada' }),
    ).rules
    expect(printRuleToml(rule!)).not.toMatch(/created_by|^id/m)
    expect(printRuleToml(rule!)).toMatch(/^new = 1$/m)
    expect(printKibanaExport([rule!])).toContain('"created_by":"ada"')
  })

  test('the query alone', () => {
    const [{ rule } = { rule: undefined }] = bundledRules
    expect(printRuleFile(rule!, 'eql').text).toBe(rule?.query)
  })
})

describe('laws', () => {
  const text = fc.string({
    unit: fc.constantFrom(...['a', 'Z', ' ', '"', "'", '\\', '\n', '#', '$', '€', '😀']),
    maxLength: 10,
  })
  const texts = fc.array(text, { maxLength: 3 })
  const entry = fc.record({ id: text, name: text, reference: text })
  const threat = fc.record({
    framework: fc.constantFrom('MITRE ATT&CK', 'MITRE ATLAS'),
    tactic: entry,
    technique: fc.array(
      fc.record({
        id: text,
        name: text,
        reference: text,
        subtechnique: fc.array(entry, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  })
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 2 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.array(text, { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b.c', 'd e'), tie('any'), { maxKeys: 2 }),
    ),
  })).any
  const record: fc.Arbitrary<JsonRecord> = fc.record(
    {
      name: text,
      query: text,
      description: text,
      rule_id: fc.uuid(),
      type: fc.constantFrom('eql', 'query', 'machine_learning'),
      severity: fc.constantFrom('low', 'critical', 'awful'),
      risk_score: fc.oneof(fc.integer({ min: 0, max: 100 }), text),
      index: texts,
      tags: fc.oneof(texts, text),
      note: text,
      from: text,
      max_signals: fc.nat(),
      enabled: fc.boolean(),
      version: fc.oneof(fc.nat(), text),
      threat: fc.array(threat, { maxLength: 2 }),
      severity_mapping: fc.array(fc.record({ field: text, value: text, extra: text }), {
        maxLength: 2,
      }),
      investigation_fields: fc.record({ field_names: texts }),
      alert_suppression: fc.record({
        group_by: texts,
        duration: fc.record({ value: fc.nat(), unit: fc.constant('m') }),
      }),
      exceptions_list: fc.array(fc.record({ list_id: text, type: text, id: text }), {
        maxLength: 2,
      }),
      filters: fc.array(
        fc.record({ meta: fc.record({ negate: fc.boolean() }), query: value }),
        {
          maxLength: 2,
        },
      ),
      meta: fc.dictionary(fc.constantFrom('from', 'kibana'), text),
      something_new: value,
    },
    { requiredKeys: ['name', 'query', 'rule_id'] },
  )
  const arbitrary = record.map((fields): Rule =>
    readRuleRecord(fields, { source: { format: 'json', text: JSON.stringify(fields) } }),
  )

  test('no field is lost through TOML or NDJSON', () => {
    fc.assert(
      fc.property(arbitrary, (rule) => {
        for (const text of [printRuleToml(rule), printKibanaExport([rule])]) {
          const [back] = readRules(text).rules
          expect(back && exportRecord(back)).toEqual(exportRecord(rule))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a changed query changes the query alone', () => {
    const file = readFileSync(join(folder, 'detection-rule.toml'), 'utf8')
    const [rule] = readRules(file).rules
    const end = file.indexOf("'''", file.indexOf("'''") + 3)
    fc.assert(
      fc.property(text, (query) => {
        const edited = printRuleToml(withQuery(rule!, query))
        expect(readRules(edited).rules[0]?.query).toBe(query)
        expect(edited.startsWith(file.slice(0, file.indexOf('query =')))).toBe(true)
        expect(edited.endsWith(file.slice(end + 3))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

test('only a rule that came as TOML has a document to edit', () => {
  const documents = rules.flatMap(({ name, rule }) => {
    const document = tomlDocumentOf(rule)
    return document ? [{ name, rule, document }] : []
  })
  expect(documents.map(({ name }) => name).sort()).toEqual([
    'detection-rule.toml',
    'endpoint-rule.toml',
    'pages/numbered.txt',
  ])
  for (const { rule, document } of documents) {
    expect(isSameRule(rule, ruleOf(document)!)).toBe(true)
    expect(isSameRule(withQuery(rule, 'any where false'), rule)).toBe(false)
  }
})

test('what was guessed of a page is written out, and then is said', () => {
  const page = readFileSync(join(folder, 'pages/reference.txt'), 'utf8')
  const [guessed] = readRules(
    page.replace(/^sequence[^]*?"start"\]/m, 'any where true'),
  ).rules
  const [back] = readRules(printRuleToml(guessed!)).rules
  expect(back).toMatchObject({
    timestampOverride: 'event.ingested',
    query: 'any where true',
  })
})

test('a rule of the endpoint keeps its facts on the way through Kibana', () => {
  const text = readFileSync(join(folder, 'endpoint-rule.toml'), 'utf8')
  const [rule] = readRules(text).rules
  const [back] = readRules(printKibanaExport([rule!])).rules
  expect(back?.endpoint).toEqual(rule?.endpoint)
})
