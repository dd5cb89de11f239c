import { describe, expect, test } from 'vitest'
import { bundledRules } from '../../src/rules/library'
import { readRuleTests } from '../../src/rules/rule-tests'
import type { Rule } from '../../src/rules/rule'

/** What is printed of a rule's place in ATT&CK: tactic, then techniques below it. */
const attack = (rule: Rule) =>
  rule.threat.map(({ tactic, techniques }) => [
    tactic.id,
    ...techniques.flatMap((technique) => [
      technique.id,
      ...technique.subtechniques.map((sub) => sub.id),
    ]),
  ])

describe.each([
  {
    slug: 'windows/execution_powershell_outbound_scheduled_task',
    name: 'Outbound Scheduled Task Activity via PowerShell',
    version: 4,
    index: 3,
    tags: 5,
    threat: [['TA0002', 'T1053']],
  },
  {
    slug: 'windows/lateral_movement_remote_scheduled_task',
    name: 'Remote Scheduled Task Creation',
    version: 3,
    index: 3,
    tags: 5,
    threat: [
      ['TA0008', 'T1021'],
      ['TA0002', 'T1053'],
    ],
  },
  {
    slug: 'windows/persistence_scheduled_job',
    name: 'Persistence via Scheduled Job Creation',
    version: undefined,
    index: 6,
    tags: 9,
    threat: [['TA0003', 'T1053', 'T1053.005']],
  },
  {
    slug: 'windows/persistence_script_scheduled_task',
    name: 'Scheduled Task Created by a Windows Script',
    version: 209,
    index: 5,
    tags: 9,
    threat: [
      ['TA0003', 'T1053', 'T1053.005'],
      ['TA0002', 'T1059', 'T1059.001', 'T1059.005'],
    ],
  },
  {
    slug: 'windows/persistence_temporary_scheduled_task',
    name: 'Temporarily Scheduled Task Creation',
    version: 109,
    index: 3,
    tags: 7,
    threat: [
      ['TA0003', 'T1053', 'T1053.005'],
      ['TA0002', 'T1053', 'T1053.005'],
    ],
  },
])('$slug', ({ slug, name, version, index, tags, threat }) => {
  const bundled = bundledRules.find((candidate) => candidate.slug === slug)
  if (!bundled) throw new Error(`${slug} is not bundled`)
  const { rule } = bundled

  test('has its facts', () => {
    expect(rule).toMatchObject({
      id: bundled.id,
      name,
      language: 'eql',
      severity: 'medium',
      riskScore: 47,
      interval: '5m',
      from: 'now-9m',
      maxSignals: 100,
      author: ['Elastic'],
      license: 'Apache-2.0',
    })
    expect(rule.version).toBe(version)
    expect(rule.index).toHaveLength(index)
    expect(rule.tags).toHaveLength(tags)
    expect(attack(rule)).toEqual(threat)
    expect(rule.falsePositives).not.toEqual([])
    expect(rule.note).toMatch(/^## Triage and analysis/)
  })

  test('every ATT&CK link leads to the entry it names', () => {
    for (const { tactic, techniques } of rule.threat) {
      const entries = techniques.flatMap((one) => [one, ...one.subtechniques])
      const links = entries.map(({ reference }) => reference)
      expect(tactic.reference).toBe(`https://attack.mitre.org/tactics/${tactic.id}/`)
      expect(links).toEqual(
        entries.map(
          ({ id }) => `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
        ),
      )
    }
  })

  test('has as many events as a person can look through, and tests of both kinds', async () => {
    const events = (await bundled.loadEvents()).trim().split('\n')
    expect(events.length).toBeGreaterThanOrEqual(60)
    expect(events.length).toBeLessThanOrEqual(220)
    const { tests, problems } = readRuleTests(bundled.testsText)
    expect(problems).toEqual([])
    expect(new Set(tests.map((one) => one.expect))).toEqual(new Set(['match', 'none']))
    expect(new Set(tests.map((one) => one.name)).size).toBe(tests.length)
  })
})

test('there are no other rules, and no two have the same id', () => {
  expect(bundledRules).toHaveLength(5)
  expect(new Set(bundledRules.map((one) => one.id)).size).toBe(5)
})
