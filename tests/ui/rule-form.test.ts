import { describe, expect, test } from 'vitest'
import { LIST_FIELDS, OPTIONAL_FIELDS } from '../../src/rules/rule-fields'
import { readRules } from '../../src/rules/rule-file'
import { diffTexts } from '../../src/rules/text-diff'
import { valueAt } from '../../src/rules/toml-document'
import { groupsOf, type FieldKind } from '../../src/ui/rule/form-fields'
import { printField, readField } from '../../src/ui/rule/form-values'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import {
  documentOf,
  pathOf,
  writeField,
  writeValue,
} from '../../src/ui/state/rule-source'
import { tacticToml, techniqueToml } from '../support/rule-toml'

const fields = groupsOf(false).flatMap((group) => group.fields)
const plain = (key: string) =>
  fields.find((each) => each.key === key) as FieldKind | undefined

describe('what is typed', () => {
  test.each<[key: string, typed: string, value: unknown]>([
    ['tags', ' a \n\nb', ['a', 'b']],
    ['tags', ' \n', undefined],
    ['risk_score', '47', 47],
    ['interval', ' 5m ', '5m'],
    ['interval', '', undefined],
    ['note', '## A\n\ntext\n', '## A\n\ntext\n'],
    ['enabled', 'false', false],
    ['severity', 'high', 'high'],
    ['investigation_fields', 'host.id', { field_names: ['host.id'] }],
    ['filters', '[{"meta": {"negate": true}}]', [{ meta: { negate: true } }]],
  ])('%s as %j is %j', (key, typed, value) => {
    const field = plain(key)!
    expect(readField(field, typed, undefined)).toEqual({ ok: true, value })
    const again = readField(field, printField(field, value), value)
    expect(again).toEqual({ ok: true, value })
  })

  test.each([
    ['risk_score', 'many', /number/],
    ['filters', '[{', /JSON/],
    ['filters', '"a"', /list or an object/],
    ['actions', '[{"id": null}]', /null/],
  ])('%s as %j is refused', (key, typed, problem) => {
    const read = readField(plain(key)!, typed, undefined)
    expect(read.ok ? '' : read.problem).toMatch(problem)
  })

  test('an item on several lines stays one, as it is written', () => {
    const field = plain('false_positives')!
    const old = ['Scanners of\n    the network.\n', 'Backups']
    const shown = printField(field, old)
    expect(shown).toBe('Scanners of the network.\nBackups')
    expect(readField(field, `${shown}\nUpdates`, old)).toMatchObject({
      value: [...old, 'Updates'],
    })
  })

  test('one package stays the text it was; the other keys of an object stay', () => {
    const integration = plain('metadata.integration')!
    expect(readField(integration, 'windows', 'endpoint')).toMatchObject({
      value: 'windows',
    })
    expect(readField(integration, 'a\nb', 'endpoint')).toMatchObject({
      value: ['a', 'b'],
    })
    const old = { field_names: ['a'], other: 1 }
    expect(readField(plain('investigation_fields')!, 'b', old)).toMatchObject({
      value: { field_names: ['b'], other: 1 },
    })
  })
})

const TOML = `# kept
[metadata]
maturity = "production" # since spring

[rule]
name = "Shell from a lock"   # why it is named so
zeta = { b = 1 }
query = '''
process where process.name == "sh"
'''

${tacticToml('TA0002', 'Execution', ' # the first')}
${techniqueToml('T1059', 'Interpreter')}
${tacticToml('TA0003', 'Persistence', ' # the second')}`
const runs = { edit: () => undefined, runNow: () => undefined }
const open = (text = TOML) => new OpenRule(readRules(text).rules[0]!)
const added = (before: string, after: string) =>
  diffTexts(before, after).filter(({ kind }) => kind !== 'same')

const VALUES: Readonly<Record<string, unknown>> = {
  threat: [{ framework: 'MITRE ATT&CK', tactic: { id: 'TA0040', name: 'Impact' } }],
  alert_suppression: {
    group_by: ['host.id'],
    duration: { value: 5, unit: 'm' },
    missing_fields_strategy: 'suppress',
  },
}
const valueFor = (field: (typeof fields)[number]): unknown => {
  if (field.key in VALUES) return VALUES[field.key]
  switch (field.kind) {
    case 'rows':
      return [
        Object.fromEntries(field.columns.map((column) => [column.key, sampleOf(column)])),
      ]
    case 'threat':
    case 'suppression':
      return undefined
    default:
      return sampleOf(field)
  }
}
const sampleOf = (field: FieldKind): unknown => {
  const typed = {
    ...{ line: 'a', text: 'a\nb', lines: 'a\nb', number: '7', switch: 'true' },
    ...{ json: '[{"a": [{"b": 1}]}]', choice: 'default' },
  }[field.kind]
  const read = readField(field, typed, undefined)
  return read.ok ? read.value : undefined
}

