import { describe, expect, test } from 'vitest'
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
