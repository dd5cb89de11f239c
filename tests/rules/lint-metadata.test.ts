import { describe, expect, test } from 'vitest'
import { bundledRules } from '../../src/rules/library'
import { lintMetadata } from '../../src/rules/lint-metadata'
import { readRules } from '../../src/rules/rule-file'
import {
  describeSchedule,
  missChance,
  printPeriod,
  readPeriod,
  readSchedule,
} from '../../src/rules/schedule'
import { readTomlDocument } from '../../src/rules/toml-document'
import { tacticToml, techniqueToml } from '../support/rule-toml'

const SEQUENCE =
  'sequence by host.id with maxspan=5m [file where true] [process where true]'
const RULE = {
  name: '"Fine"',
  description: '"Nothing is wrong."',
  rule_id: '"a0b57ea0-8dcb-4b4f-9a67-0b5a3f1a2f11"',
  severity: '"medium"',
  risk_score: '47',
  license: '"Apache-2.0"',
  type: '"eql"',
  language: '"eql"',
  tags: '["OS: Windows", "Tactic: Execution"]',
  from: '"now-20m"',
  interval: '"5m"',
  query: `'${SEQUENCE}'`,
}
const THREAT = `
${tacticToml('TA0002', 'Execution')}
${techniqueToml('T1059', 'Interpreter').replace('/"', '"')}
${techniqueToml('T1059.001', 'PowerShell')}`

/** `code: the text it is at` of each finding. */
function lint(changes: Partial<Record<string, string>>, threat = THREAT, metadata = '') {
  const keys = Object.entries({ ...RULE, ...changes }).filter(([, value]) => value !== '')
  const lines = keys.map(([key, value]) => `${key} = ${value}`).join('\n')
  const read = readTomlDocument(`${metadata}[rule]\n${lines}\n${threat}`)
  if ('problem' in read) throw new Error(read.problem.message)
  const { document } = read
  return lintMetadata(document).map(
    ({ code, from, to }) => `${code}: ${document.text.slice(from, to)}`,
  )
}

test('a rule in order has nothing to say to', () => {
  expect(lint({})).toEqual([])
})

test('the bundled rules: only what is known of their schedules', () => {
  const findings = bundledRules.flatMap(({ slug, tomlText }) => {
    const read = readTomlDocument(tomlText)
    if ('problem' in read) throw new Error(read.problem.message)
    return lintMetadata(read.document).map(({ code }) => `${slug} ${code}`)
  })
  expect(findings).toEqual([
    'windows/persistence_temporary_scheduled_task span-over-overlap',
  ])
})

test('a block without a placeholder, a version without a reason, a tactic of another name', () => {
  const block = '[[transform.osquery]]\nlabel = "Who"\nquery = "SELECT 1"\n'
  expect(lint({}, THREAT + block)).toEqual(['idle-block: "Who"'])
  expect(lint({ note: '"$osquery_0"' }, THREAT + block)).toEqual([])
  expect(lint({}, THREAT, '[metadata]\nmin_stack_version = "8.3.0"\n')).toEqual([
    'no-stack-comment: "8.3.0"',
  ])
  expect(lint({}, THREAT.replace('"Execution"', '"Persistence"'))).toEqual([
    'tactic-of-other-name: "Persistence"',
    'tactic-not-tagged: ["OS: Windows", "Tactic: Execution"]',
  ])
})

