import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeRules, readRules } from '../../src/rules/rule-file'
import type { PageLayout } from '../../src/rules/rule'

/*
 * One made-up rule on a page of each layout. What a layout cannot say differs; everything
 * else is the same.
 */

const page = (name: string) =>
  readFileSync(join(import.meta.dirname, 'samples/pages', `${name}.txt`), 'utf8')

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)

const EXECUTION = {
  framework: 'MITRE ATT&CK',
  tactic: {
    id: 'TA0002',
    name: 'Execution',
    reference: 'https://attack.mitre.org/tactics/TA0002/',
  },
}
const USER_EXECUTION = {
  id: 'T1204',
  name: 'User Execution',
  reference: 'https://attack.mitre.org/techniques/T1204/',
}
const DESCRIPTION =
  'An archiver writes a program into a download folder, and the same user starts it soon after.'
const QUERY =
  'sequence by host.id, user.id with maxspan=2m\n' +
  '  [file where event.type == "creation"]\n' +
  '  [process where event.type == "start"]'

const common = {
  name: 'Archive Unpacked and Started',
  language: 'eql',
  type: 'eql',
  severity: 'high',
  riskScore: 73,
  license: 'Apache-2.0',
}
const schedule = { interval: '10m', from: 'now-25m' }

const expected: Record<PageLayout, object> = {
  current: {
    ...common,
    ...schedule,
    description: DESCRIPTION,
    index: ['logs-endpoint.events.file-*', 'logs-endpoint.events.process-*'],
    maxSignals: 50,
    references: ['https://example.org/archives', 'https://example.org/downloads'],
    tags: ['Domain: Endpoint', 'OS: Windows', 'Tactic: Execution', 'Rule Type: BBR'],
    version: 12,
    author: ['Ada Example', 'Ben Example'],
    note:
      'Triage and analysis\nLook at the archive first.\n' +
      'process where it came from matters most, so ask its owner.',
    setup: 'Turn on file events.',
    query:
      '// both steps are of one user\n' +
      'sequence by host.id, user.id with maxspan=2m\n' +
      '[file where event.type == "creation" and file.extension : "exe" and\n' +
      'process.name : ("7zG.exe", "winrar.exe")]\n' +
      '[process where event.type == "start"]',
    threat: [
      {
        ...EXECUTION,
        techniques: [
          {
            ...USER_EXECUTION,
            subtechniques: [
              {
                id: 'T1204.002',
                name: 'Malicious File',
                reference: 'https://attack.mitre.org/techniques/T1204/002/',
              },
            ],
          },
        ],
      },
      { tactic: { id: 'TA0001', name: 'Initial Access' }, techniques: [] },
    ],
    remarks: [],
  },
  older: {
    ...common,
    ...schedule,
    description: DESCRIPTION,
    index: ['logs-endpoint.events.file-*', 'logs-endpoint.events.process-*'],
    maxSignals: 50,
    references: [],
    tags: ['Host', 'Execution'],
    version: 3,
    provenance: { addedIn: '7.12.0', modifiedIn: '7.14.0' },
    author: ['Ada Example'],
    falsePositives: [
      'Setup programs unpack and start themselves.',
      'Self-made installers do so too.',
    ],
    note: 'Look at the archive first.\nDo not edit it.',
    query:
      'sequence by host.id, user.id with maxspan=2m ' +
      '[file where file.path : "C:\\\\Program Files\\\\*"] ' +
      '[process where event.type == "start"]',
    threat: [{ ...EXECUTION, techniques: [{ ...USER_EXECUTION, subtechniques: [] }] }],
    history: [
      {
        version: 3,
        release: '7.14.0',
        change: 'Updated query, changed from:',
        query:
          'sequence by host.id with maxspan=2m [file where true] ' +
          '[process where event.type == "start"]',
      },
      { version: 2, release: '7.13.0', change: 'Formatting only' },
    ],
    remarks: [like(/several blanks in a row/)],
  },
  reference: {
    ...common,
    ...schedule,
    description: DESCRIPTION,
    index: ['logs-endpoint.events.file-*', 'logs-endpoint.events.process-*'],
    maxSignals: 50,
    references: ['https://example.org/archives'],
    tags: ['Domain: Endpoint', 'OS: Windows', 'Rule Type: BBR'],
    version: 12,
    author: ['Ada Example'],
    note: 'Look at the archive first.',
    setup: 'Turn on file events.',
    query: QUERY,
    threat: [{ ...EXECUTION, techniques: [{ ...USER_EXECUTION, subtechniques: [] }] }],
  },
  explorer: {
    ...common,
    description: DESCRIPTION,
    index: ['logs-endpoint.events.file-*', 'logs-endpoint.events.process-*'],
    references: ['https://example.org/archives', 'https://example.org/downloads'],
    tags: ['Domain: Endpoint', 'OS: Windows', 'Tactic: Execution'],
    falsePositives: ['Setup programs unpack and start themselves.'],
    metadata: {
      creationDate: '2023/01/09',
      updatedDate: '2026/02/03',
      integration: ['endpoint'],
      other: {},
    },
    query: QUERY,
    threat: [{ ...EXECUTION, techniques: [{ ...USER_EXECUTION, subtechniques: [] }] }],
  },
  numbered: {
    ...common,
    ...schedule,
    description:
      '10 archivers and more write a program into a download folder,\n' +
      'and the same user starts it soon after.',
    id: '5f1c9d0e-9b56-4b8b-9c6f-0d3c8f1f7a11',
    index: ['logs-endpoint.events.file-*'],
    tags: ['Domain: Endpoint'],
    author: ['Ada Example'],
    metadata: {
      creationDate: '2023/01/09',
      updatedDate: '2026/02/03',
      maturity: 'production',
      integration: ['endpoint'],
      other: {},
    },
    query: `${QUERY}\n`,
    threat: [{ ...EXECUTION, techniques: [] }],
  },
}