describe('the form', () => {
  test('has every field that a rule has', () => {
    const keys = [...Object.values(LIST_FIELDS), ...Object.values(OPTIONAL_FIELDS)]
      .map(({ key }) => key)
      // What makes it an EQL rule, and what Kibana counts itself.
      .filter((key) => key !== 'type' && key !== 'revision')
    const inForm = new Set(fields.map(({ key }) => key))
    expect(keys.filter((key) => !inForm.has(key))).toEqual([])
  })

  test.each(
    fields
      .filter(({ key }) => key !== 'name')
      .map((field) => [field.key, field] as const),
  )('sets %s and takes it away, and nothing else', (key, field) => {
    const rule = open()
    const old = valueAt(documentOf(rule), pathOf(rule, key))
    const value = valueFor(field)
    writeField(runs, rule, key, value)
    const written = documentOf(rule)
    expect(valueAt(written, pathOf(rule, key))).toEqual(value)
    for (const line of ['# kept', '# why it is named so', 'zeta = { b = 1 }'])
      expect(written.text).toContain(line)
    if (old === undefined)
      expect(added(TOML, written.text).every(({ kind }) => kind === 'added')).toBe(true)
    writeField(runs, rule, key, old)
    expect(valueAt(documentOf(rule), pathOf(rule, key))).toEqual(old)
    expect(rule.rule).toMatchObject({ name: 'Shell from a lock' })
  })
})

describe('the tree of ATT&CK', () => {
  const THREAT = ['rule', 'threat'] as const
  const T1 = {
    id: 'T1053',
    name: 'Task',
    reference: 'https://attack.mitre.org/techniques/T1053/',
  }

  test('grows and shrinks in its own places', () => {
    const rule = open()
    const write = (path: readonly (string | number)[], value: unknown) =>
      writeValue(runs, rule, [...THREAT, ...path], value)
    write([0, 'technique', 1], T1)
    write([1, 'technique', 0], T1)
    write([0, 'technique', 0, 'subtechnique', 0], { ...T1, id: 'T1059.004' })
    expect(
      rule.rule.threat.map(({ tactic, techniques }) => [
        tactic.id,
        ...techniques.map(({ id, subtechniques }) =>
          [id, ...subtechniques.map((sub) => sub.id)].join(' > '),
        ),
      ]),
    ).toEqual([
      ['TA0002', 'T1059 > T1059.004', 'T1053'],
      ['TA0003', 'T1053'],
    ])
    expect(added(TOML, documentOf(rule).text).every(({ kind }) => kind === 'added')).toBe(
      true,
    )
    write([0, 'technique', 0, 'subtechnique', 0], undefined)
    write([0, 'technique', 1], undefined)
    write([1, 'technique', 0], undefined)
    expect(documentOf(rule).text.replace(/\n+/g, '\n')).toBe(TOML.replace(/\n+/g, '\n'))
  })

  test('of a rule of the endpoint stands beside the rule', () => {
    const text =
      '[rule]\nid = "e"\nname = "E"\nos_list = ["linux"]\nversion = "1"\nquery = "any where true"\n\n' +
      '[[actions]]\naction = "kill_process"\nfield = "process.entity_id"\nstate = 0\n'
    const rule = open(text)
    writeField(runs, rule, 'threat', [{ framework: 'MITRE ATT&CK', tactic: T1 }])
    writeValue(runs, rule, [...pathOf(rule, 'threat'), 0, 'technique', 0], T1)
    const { text: written } = documentOf(rule)
    expect(written.startsWith(text)).toBe(true)
    expect(written).toContain('[[threat.technique]]')
    expect(rule.rule.threat[0]?.techniques.map(({ id }) => id)).toEqual(['T1053'])
    writeField(runs, rule, 'threat', undefined)
    expect(documentOf(rule).text.trimEnd()).toBe(text.trimEnd())
  })

  test('what is taken away leaves the comments of what stays', () => {
    const rule = open()
    writeValue(runs, rule, [...THREAT, 0], undefined)
    const { text } = documentOf(rule)
    expect(text).toContain('# the second')
    expect(text).not.toContain('# the first')
    expect(rule.rule.threat.map(({ tactic }) => tactic.id)).toEqual(['TA0003'])
    writeValue(runs, rule, [...THREAT, 1], { framework: 'MITRE ATT&CK', tactic: T1 })
    expect(rule.rule.threat).toHaveLength(2)
  })
})
