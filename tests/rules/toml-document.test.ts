import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffTexts } from '../../src/rules/text-diff'
import {
  readTomlDocument,
  removeKey,
  setValue,
  spanOf,
  valueAt,
  type TomlDocument,
} from '../../src/rules/toml-document'
import type { TomlPath } from '../../src/rules/toml-nodes'

const FILE = `# Kept by the night shift.
[metadata]
maturity = "production" # since spring
creation_date = '2024/01/07'

[rule]
  name = "Odd child"   # indented on purpose
risk_score = 0x2F
zeta_unknown = { b = 1, a = [true, false] }
description = """
Two lines,
one "quoted".
"""
tags = [
  "Domain: Endpoint", # the first
  'OS: Windows',
]
index = ["logs-*", "winlogbeat-*"]
query = '''
process where process.name : "C:\\\\*"
'''

# The tactic comes before its techniques here.
[[rule.threat]]
framework = "MITRE ATT&CK"
  [rule.threat.tactic]
  id = "TA0002"

[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1059"

[rule.filters.query."process.name"]
value = "x"
`

function open(text: string): TomlDocument {
  const read = readTomlDocument(text)
  if ('problem' in read) throw new Error(read.problem.message)
  return read.document
}
const document = open(FILE)

/** The lines an edit took away and those it put there. */
const change = ({ text }: TomlDocument, before = FILE): readonly string[] =>
  diffTexts(before, text)
    .filter(({ kind }) => kind !== 'same')
    .map(
      ({ kind, parts }) =>
        (kind === 'added' ? '+' : '-') + parts.map((p) => p.text).join(''),
    )

