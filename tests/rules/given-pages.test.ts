import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundledRules } from '../../src/rules/library'
import { readRules } from '../../src/rules/rule-file'

/*
 * Pages as they were saved by others are not ours to keep here. With their folder named,
 * `PAGES=<folder> npx vitest run tests/rules/given-pages.test.ts`, those on the five
 * subjects of the bundled rules are read and held against the facts below.
 */
const folder = process.env['PAGES']

const TASK = { id: 'T1053', subtechniques: [{ id: 'T1053.005' }] }
const BARE_TASK = { id: 'T1053', subtechniques: [] }
const common = {
  type: 'eql',
  language: 'eql',
  severity: 'medium',
  riskScore: 47,
  from: 'now-9m',
  author: ['Elastic'],
  license: 'Elastic License v2',
  references: [],
}
const onPage = { interval: '5m', maxSignals: 100 }

const facts = [
  {
    ...common,
    ...onPage,
    name: 'Scheduled Task Created by a Windows Script',
    version: 209,
    index: [
      'winlogbeat-*',
      'logs-endpoint.events.registry-*',
      'logs-endpoint.events.library-*',
      'logs-windows.sysmon_operational-*',
      'endgame-*',
    ],
    tags: { length: 9, 0: 'Domain: Endpoint', 8: 'Resources: Investigation Guide' },
    threat: [
      { tactic: { id: 'TA0003' }, techniques: [TASK] },
      {
        tactic: { id: 'TA0002' },
        techniques: [
          { id: 'T1059', subtechniques: [{ id: 'T1059.001' }, { id: 'T1059.005' }] },
        ],
      },
    ],
    history: [],
  },
  {
    ...common,
    ...onPage,
    name: 'Remote Scheduled Task Creation',
    version: 3,
    provenance: { addedIn: '7.11.0', modifiedIn: '7.13.0' },
    index: ['logs-endpoint.events.*', 'winlogbeat-*', 'logs-windows.*'],
    tags: ['Elastic', 'Host', 'Windows', 'Threat Detection', 'Lateral Movement'],
    threat: [
      { tactic: { id: 'TA0008' }, techniques: [{ id: 'T1021' }] },
      { tactic: { id: 'TA0002' }, techniques: [BARE_TASK] },
    ],
    history: [
      { version: 3, release: '7.13.0' },
      { version: 2, release: '7.12.0' },
    ],
  },
  {
    ...common,
    ...onPage,
    name: 'Temporarily Scheduled Task Creation',
    version: 109,
    index: ['winlogbeat-*', 'logs-system.*', 'logs-windows.*'],
    tags: { length: 7, 5: 'Data Source: System' },
    threat: [
      { tactic: { id: 'TA0003' }, techniques: [TASK] },
      { tactic: { id: 'TA0002' }, techniques: [TASK] },
    ],
    history: [],
  },
  {
    ...common,
    ...onPage,
    name: 'Outbound Scheduled Task Activity via PowerShell',
    version: 4,
    provenance: { addedIn: '7.11.0', modifiedIn: '7.16.0' },
    index: ['winlogbeat-*', 'logs-endpoint.events.*', 'logs-windows.*'],
    tags: ['Elastic', 'Host', 'Windows', 'Threat Detection', 'Execution'],
    falsePositives: { length: 1 },
    threat: [{ tactic: { id: 'TA0002' }, techniques: [BARE_TASK] }],
    history: [
      {
        version: 4,
        release: '7.16.0',
        query: expect.stringContaining('pwsh.exe') as string,
      },
      {
        version: 2,
        release: '7.12.0',
        query: expect.stringContaining('file.name') as string,
      },
    ],
  },
  {
    ...common,
    name: 'Persistence via Scheduled Job Creation',
    ruleId: '1327384f-00f3-44d5-9a8c-2373ba071e92',
    timestampOverride: 'event.ingested',
    index: { length: 6, 0: 'winlogbeat-*', 5: 'logs-m365_defender.event-*' },
    tags: { length: 9, 8: 'Data Source: Microsoft Defender for Endpoint' },
    falsePositives: { length: 1 },
    threat: [{ tactic: { id: 'TA0003' }, techniques: [TASK] }],
    metadata: {
      creationDate: '2021/03/15',
      updatedDate: '2024/10/15',
      maturity: 'production',
      minStackVersion: '8.14.0',
      integration: ['endpoint', 'windows', 'sentinel_one_cloud_funnel', 'm365_defender'],
    },
    history: [],
  },
]

describe.runIf(folder)('a page of another hand', () => {
  const read = (folder ? readdirSync(folder) : []).flatMap((file) => {
    const { rules, problems } = readRules(readFileSync(join(folder ?? '', file), 'utf8'))
    return rules.map((rule) => ({ rule, problems }))
  })

  test.each(facts)('$name', (expected) => {
    const found = read.find(({ rule }) => rule.name === expected.name)
    expect(found?.problems).toEqual([])
    expect(found?.rule).toMatchObject(expected)
    expect(found?.rule.unknown).toEqual({})
  })

  test.each(facts)(
    '$name is the subject of a bundled rule',
    ({ name, from, riskScore }) => {
      const bundled = bundledRules.find(({ rule }) => rule.name === name)
      expect(bundled?.rule).toMatchObject({ name, from, riskScore, severity: 'medium' })
    },
  )
})
