import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeRules, readRules } from '../../src/rules/rule-file'

const sample = (name: string) =>
  readFileSync(join(import.meta.dirname, 'samples', name), 'utf8')

describe('detection-rules TOML', () => {
  const text = sample('detection-rule.toml')
  const { rules, problems } = readRules(text)

  test('every fact arrives', () => {
    expect(problems).toEqual([])
    expect(rules).toMatchObject([
      {
        id: '6e2f9f5b-93c3-4c57-8a4c-1a7c4c0c2f10',
        name: 'Two Places at Once',
        query:
          'sequence by user.id with maxspan=1m\n' +
          '  [authentication where source.ip != null]\n' +
          '  [authentication where source.ip != null]\n',
        language: 'eql',
        description: 'Two logons of one account,\nfrom two places.',
        severity: 'high',
        riskScore: 73,
        index: ['logs-system.security*', 'winlogbeat-*'],
        interval: '10m',
        from: 'now-20m',
        maxSignals: 33,
        tags: ['Domain: Endpoint'],
        author: ['Ada Example', 'Elastic'],
        license: 'MIT',
        references: [],
        falsePositives: [],
        timestampOverride: 'event.ingested',
        tiebreakerField: 'event.sequence',
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: {
              id: 'TA0001',
              name: 'Initial Access',
              reference: 'https://attack.mitre.org/tactics/TA0001/',
            },
            techniques: [
              {
                id: 'T1078',
                name: 'Valid Accounts',
                reference: 'https://attack.mitre.org/techniques/T1078/',
                subtechniques: [
                  {
                    id: 'T1078.002',
                    name: 'Domain Accounts',
                    reference: 'https://attack.mitre.org/techniques/T1078/002/',
                  },
                ],
              },
            ],
          },
        ],
        source: { format: 'toml', text },
      },
    ])
  })

  test('with CRLF and a byte order mark it is the same rule', () => {
    const windows = '\uFEFF' + text.replaceAll('\n', '\r\n')
    const read = readRules(windows)
    const [rule] = rules
    expect(read.problems).toEqual(problems)
    expect(read.rules).toEqual([{ ...rule, source: { format: 'toml', text: windows } }])
  })

  test('a mistake is told with its place, and the rest is kept', () => {
    const broken = text.replace('risk_score = 73', 'risk_score = ')
    const line = text.split('\n').indexOf('risk_score = 73') + 1
    const { rules: kept, problems: told } = readRules(broken)
    expect(kept).toMatchObject([{ name: 'Two Places at Once', interval: '10m' }])
    expect(kept[0]).not.toHaveProperty('riskScore')
    expect(told).toMatchObject([{ line }])
    expect(told[0]?.message).toMatch(/^This is not valid TOML: /)
  })

  test('several files in one text are several rules', () => {
    const other = text.replace('Two Places at Once', 'Another').replace('= 73', '=')
    const { rules: both, problems: told } = readRules(text + other)
    expect(both.map(({ name, source }) => [name, source.text])).toEqual([
      ['Two Places at Once', expect.stringContaining('= 73')],
      ['Another', other],
    ])
    const lines = text.split('\n').length - 1
    expect(told).toMatchObject([
      { line: lines + other.split('\n').indexOf('risk_score =') + 1 },
    ])
  })

  test('an exception list is no rule', () => {
    const list = '[metadata]\nlist_name = "Ours"\n\n[[exceptions]]\nname = "x"\n'
    expect(readRules(list).problems[0]?.message).toMatch(/^This file holds an exception/)
  })

  test('a rule without a query is listed, and said to have none', () => {
    const mute = readRules('[rule]\nname = "Mute"\ntype = "eql"\nrule_id = "m"\n')
    expect(mute.rules).toMatchObject([{ id: 'm', query: '' }])
    expect(mute.problems).toMatchObject([
      { message: 'The rule "Mute" has no query, so it cannot be run.' },
    ])
  })
})

