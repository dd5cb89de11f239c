import fc from 'fast-check'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import {
  auditExclusions,
  rowsOfExclusion,
  type Exclusion,
} from '../../src/explain/exclusion-audit'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'

function audit(drawn: DrawnTable, text: string): readonly Exclusion[] {
  const { query, rule, context } = bindRule(drawn, text)
  return runToEnd(auditExclusions(query, rule, context, context.table.active))
}

function printAudit(drawn: DrawnTable, text: string): string {
  const told = audit(drawn, text).map(
    ({ step, from, to, events, hiddenMatches, parts }) =>
      `[${text.slice(from, to)}] ${step + 1}: ${events} events, ${hiddenMatches} matches; ` +
      parts
        .map((part) => {
          const shown = text.slice(part.from, part.to)
          return `${shown} ${part.seen}/${part.events}/${part.alone}`
        })
        .join(', '),
  )
  return told.join(' | ') || 'none'
}

test('what exclusions are good for', () => {
  checkDrawnRules(join(import.meta.dirname, 'exclusion-audit.txt'), printAudit)
})

test('hidden matches are those of the rule without the clause', () => {
  const events = fc.array(
    fc.tuple(
      fc.constantFrom('process', 'network'),
      fc.constantFrom('ann', 'bob'),
      fc.constantFrom('a', 'b', '-'),
    ),
    { maxLength: 10 },
  )
  const rule = (clause: string): string =>
    `sequence by user.name [process where user.name != null${clause}] [network where true]`
  fc.assert(
    fc.property(events, (drawn) => {
      const rows = drawn.map((cells, row) => `${row}  ${row}s  ${cells.join('  ')}`)
      const table = drawTable(
        [
          'process.name: keyword',
          'row  time  category  user.name  process.name',
          ...rows,
        ].join('\n'),
      )
      const found = (clause: string): number =>
        runBound(bindRule(table, rule(clause))).found
      const [, exclusion] = audit(table, rule(' and not process.name : ("a*", "x")'))
      const without = found('') - found(' and not process.name : ("a*", "x")')
      expect(exclusion?.hiddenMatches).toBe(without)
      const [hits, never] = exclusion?.parts ?? []
      expect(hits?.alone).toBe(exclusion?.events)
      expect(never?.seen).toBe(0)
    }),
    { numRuns: 50 },
  )
})

test('what is counted can be listed', () => {
  const table = drawTable(`
    row  time  category  process.name
    1    0s    process   a.exe
    2    1s    process   b.exe
    3    2s    process   c.exe
    4    3s    network   a.exe
  `)
  const [exclusion] = audit(
    table,
    'process where not process.name : ("a*", "*.exe", "b*")',
  )
  const list = (part: number | undefined, count: 'seen' | 'events' | 'alone'): string =>
    rowsOfExclusion(exclusion!, part, count)
      .rows()
      .map((row) => table.table.id(row))
      .join(' ')
  expect(list(undefined, 'events')).toBe('1 2 3')
  expect([list(0, 'seen'), list(0, 'events'), list(0, 'alone')]).toEqual(['1 4', '1', ''])
  expect(list(1, 'alone')).toBe('3')
  for (const [part, { seen, events, alone }] of exclusion!.parts.entries()) {
    const rows = (count: 'seen' | 'events' | 'alone') =>
      rowsOfExclusion(exclusion!, part, count).count()
    expect([rows('seen'), rows('events'), rows('alone')]).toEqual([seen, events, alone])
  }
})