describe('what is doubtful is told at its place', () => {
  test.each<[string, Partial<Record<string, string>>, readonly string[]]>([
    [
      'runs that leave a gap',
      {
        from: '"now-4m"',
        query: "'any where true'",
        timestamp_override: '"event.ingested"',
      },
      ['gap-between-runs: "now-4m"'],
    ],
    [
      'runs without an overlap',
      {
        from: '"now-5m"',
        query: "'any where true'",
        timestamp_override: '"event.ingested"',
      },
      ['no-overlap: "now-5m"'],
    ],
    [
      'maxspan over the look-back',
      { from: '"now-6m"', query: `'${SEQUENCE.replace('5m', '10m')}'` },
      ['span-over-look-back: "now-6m"'],
    ],
    ['maxspan over the overlap', { from: '"now-9m"' }, ['span-over-overlap: "now-9m"']],
    [
      'a schedule left to its defaults',
      { from: '', interval: '' },
      [`span-over-overlap: '${SEQUENCE}'`],
    ],
    [
      'a missing event in a short window',
      { from: '"now-9m"', query: `'${SEQUENCE.replace('[process', '![process')}'` },
      ['missing-over-window: "now-9m"'],
    ],
    ['a rounded window', { from: '"now/d"' }, ['odd-schedule: "now/d"']],
    [
      'no maxspan',
      { query: "'sequence by host.id [file where true] [process where true]'" },
      ["no-maxspan: 'sequence by host.id [file where true] [process where true]'"],
    ],
    [
      'no join key',
      { query: "'sequence with maxspan=1m [file where true] [any where true]'" },
      ["no-join-key: 'sequence with maxspan=1m [file where true] [any where true]'"],
    ],
    [
      'single events by their own time',
      { query: "'file where true'" },
      ["no-override: 'file where true'"],
    ],
    [
      'an override that changes nothing',
      { timestamp_override: '"@timestamp"' },
      ['idle-override: "@timestamp"'],
    ],
    ['a risk score of another severity', { risk_score: '73' }, ['risk-outside-band: 73']],
    ['a severity there is not', { severity: '"urgent"' }, ['odd-severity: "urgent"']],
    ['a risk score there is not', { risk_score: '470' }, ['odd-risk-score: 470']],
    ['a sequence looked for all the time', { interval: '"1m"' }, ['busy-sequence: "1m"']],
    [
      'indices and a data view',
      { index: '["logs-*"]', data_view_id: '"v"' },
      ['index-and-view: "v"'],
    ],
    [
      'alerts joined by many fields',
      { alert_suppression: '{ group_by = ["a", "b", "c", "d"] }' },
      ['many-groups: { group_by = ["a", "b", "c", "d"] }'],
    ],
    [
      'a placeholder without a block',
      { note: '"See $osquery_0."' },
      ['unfilled-placeholder: "See $osquery_0."'],
    ],
    ['too many alerts', { max_signals: '5000' }, ['many-signals: 5000']],
    [
      'a building block that runs often',
      { building_block_type: '"default"' },
      ['busy-building-block: "now-20m"'],
    ],
    ['no tags', { tags: '[]' }, ['no-tags: []']],
    ['a tag twice', { tags: '["a", "a"]' }, ['tag-twice: ["a", "a"]']],
    [
      'a tactic that is not tagged',
      { tags: '["OS: Windows"]' },
      ['tactic-not-tagged: ["OS: Windows"]'],
    ],
    ['old tags are left alone', { tags: '["Windows"]' }, []],
    ['no licence', { license: '' }, ['no-licence: "Fine"']],
    ['no id', { rule_id: '' }, ['missing-key: "Fine"']],
  ])('%s', (_what, changes, findings) => {
    expect(lint(changes)).toEqual(findings)
  })

  test.each<[string, string, string, readonly string[]]>([
    ['an id of another kind', '"TA0002"', '"T0002"', ['odd-attack-id: "T0002"']],
    [
      'an id without its number',
      '"T1059.001"',
      '"T1059"',
      ['odd-attack-id: "T1059"', 'foreign-subtechnique: "T1059"'],
    ],
    [
      'an address of another technique',
      'techniques/T1059"',
      'techniques/T1060/"',
      ['attack-url-differs: "https://attack.mitre.org/techniques/T1060/"'],
    ],
    [
      'a sub-technique of another technique',
      'id = "T1059"\n',
      'id = "T1053"\n',
      [
        'attack-url-differs: "https://attack.mitre.org/techniques/T1059"',
        'foreign-subtechnique: "T1059.001"',
      ],
    ],
  ])('%s', (_what, old, fresh, findings) => {
    expect(THREAT).toContain(old)
    expect(lint({}, THREAT.replace(old, fresh))).toEqual(findings)
  })

  test('dates', () => {
    const odd =
      '[metadata]\ncreation_date = "2026/01/02"\nupdated_date = "2025-01-02"\n\n'
    expect(lint({}, THREAT, odd)).toEqual([
      'odd-date: "2025-01-02"',
      'updated-before-made: "2025-01-02"',
    ])
  })
})

test('the remedy names a look-back that is enough', () => {
  const read = readTomlDocument(
    `[rule]\nname = "x"\nfrom = "now-9m"\nquery = '${SEQUENCE}'\n`,
  )
  const [finding] = 'document' in read ? lintMetadata(read.document) : []
  expect(finding?.message).toContain('in 20 % of cases')
  expect(finding?.remedy).toContain('at least now-10m')
})

// interval, look-back, span => share of phases in which it is missed (rules.md 3.6)
test.each([
  ['5m', '9m', '4m', 0],
  ['5m', '9m', '5m', 0.2],
  ['5m', '9m', '9m', 1],
  ['5m', '6m', '10m', 1],
  ['60m', '119m', '89m', 0.5],
])('every %s over %s: of %s, %d are missed', (interval, lookBack, span, share) => {
  const ms = (text: string) => readPeriod(text) ?? NaN
  const schedule = { interval: ms(interval), lookBack: ms(lookBack), overlap: 0 }
  expect(missChance(schedule, ms(span))).toBeCloseTo(share)
})

// from, interval => words
test.each([
  [
    'now-9m',
    '5m',
    'Runs every 5 minutes over the last 9 minutes, 4 minutes of which the run before saw too.',
  ],
  ['now-1h', '1h', 'Runs every 1 hour over the last 1 hour, each event once.'],
  [
    'now-90s',
    '2m',
    'Runs every 2 minutes over the last 90 seconds, with 30 seconds between that no run sees.',
  ],
])('from %s every %s', (from, interval, words) => {
  const [rule] = readRules(
    JSON.stringify({ name: 'x', query: 'y', from, interval }),
  ).rules
  expect(describeSchedule(readSchedule(rule!)!)).toBe(words)
})

test.each(['90s', '5m', '2h', '1d', '0ms', '1500ms'])(
  '%s is printed as it was read',
  (text) => {
    expect(printPeriod(readPeriod(text) ?? NaN)).toBe(text)
  },
)