describe('JSON and NDJSON', () => {
  test('a Kibana export: rules of every language, each with its own text', () => {
    const text = sample('kibana-export.ndjson')
    const { rules, problems } = readRules(text)
    expect(rules).toMatchObject([
      {
        id: 'r-word',
        language: 'eql',
        version: 3,
        references: ['https://example.org/word'],
      },
      { id: 'r-count', language: 'kuery', severity: 'low' },
    ])
    expect(rules.map((rule) => rule.source)).toEqual(
      text
        .split('\n')
        .slice(0, 2)
        .map((line) => ({ format: 'ndjson', text: line })),
    )
    expect(problems.map((problem) => problem.message)).toEqual([
      'No rule of this export names the exception list "Known good", so it is not applied.',
    ])
  })

  test('a cut export: what is whole is read, the rest is told by line', () => {
    const lines = sample('kibana-export.ndjson').split('\n')
    lines[1] = (lines[1] ?? '').slice(0, 60)
    const { rules, problems } = readRules(lines.join('\n'))
    expect(rules.map((rule) => rule.id)).toEqual(['r-word'])
    expect(problems).toMatchObject([
      { line: 2 },
      { message: 'The export says that it holds 2 rules, but 1 could be read.' },
      {},
    ])
  })

  test('an export that was cut within a query: the query is read as far as it goes', () => {
    const [line = ''] = sample('kibana-export.ndjson').split('\n')
    const { rules, problems } = readRules(`${line}\n${line.slice(0, -20)}`)
    expect(rules.map(({ query }) => query)).toEqual([
      'process where process.parent.name : "winword.exe"',
      'process where process.parent.name',
    ])
    expect(problems).toEqual([
      { line: 2, message: 'This line was cut off; what is left of it was read.' },
    ])
  })

  test('a find answer that was cut: the whole rules in it are read', () => {
    const text = sample('find-answer.json')
    const { rules, problems } = readRules(text.slice(0, text.length - 40))
    expect(rules.map(({ id }) => id)).toEqual(['one', 'two'])
    expect(problems[0]?.message).toMatch(/^This is not valid JSON/)
    expect(problems[0]?.line).toBe(text.slice(0, -40).split('\n').length)
  })

  test('one rule as the API writes it; the id is made from the name', () => {
    const text = sample('api-rule.json')
    expect(readRules(text).rules).toMatchObject([
      {
        id: 'script-host-on-the-network',
        eventCategoryOverride: 'event.type',
        source: { format: 'json', text },
      },
    ])
  })

  test.each([
    ['find-answer.json', ['one', 'two']],
    ['search-answer.json', ['packed']],
  ])('%s is unwrapped', (name, ids) => {
    const { rules, problems } = readRules(sample(name))
    expect(rules.map((rule) => rule.id)).toEqual(ids)
    expect(problems).toEqual([])
  })

  test('equal ids in one file are told apart', () => {
    const rule = { name: 'Twin', rule_id: 't', query: 'any where true' }
    const { rules } = readRules(JSON.stringify([rule, rule, rule]))
    expect(rules.map(({ id }) => id)).toEqual(['t', 't-2', 't-3'])
  })

  test('JSON that holds no rule says so', () => {
    expect(readRules('{"a": 1}').problems).toHaveLength(1)
    expect(readRules('[]').problems).toHaveLength(1)
    expect(readRules('{"a": ').problems[0]?.message).toMatch(/^This is not valid JSON/)
  })

  test('a field of the wrong type is left out', () => {
    const odd = { name: 'Odd', query: 'any where true', tags: 'one', version: '7' }
    const [rule] = readRules(JSON.stringify({ ...odd, severity: 'awful' })).rules
    expect(rule).toMatchObject({ tags: ['one'] })
    expect(rule).not.toHaveProperty('version')
    expect(rule).not.toHaveProperty('severity')
  })
})

describe('bare EQL', () => {
  test('title, tags and why come from the comments, which stay in the query', () => {
    const text = sample('drop-and-run.eql')
    expect(readRules(text, 'other.eql').rules).toMatchObject([
      {
        id: 'drop-and-run',
        name: 'Drop and run',
        tags: ['demo', 'Windows'],
        description: 'a file is written and started',
        query: text,
        language: 'eql',
      },
    ])
  })

  test('a step on a line of its own is not taken for a table', () => {
    const { rules } = readRules('sequence\n[rule where true]\n[any where true]')
    expect(rules).toMatchObject([{ source: { format: 'eql' } }])
  })

  test('several queries in one text are several rules', () => {
    const { rules } = readRules(
      '// title: One\nprocess where true\n\n// title: Two\nsequence\n\n  [file where true]\n  [any where true]\n',
    )
    expect(rules.map(({ name, query }) => [name, query.split('\n').length])).toEqual([
      ['One', 2],
      ['Two', 5],
    ])
  })

  test('one query with empty lines in it is one, and so is one with a mistake', () => {
    expect(
      readRules('sequence\n\n[file where true]\n\n[any where true]').rules,
    ).toHaveLength(1)
    expect(readRules('process where\n\nfile where true').rules).toHaveLength(1)
  })

  test('without a title the file gives the name', () => {
    const { rules } = readRules('process where true', 'hunts/odd_shell.eql')
    expect(rules).toMatchObject([{ name: 'odd_shell', id: 'odd-shell' }])
  })
})