describe('an edit changes the lines of its value alone', () => {
  // path, new value => lines
  test.each<[TomlPath, unknown, readonly string[]]>([
    [
      ['metadata', 'maturity'],
      'beta',
      ['-maturity = "production" # since spring', '+maturity = "beta" # since spring'],
    ],
    [
      ['metadata', 'creation_date'],
      '2025/01/01',
      ["-creation_date = '2024/01/07'", "+creation_date = '2025/01/01'"],
    ],
    [
      ['metadata', 'creation_date'],
      "it's",
      ["-creation_date = '2024/01/07'", '+creation_date = "it\'s"'],
    ],
    [['rule', 'risk_score'], 73, ['-risk_score = 0x2F', '+risk_score = 73']],
    [
      ['rule', 'name'],
      'Odd',
      [
        '-  name = "Odd child"   # indented on purpose',
        '+  name = "Odd"   # indented on purpose',
      ],
    ],
    [
      ['rule', 'description'],
      'Two lines,\nno "quote"\n',
      ['-one "quoted".', '+no "quote"'],
    ],
    [
      ['rule', 'query'],
      'process where process.name : "C:\\\\*"\n  and true\n',
      ['+  and true'],
    ],
    [
      ['rule', 'tags', 0],
      'Domain: Cloud',
      ['-  "Domain: Endpoint", # the first', '+  "Domain: Cloud", # the first'],
    ],
    [
      ['rule', 'tags'],
      ['Domain: Endpoint', 'OS: Windows', 'Tactic: Execution'],
      ['+  "Tactic: Execution",'],
    ],
    [
      ['rule', 'index'],
      ['winlogbeat-*'],
      ['-index = ["logs-*", "winlogbeat-*"]', '+index = ["winlogbeat-*"]'],
    ],
    [['rule', 'index'], [], ['-index = ["logs-*", "winlogbeat-*"]', '+index = []']],
    [
      ['rule', 'zeta_unknown', 'b'],
      2,
      [
        '-zeta_unknown = { b = 1, a = [true, false] }',
        '+zeta_unknown = { b = 2, a = [true, false] }',
      ],
    ],
    [
      ['rule', 'zeta_unknown', 'c'],
      'new',
      [
        '-zeta_unknown = { b = 1, a = [true, false] }',
        '+zeta_unknown = { b = 1, a = [true, false], c = "new" }',
      ],
    ],
    [
      ['rule', 'threat', 0, 'tactic', 'id'],
      'TA0003',
      ['-  id = "TA0002"', '+  id = "TA0003"'],
    ],
    [['rule', 'threat', 1, 'technique', 0, 'name'], 'Shell', ['+name = "Shell"']],
    [['rule', 'interval'], '5m', ['+interval = "5m"']],
    [
      ['rule', 'filters', 'query', 'process.name', 'value'],
      'y',
      ['-value = "x"', '+value = "y"'],
    ],
    [
      ['transform', 'osquery'],
      [{ label: 'a' }],
      ['+', '+[[transform.osquery]]', '+label = "a"'],
    ],
    [['rule', 'name'], undefined, ['-  name = "Odd child"   # indented on purpose']],
  ])('%j = %j', (path, value, lines) => {
    const edited = setValue(document, path, value)
    expect(change(edited)).toEqual(lines)
    expect(valueAt(edited, path)).toEqual(value)
  })

  test('a value that stays changes nothing', () => {
    for (const path of [
      ['rule', 'risk_score'],
      ['rule', 'tags'],
      ['rule', 'threat'],
      ['rule'],
    ]) {
      expect(setValue(document, path, valueAt(document, path)).text).toBe(FILE)
    }
  })

  test('the line ends and the byte order mark of the file are kept', () => {
    const windows = '\uFEFF' + FILE.replaceAll('\n', '\r\n')
    const edited = setValue(open(windows), ['rule', 'query'], 'any where\n  true\n')
    expect(edited.text).toContain("query = '''\r\nany where\r\n  true\r\n'''\r\n")
    expect(edited.text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(valueAt(edited, ['rule', 'query'])).toBe('any where\n  true\n')
  })
})

describe('tables', () => {
  const threats = valueAt(document, ['rule', 'threat']) as readonly unknown[]

  test('one more entry comes behind the last', () => {
    const fresh = { framework: 'MITRE ATT&CK', tactic: { id: 'TA0001' } }
    const edited = setValue(document, ['rule', 'threat'], [...threats, fresh])
    expect(change(edited)).toEqual([
      '+[[rule.threat]]',
      '+framework = "MITRE ATT&CK"',
      '+',
      '+[rule.threat.tactic]',
      '+id = "TA0001"',
      '+',
    ])
    expect(setValue(edited, ['rule', 'threat'], threats).text).toBe(FILE)
  })

  test('one entry less takes its tables, and leaves the comments of others', () => {
    const edited = removeKey(document, ['rule', 'threat', 1])
    expect(change(edited)).toEqual([
      '-[[rule.threat]]',
      '-framework = "MITRE ATT&CK"',
      '-[[rule.threat.technique]]',
      '-id = "T1059"',
      '-',
    ])
    expect(valueAt(edited, ['rule', 'threat'])).toEqual(threats.slice(0, 1))
  })

  test('a key of a table that is not there makes it', () => {
    const edited = setValue(open('[rule]\nname = "x"'), ['metadata', 'maturity'], 'beta')
    expect(edited.text).toBe('[rule]\nname = "x"\n\n[metadata]\nmaturity = "beta"\n')
  })
})

test('a span is where the value stands', () => {
  const at = (path: TomlPath) => {
    const { from, to } = spanOf(document, path)!
    return FILE.slice(from, to)
  }
  expect(at(['rule', 'risk_score'])).toBe('0x2F')
  expect(at(['rule', 'tags', 1])).toBe("'OS: Windows'")
  expect(at(['rule', 'threat', 1])).toBe('[[rule.threat]]')
  expect(at(['rule', 'zeta_unknown', 'a', 0])).toBe('true')
  expect(spanOf(document, ['rule', 'nowhere'])).toBeUndefined()
})

test('what is no TOML is told with its place', () => {
  expect(readTomlDocument('[rule]\nname = \n')).toMatchObject({ problem: { line: 2 } })
})

describe('laws', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      ...['a', ' ', '"', "'", '\\', '\n', '\t', '#', '=', ']', '\u0001', 'é', '😀'],
    ),
    maxLength: 12,
  })
  const scalar = fc.oneof(text, fc.integer(), fc.boolean())
  const paths: readonly TomlPath[] = [
    ['rule', 'query'],
    ['rule', 'description'],
    ['rule', 'name'],
    ['metadata', 'creation_date'],
    ['rule', 'tags', 1],
    ['rule', 'new key'],
    ['rule', 'zeta_unknown', 'b'],
  ]

  test('what was set is there, and the rest of the file stays', () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), scalar, (path, value) => {
        const edited = setValue(document, path, value)
        expect(valueAt(edited, path)).toEqual(value)
        const others = paths.filter((each) => each !== path)
        for (const other of others) {
          expect(valueAt(edited, other)).toEqual(valueAt(document, other))
        }
        for (const [comment] of FILE.matchAll(/#.*$/gm)) {
          expect(edited.text).toContain(comment)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('a list becomes any other', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 5 }),
        fc.array(text, { maxLength: 5 }),
        (one, other) => {
          const before = setValue(document, ['rule', 'tags'], one)
          expect(
            valueAt(setValue(before, ['rule', 'tags'], other), ['rule', 'tags']),
          ).toEqual(other)
        },
      ),
      { numRuns: 200 },
    )
  })
})
