import { describe, expect, test } from 'vitest'
import { readExceptionLists } from '../../src/rules/exception-list'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'

const RULE = { name: 'Any', rule_id: 'r-1', type: 'eql', language: 'eql', risk_score: 1 }
const FILES = {
  toml: '[rule]\nname = "Any"\nrule_id = "r-1"\ntype = "eql"\nquery = "any where true"\n',
  json: JSON.stringify({ ...RULE, query: 'any where true' }),
  ndjson: [
    JSON.stringify({ ...RULE, query: 'any where true' }),
    JSON.stringify({ ...RULE, rule_id: 'r-2', name: 'Second', query: 'any where false' }),
  ].join('\n'),
  eql: '// title: Any\nany where true\n',
}

describe.each(Object.entries(FILES))('a rule from %s', (_, text) => {
  const openAll = () => readRules(text).rules.map((rule) => new OpenRule(rule))

  test('is the same after it was kept', () => {
    for (const open of openAll()) {
      const again = openStoredRule(storeRule(open))
      expect(again?.rule).toEqual(open.rule)
      expect([again?.name, again?.text]).toEqual([open.name, open.text])
      expect(storeRule(open)).toMatchObject({ edited: undefined, metadata: undefined })
    }
  })

  test('keeps its new text and name', () => {
    for (const open of openAll()) {
      open.text = 'process where true'
      open.name = 'Said "so" \\ with ünïcode: 😀'
      const again = openStoredRule(structuredClone(storeRule(open)))
      expect([again?.id, again?.name, again?.text]).toEqual([
        open.id,
        open.name,
        open.text,
      ])
      expect(again?.rule.query).toBe(open.rule.query)
    }
  })
})

test('a bare query keeps the name of its file', () => {
  const [rule] = readRules('any where true', 'beacon.eql').rules
  const again = openStoredRule(storeRule(new OpenRule(rule!)))
  expect(again?.name).toBe('beacon')
})

test('exceptions that lay in another file are kept, and what is switched', () => {
  const record = {
    list_id: 'l1',
    item_id: 'i1',
    name: 'The scanner',
    type: 'simple',
    entries: [
      { field: 'host.name', type: 'match', operator: 'included', value: 'scan-1' },
    ],
  }
  const lists = readExceptionLists(
    [{ list_id: 'l1', name: 'Ours', type: 'detection' }],
    [record],
  )
  const [rule] = readRules(FILES.toml).rules
  const open = new OpenRule({ ...rule!, exceptions: lists })
  open.onlyIndices = true
  const again = openStoredRule(structuredClone(storeRule(open)))
  expect(again?.opened.exceptions).toEqual(lists)
  expect(again?.onlyIndices).toBe(true)
  expect(storeRule(again!)).toEqual(storeRule(open))
})
