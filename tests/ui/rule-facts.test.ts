import { describe, expect, test } from 'vitest'
import { LIST_FIELDS, OPTIONAL_FIELDS } from '../../src/rules/rule-fields'
import { readRules } from '../../src/rules/rule-file'
import { sayPresence } from '../../src/ui/rule/fact-wording'
import { listFacts } from '../../src/ui/rule/rule-facts'

const factsOf = (text: string) => {
  const facts = listFacts(readRules(text).rules[0]!)
  return Object.fromEntries(
    facts.map(({ name, values, assumed }) => [
      name,
      `${values.join('; ')}${assumed === undefined ? '' : ' (assumed)'}`,
    ]),
  )
}

describe('the facts of a rule', () => {
  test('are what it says, in words', () => {
    const text = `[metadata]
creation_date = "2026/03/01"
updated_date = "2026/03/09"
integration = ["endpoint", "windows"]
min_stack_version = "8.13.0"
[rule]
name = "R"
query = "any where true"
interval = "1h"
from = "now-70m"
max_signals = 33
author = ["One", "Two"]
tags = []
timestamp_override = "event.ingested"
investigation_fields = { field_names = ["host.id"] }
[rule.alert_suppression]
group_by = ["host.id", "user.id"]
duration = { value = 2, unit = "h" }
missing_fields_strategy = "doNotSuppress"
`
    expect(factsOf(text)).toMatchObject({
      Schedule:
        'Runs every 1 hour over the last 70 minutes, ' +
        '10 minutes of which the run before saw too.',
      'Runs every': '1h',
      'Most alerts a run': '33',
      'Timestamp override': 'event.ingested',
      'Alert suppression': 'by host.id, user.id for 2h, but not without these fields',
      'Fields to look at first': 'host.id',
      Authors: 'One; Two',
      Dates: 'made 2026/03/01, updated 2026/03/09',
      Integration: 'endpoint; windows',
      'Least version of the stack': '8.13.0',
    })
    expect(factsOf(text)).not.toHaveProperty('Tags')
  })

  /** What is shown in a way of its own: the header, the guide, the tree of ATT&CK. */
  const ELSEWHERE = [
    ...['type', 'severity', 'risk_score', 'threat', 'note', 'setup'],
    ...['false_positives', 'required_fields'],
  ]
  const WHOLE: Readonly<Record<string, unknown>> = {
    index: ['here-index'],
    tags: ['here-tags'],
    author: ['here-author'],
    references: ['here-references'],
    severity_mapping: [{ field: 'here-severity_mapping', value: '1', severity: 'low' }],
    risk_score_mapping: [{ field: 'here-risk_score_mapping', risk_score: 9 }],
    investigation_fields: { field_names: ['here-investigation_fields'] },
    related_integrations: [{ package: 'here-related_integrations', version: '^1.0.0' }],
    filters: [{ query: { match: { a: 'here-filters' } } }],
    exceptions_list: [{ list_id: 'here-exceptions_list', type: 'detection' }],
    actions: [{ action_type_id: '.here-actions', params: { to: 'x' } }],
    response_actions: [{ action_type_id: '.here-response_actions' }],
    alert_suppression: { group_by: ['here-alert_suppression'] },
    meta: { key: 'here-meta' },
    max_signals: 12345,
    version: 23456,
    revision: 34567,
    enabled: true,
    timestamp_override_fallback_disabled: true,
  }
  const shown = { max_signals: '12345', version: '23456', revision: '34567' } as const
  const keys = [...Object.values(LIST_FIELDS), ...Object.values(OPTIONAL_FIELDS)]
    .map(({ key }) => key)
    .filter((key) => !ELSEWHERE.includes(key))

  test.each(keys)('hold %s', (key) => {
    const value = WHOLE[key] ?? `here-${key}`
    const facts = factsOf(
      JSON.stringify({ name: 'R', query: 'any where true', risk_score: 1, [key]: value }),
    )
    const said = typeof value === 'boolean' ? 'yes' : `here-${key}`
    const wanted = key in shown ? shown[key as keyof typeof shown] : said
    expect(Object.values(facts).some((fact) => fact.includes(wanted))).toBe(true)
  })

  test('hold what has no name here, too, and whether a list is there', () => {
    const facts = factsOf(
      '[metadata]\nbypass_bbr_timing = true\n[rule]\nname = "R"\nquery = "any where true"\nnamespace = "ours"\n' +
        'exceptions_list = [{ list_id = "known", type = "detection", namespace_type = "agnostic" }]\n',
    )
    expect(facts).toMatchObject({
      'Further facts': 'bypass_bbr_timing: true',
      'Kept as they are written': 'namespace: ours',
      'Exception lists': 'known (detection, agnostic): the list did not come along',
    })
  })

  test('it does not say are assumed, with the value used', () => {
    expect(factsOf('any where true')).toMatchObject({
      'Runs every': '5m (assumed)',
      'Looks back from': 'now-6m (assumed)',
      'Event category field': 'event.category (assumed)',
      Enabled: 'no (assumed)',
    })
  })

  test('of the endpoint know no schedule', () => {
    const facts = factsOf(
      '[rule]\nid = "e"\nname = "E"\nos_list = ["linux"]\nversion = "1.0.3"\nquery = "any where true"\n',
    )
    expect(facts['Version']).toBe('1.0.3')
    expect(facts).not.toHaveProperty('Schedule')
    expect(facts).not.toHaveProperty('Runs every')
  })
})

test.each([
  [0, 1000, '0 %'],
  [1, 1000, 'less than 1 %'],
  [999, 1000, '99 %'],
  [1000, 1000, '100 %'],
])('%i of %i events are %s', (events, total, said) => {
  expect(sayPresence(events, total)).toBe(`present in ${said} of your events`)
})