test.each([
  ['', 'The file is empty: there is no rule in it.'],
  ['  \n', 'The file is empty: there is no rule in it.'],
  ['PNG not really', /^No rule was recognised/],
  ['name,severity\nx,low\n', /^No rule was recognised/],
])('%j is no rule file', (text, message) => {
  const { rules, problems } = readRules(text)
  expect(rules).toEqual([])
  expect(problems).toHaveLength(1)
  expect(problems[0]?.message).toMatch(message)
})

// head of a file => rules?
test.each<[string, string, boolean]>([
  ['TOML', '# ours\n\n[metadata]\nmaturity = "production"', true],
  ['TOML with the rule table first', '[rule]\nname = "x"', true],
  ['a sequence', 'sequence by host.id\n  [', true],
  ['a sample', '/* two */ sample by host.id [any where true]', true],
  ['an event query', '// hunt\nprocess where process.name == "x"', true],
  ['a nested comment', '/* a /* b */ c */ any where true', true],
  [
    'a step that begins a line',
    'sequence\n  [rule where true]\n  [any where true]',
    true,
  ],
  ['a quoted category', '"my events" where true', true],
  ['an API rule, cut', '{"name":"x","type":"eql","risk_score":47,"query":"proc', true],
  ['a find answer, cut', '{"page":1,"data":[{"name":"x","rule_id":"a","type":"eq', true],
  ['an empty export', '{"exported_count":0,"exported_rules_count":0}', true],
  ['ECS', '{"@timestamp":"2025-01-01T00:00:00Z","event":{"category":"process"}}', false],
  ['an alert', '{"@timestamp":"2025-01-01","rule":{"name":"x","rule_id":"y"}}', false],
  ['dotted alert', '{"kibana.alert.rule.name":"x","@timestamp":"2025-01-01"}', false],
  [
    'an event named rule',
    '{"rule":{"name":"tcp","id":"7"},"event":{"type":"info"}}',
    false,
  ],
  ['a search answer', '{"hits":{"hits":[{"_source":{"@timestamp":"2025"', false],
  ['a mapping', '{"mappings":{"properties":{"name":{"type":"keyword"}}}}', false],
  ['an array of events', '[\n  {"@timestamp": "2025-01-01"}', false],
  ['CSV', 'name,query,rule_id\n', false],
  ['XML', '<Events><Event/></Events>', false],
  ['a log', 'type=SYSCALL msg=audit(1): arch=c000003e', false],
  ['nothing', '', false],
])('%s looks like rules: %#', (_what, head, expected) => {
  expect(looksLikeRules(head)).toBe(expected)
})

test('text in strings is not mistaken for keys', () => {
  const event = { message: '{"name":"x","query":"y","type":"eql","risk_score":1}' }
  expect(looksLikeRules(JSON.stringify(event))).toBe(false)
})

test('our rules look like rules wherever they are cut, our events never do', () => {
  const files = [
    ['rule.toml', true],
    ['events.ndjson', false],
  ] as const
  for (const [file, expected] of files) {
    const path = join(
      import.meta.dirname,
      '../../rules/windows/persistence_scheduled_job',
    )
    const text = readFileSync(join(path, file), 'utf8')
    for (const length of [400, 1000, 4096, text.length]) {
      expect(looksLikeRules(text.slice(0, length))).toBe(expected)
    }
  }
})

test('no text makes the reader throw', () => {
  const pieces = fc.constantFrom(
    ...['{', '}', '[', ']', '"', '\\', ':', ',', '\n', 'rule', '[rule]', '='],
    ...[
      "'''",
      'name',
      'query',
      ' where ',
      'sequence',
      '//',
      '/*',
      '*/',
      '__proto__',
      '1',
    ],
  )
  const text = fc.array(pieces, { maxLength: 30 }).map((list) => list.join(''))
  fc.assert(
    fc.property(text, (written) => {
      const { rules, problems } = readRules(written)
      return (
        rules.length + problems.length > 0 && typeof looksLikeRules(written) === 'boolean'
      )
    }),
    { numRuns: 300 },
  )
})
