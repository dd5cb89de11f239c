import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileRule } from '../../src/engine/compile'
import { LeafCache } from '../../src/engine/leaf-cache'
import { runToEnd } from '../../src/engine/run'
import { fitRule, type StepFit } from '../../src/explain/data-fit'
import { splitByIndex } from '../../src/explain/event-indices'
import { makeIndexTest } from '../../src/explain/index-patterns'
import { checkQuery } from '../../src/language/check'
import { parseQuery } from '../../src/language/parse'
import { checkDrawnRules } from '../engine/drawn-rules'
import { drawTable, type DrawnTable } from '../support/text-table'

/** `step category: field have/of …. Findings` of each step, behind the sentence on all. */
function printFit({ table, schema }: DrawnTable, text: string): string {
  const { query } = parseQuery(text)
  if (!query) throw new Error(`not parsed: ${text}`)
  const fields = { categoryField: 'event.category', timestampField: '@timestamp' }
  const isSound = checkQuery(query, schema, fields).every(
    ({ severity }) => severity !== 'error',
  )
  const context = { table, schema, now: 0, leaves: new LeafCache(), ...fields }
  const rule = isSound ? compileRule(query, context, fields) : undefined
  const order = table.order(fields, schema)
  const loaded = { ...context, active: table.active, order }
  const { steps, sentence } = runToEnd(fitRule(query, rule, loaded))
  return [sentence, ...steps.map(printStep)].join(' | ')
}

const printStep = ({
  step,
  role,
  category,
  events,
  fields,
  findings,
}: StepFit): string => {
  const name = role === 'step' ? String(step) : role
  const counts = fields.map(
    (field) =>
      `${field.use === 'condition' ? '' : `${field.use} `}${field.name} ${field.events}/${events}`,
  )
  return [`${name} ${category ?? 'any'}: ${counts.join(', ')}`, ...findings].join('; ')
}

test('how well drawn events fit rules', () => {
  checkDrawnRules(join(import.meta.dirname, 'data-fit.txt'), printFit)
})

describe('index patterns', () => {
  const cases: readonly [patterns: string, index: string, covered: boolean][] = [
    ['logs-*', 'logs-endpoint.events.process-default', true],
    ['logs-*', 'my-logs-a', false],
    ['logs-endpoint.events.*', 'logs-endpointXevents.file-default', false],
    ['winlogbeat-*, -winlogbeat-7*', 'winlogbeat-8.18.0', true],
    ['winlogbeat-*, -winlogbeat-7*', 'winlogbeat-7.17.0', false],
    ['-winlogbeat-7*, winlogbeat-*', 'winlogbeat-7.17.0', true],
    ['emea:logs-*', 'logs-system.security-default', true],
    ['*:logs-*', 'apac:logs-system.security-default', true],
    ['*:-logs-system*', 'logs-system.security-default', false],
    ['logs-windows.*', '.ds-logs-windows.sysmon_operational-lab-2026.01.05-000003', true],
    ['logs-windows.*', 'partial-.ds-logs-windows.powershell-lab-2026.01.05-000003', true],
    ['.alerts-security.*', '.internal.alerts-security.alerts-default-000001', true],
    ['auditbeat-*, ', 'auditbeat-8.1', true],
    ['', 'auditbeat-8.1', false],
  ]
  test.each(cases)('%s and %s: %s', (patterns, index, covered) => {
    expect(makeIndexTest(patterns.split(', '))(index)).toBe(covered)
  })
})

describe('where an event would be', () => {
  const { table } = drawTable(`
    row  _index  data_stream.dataset  data_stream.namespace  event.dataset  winlog.channel
    1    my-own  endpoint.events.file  -     -                  -
    2    -       endpoint.events.file  lab   -                  -
    3    -       -                     -     system.security    -
    4    -       -                     -     -                  Security
    5    -       -                     -     -                  Microsoft-Windows-Sysmon/Operational
    6    -       -                     -     -                  -
  `)
  const idsOf = (...patterns: string[]) => {
    const split = runToEnd(splitByIndex(table, patterns))
    const ids = (rows: { rows(): readonly number[] }) =>
      rows
        .rows()
        .map((row) => table.id(row))
        .join('')
    return `${ids(split.inside)} | ${ids(split.outside)} | ${ids(split.unknown)}`
  }
  const cases: readonly [patterns: string, split: string][] = [
    ['my-*', '1 | 2345 | 6'],
    ['logs-endpoint.events.*', '2 | 1345 | 6'],
    ['logs-*-lab', '2 | 1345 | 6'],
    ['logs-system.security-default', '34 | 125 | 6'],
    ['winlogbeat-*', '45 | 123 | 6'],
    ['logs-*', '2345 | 1 | 6'],
    ['logs-windows.sysmon_operational-*', '5 | 1234 | 6'],
  ]
  test.each(cases)('%s', (patterns, split) => {
    expect(idsOf(patterns)).toBe(split)
  })
})
