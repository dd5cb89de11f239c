import { describe, expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import {
  documentOf,
  problemOfDraft,
  ruleAsEdited,
  writeField,
  writeSource,
} from '../../src/ui/state/rule-source'
import {
  leaveDraft,
  openedVersion,
  restoreVersion,
} from '../../src/ui/state/rule-versions'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'

const TOML = `# kept
[metadata]
maturity = "production"

[rule]
name = "Shell from a lock"   # why it is named so
risk_score = 47
severity = "medium"
tags = ["OS: Linux"]
custom_key = "ours"
query = '''
process where process.name == "sh"
'''
`
const JSON_RULE = JSON.stringify({
  ...{ name: 'Shell', rule_id: 'r-1', type: 'eql', language: 'eql', risk_score: 47 },
  ...{ severity: 'medium', query: 'process where true', exceptions_list: [] },
})
const PAGE = `Shell from a lock

Looks for shells.

Rule type: eql
Severity: low
Risk score: 21
Runs every: 5m

process where true
Framework: MITRE ATT&CK
`

const open = (text: string): OpenRule => new OpenRule(readRules(text).rules[0]!)
/** Runs nothing, and tells how often it was asked to. */
const makeRuns = () => {
  const runs = {
    now: 0,
    edit: (rule: OpenRule, text: string) => {
      rule.text = text
    },
    runNow: () => {
      runs.now++
    },
  }
  return runs
}
const restart = (rule: OpenRule) => openStoredRule(structuredClone(storeRule(rule)))!

describe('the source of a rule', () => {
  test('is the file as it came, until something is changed', () => {
    const rule = open(TOML)
    expect(documentOf(rule).text).toBe(TOML)
    expect(rule.isEdited).toBe(false)
  })

  test('changes in one place with a field of the form', () => {
    const rule = open(TOML)
    writeField(makeRuns(), rule, 'severity', 'high')
    expect(documentOf(rule).text).toBe(TOML.replace('"medium"', '"high"'))
    expect(rule.rule.severity).toBe('high')
    expect(rule.isEdited).toBe(true)
  })

  test('holds the query and the name as they are', () => {
    const rule = open(TOML)
    rule.text = 'process where false\n'
    rule.name = 'Other'
    expect(documentOf(rule).text).toBe(
      TOML.replace('process where process.name == "sh"', 'process where false').replace(
        'Shell from a lock',
        'Other',
      ),
    )
  })

  test('tells the rule, its query and its name', () => {
    const rule = open(TOML)
    const text = TOML.replace('"sh"', '"zsh"').replace(
      'risk_score = 47',
      'risk_score = 5',
    )
    writeSource(makeRuns(), rule, text.replace('Shell from', 'Key from'))
    expect(rule.text).toBe('process where process.name == "zsh"\n')
    expect([rule.name, rule.rule.riskScore]).toEqual(['Key from a lock', 5])
    writeSource(makeRuns(), rule, TOML)
    expect([rule.isEdited, rule.rule]).toEqual([false, rule.opened])
  })

  test('that cannot be read stays as it was typed, and the rule as it was', () => {
    const rule = open(TOML)
    const broken = TOML.replace('risk_score = 47', 'risk_score = ')
    writeField(makeRuns(), rule, 'severity', 'high')
    writeSource(makeRuns(), rule, broken)
    expect(rule.draft?.text).toBe(broken)
    expect(problemOfDraft(rule)?.line).toBe(7)
    expect(rule.rule.severity).toBe('high')
    const again = restart(rule)
    expect([again.draft?.text, again.rule.severity]).toEqual([broken, 'high'])
    leaveDraft(rule, Date.now())
    expect(documentOf(rule).text).toContain('risk_score = 47')
  })

  test('keeps a query that was typed elsewhere while it could not be read', () => {
    const rule = open(TOML)
    const runs = makeRuns()
    writeSource(runs, rule, `${TOML}[`)
    runs.edit(rule, 'file where true\n')
    writeSource(runs, rule, TOML.replace('47', '48'))
    expect(rule.text).toBe('file where true\n')
    expect(rule.rule.riskScore).toBe(48)
  })

  test('may lose its name while one types', () => {
    const rule = open(TOML)
    const nameless = TOML.replace(/name = .*\n/, '')
    writeSource(makeRuns(), rule, nameless)
    expect(documentOf(rule).text).toBe(nameless)
  })

  test('runs anew when time or order come from another field', () => {
    const rule = open(TOML)
    const runs = makeRuns()
    writeField(runs, rule, 'tags', ['OS: Linux', 'New'])
    expect(runs.now).toBe(0)
    writeField(runs, rule, 'tiebreaker_field', 'event.sequence')
    expect([runs.now, rule.rule.tiebreakerField]).toEqual([1, 'event.sequence'])
  })

  test('can go back to what was opened', () => {
    const rule = open(TOML)
    writeSource(makeRuns(), rule, TOML.replace('"sh"', '"zsh"').replace('47', '1'))
    restoreVersion(makeRuns(), rule, openedVersion(rule), Date.now())
    expect([rule.isEdited, documentOf(rule).text]).toEqual([false, TOML])
  })
})

describe.each([
  ['JSON', JSON_RULE],
  ['a page', PAGE],
  ['bare EQL', '// title: Shell\nprocess where true\n'],
])('a rule from %s', (_, text) => {
  test('is edited as TOML, and kept so', () => {
    const rule = open(text)
    writeField(makeRuns(), rule, 'tags', ['One'])
    expect(rule.rule.tags).toEqual(['One'])
    expect(rule.text).toBe(rule.opened.query)
    rule.text = 'any where false'
    const again = restart(rule)
    expect(again.rule.tags).toEqual(['One'])
    expect([again.text, again.name]).toEqual([rule.text, rule.name])
    expect(documentOf(again).text).toBe(documentOf(rule).text)
    expect(ruleAsEdited(again).query).toBe('any where false')
  })

  test('is still told what of it is assumed', () => {
    const rule = open(text)
    const before = rule.rule.assumed.map(({ field }) => field)
    writeField(makeRuns(), rule, 'tags', ['One'])
    const after = rule.rule.assumed.map(({ field }) => field)
    expect(after.toSorted()).toEqual(before.toSorted())
  })
})

test('a rule of the endpoint has its references under its own key', () => {
  const rule = open(
    `[rule]\nid = "e-1"\nname = "E"\nos_list = ["linux"]\nquery = "any where true"\n`,
  )
  writeField(makeRuns(), rule, 'references', ['https://example.org'])
  expect(documentOf(rule).text).toContain('reference = ')
  expect(rule.rule.references).toEqual(['https://example.org'])
})