describe.each(Object.entries(expected))('a page of the layout "%s"', (layout, facts) => {
  const text = page(layout)
  const { rules, problems } = readRules(text, 'page.txt')

  test('says everything it can', () => {
    expect(problems).toEqual([])
    expect(rules).toMatchObject([{ ...facts, source: { format: 'page', layout, text } }])
  })

  test('is known as a rule, with any line ends', () => {
    expect(looksLikeRules(text)).toBe(true)
    const windows = readRules(text.replaceAll('\n', '\r\n'))
    expect(windows.rules[0]?.query).toBe(rules[0]?.query)
  })
})

test('the title of an older page may stand there once, with edit behind it', () => {
  const text = page('older').split('\n')
  const [name = '', description = ''] = [text[3], text[7]?.replace(/^edit/, '')]
  const rest = text.slice(8).join('\n')
  for (const head of [
    `${name}\n\nedit\n\n${description}`,
    `${name}edit\n${name}\n${name}edit\n${description}`,
  ]) {
    expect(readRules(`${head}\n${rest}`).rules).toMatchObject([{ name, description }])
  }
})

describe('what a page cannot say is assumed', () => {
  const assumedOverride = (text: string) =>
    readRules(text).rules[0]?.assumed.find(({ field }) => field === 'timestampOverride')

  test('a sequence has no timestamp override', () => {
    expect(assumedOverride(page('current'))).toEqual({
      field: 'timestampOverride',
      value: undefined,
      because: 'guess',
    })
  })

  test('single events go by the time they came in', () => {
    const single = page('reference').replace(QUERY, 'process where process.pid == 1')
    expect(assumedOverride(single)).toMatchObject({ value: 'event.ingested' })
  })

  test('a page that shows the whole file leaves nothing to guess', () => {
    expect(assumedOverride(page('numbered'))).toBeUndefined()
  })
})

describe('a page that was cut off', () => {
  test('within the query: the query as far as it goes, and the line', () => {
    const lines = page('current').split('\n')
    const at = lines.findIndex((line) => line.startsWith('process.name'))
    const { rules, problems } = readRules(lines.slice(0, at).join('\n'))
    expect(rules).toMatchObject([
      { name: common.name, riskScore: 73, query: like(/^sequence by[^]* and$/) },
    ])
    expect(problems[0]?.message).toMatch(/^The query on this page cannot be read as EQL/)
    expect(problems[0]?.line).toBe(at)
  })

  test('before the query', () => {
    const { rules, problems } = readRules(page('current').split('Triage')[0] ?? '')
    expect(rules).toMatchObject([{ version: 12, query: '' }])
    expect(problems[0]?.message).toMatch(/^No query was found on this page/)
  })

  test('before the mapping', () => {
    const { rules, problems } = readRules(page('current').split('Framework')[0] ?? '')
    expect(rules).toMatchObject([{ query: like(/\[process/), threat: [] }])
    expect(problems[0]?.message).toMatch(/^No ATT&CK mapping was found/)
  })

  test('a numbered file: the place is that on the page', () => {
    const lines = page('numbered').split('\n')
    const at = lines.findIndex((line) => line.startsWith('19'))
    lines[at] = '19risk_score ='
    const { rules, problems } = readRules(lines.join('\n'))
    expect(rules).toMatchObject([{ severity: 'high', query: `${QUERY}\n` }])
    expect(problems[0]).toMatchObject({ line: at + 1 })
  })

  test('anywhere: nothing is thrown', () => {
    const layouts = Object.keys(expected)
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (layout, part) => {
          const text = page(layout)
          const { rules, problems } = readRules(
            text.slice(0, Math.floor(text.length * part)),
          )
          return rules.length + problems.length > 0
        },
      ),
      { numRuns: 100 },
    )
  })
})

test('a comment on the one line of an older page is told', () => {
  const text = page('older').replace('[process where', '// the start\u0020[process where')
  const [rule] = readRules(text).rules
  expect(rule?.remarks[0]).toMatch(/a \/\/ comment in it hides what follows/)
})
