import fc from 'fast-check'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { auditExclusions, type Exclusion } from '../../src/explain/exclusion-audit'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule, runBound } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'

function audit(drawn: DrawnTable, text: string): readonly Exclusion[] {
  const { query, rule, context } = bindRule(drawn, text)
  return runToEnd(auditExclusions(query, rule, context))
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
