import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { isSameRule } from '../../src/rules/export-record'
import { readRules } from '../../src/rules/rule-file'
import { exportRules, type ExportFormat } from '../../src/ui/rule/export-rules'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { ruleAsEdited, writeField } from '../../src/ui/state/rule-source'

const FILES = {
  toml: '[rule]\nname = "Any" # ours\nrule_id = "r"\nseverity = "low"\nrisk_score = 5\ntype = "eql"\nlanguage = "eql"\nquery = "any where true"\n',
  json: '{"name":"Any","rule_id":"r","type":"eql","language":"eql","severity":"low","risk_score":5,"query":"any where true"}',
  eql: '// title: Any\nany where true\n',
}
const engine = { event: () => Promise.reject(new Error('no events here')) }

const open = (text: string): OpenRule => new OpenRule(readRules(text).rules[0]!)
const edited = (text: string): OpenRule => {
  const rule = open(text)
  writeField({ edit: () => undefined, runNow: () => undefined }, rule, 'tags', ['T'])
  rule.text = 'process where true'
  return rule
}
const filesIn = async (blob: Blob): Promise<Readonly<Record<string, string>>> => {
  const entries = Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer())))
  return Object.fromEntries(entries.map(([path, bytes]) => [path, strFromU8(bytes)]))
}

test.each(
  Object.entries(FILES).flatMap(([from, text]) =>
    (['toml', 'ndjson'] as const).map((to) => [from, to, text] as const),
  ),
)('an edited rule from %s, saved as %s and opened, is the same', async (_, to, text) => {
  const rule = edited(text)
  const { name, blob } = await exportRules([rule], to, engine)
  expect(name).toBe(`any.${to}`)
  const [again] = readRules(await blob.text()).rules
  expect(again?.query).toBe('process where true')
  expect(isSameRule(again!, ruleAsEdited(rule))).toBe(true)
})

test('rules of one name do not take each other the place', async () => {
  const rules = [open(FILES.toml), open(FILES.json), open(FILES.eql)]
  const paths = async (format: ExportFormat) => {
    const { name, blob } = await exportRules(rules, format, engine)
    return [name, ...Object.keys(await filesIn(blob))]
  }
  expect(await paths('toml')).toEqual([
    ...['rules-toml.zip', 'any.toml', 'any-2.toml', 'any-3.toml'],
  ])
  expect(await paths('folder')).toEqual([
    ...['rules.zip', 'any/rule.toml', 'any-2/rule.toml', 'any-3/rule.toml'],
  ])
})

test('all rules go into one file for Kibana', async () => {
  const rules = [open(FILES.toml), open(FILES.eql)]
  const { name, blob } = await exportRules(rules, 'ndjson', engine)
  expect(name).toBe('rules.ndjson')
  expect(readRules(await blob.text()).rules.map((rule) => rule.query)).toEqual([
    'any where true',
    open(FILES.eql).text,
  ])
})
