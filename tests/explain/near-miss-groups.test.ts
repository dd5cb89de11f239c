import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { groupNearMisses } from '../../src/explain/near-miss-groups'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule } from '../engine/rule-answer'
import { drawTable, type DrawnTable } from '../support/text-table'
import { nearMissesOf } from './repair-answer'

/** The culprits of each group, and its sentence. */
function printGroups(drawn: DrawnTable, text: string): string {
  const list = nearMissesOf(drawn, text)
  const { query, context } = bindRule(drawn, text)
  const groups = runToEnd(groupNearMisses(query, list, context))
  return groups
    .map(({ members, sentence }) => {
      const culprits = members.map((place) => drawn.table.id(list[place]!.culprit))
      return `${culprits.join(' ')}: ${sentence || 'alone'}`
    })
    .join(' | ')
}

describe('groups of near misses', () => {
  test('over drawn events', () => {
    checkDrawnRules(join(import.meta.dirname, 'near-miss-groups.txt'), printGroups)
  })

  const cell = (...values: string[]) => fc.constantFrom('-', ...values)
  const events = fc.array(
    fc.tuple(
      fc.constantFrom('process', 'network', 'file'),
      cell('ann', 'bob', 'eve', '[ann, bob]'),
      cell('a.exe', 'b.exe', '[a.exe, b.exe]'),
    ),
    { maxLength: 30 },
  )
  const queries = fc.constantFrom(
    'process where user.name == "ann" and process.name == "a.exe"',
    'process where (user.name == "ann" or process.name == "a.exe") and not user.name == "bob"',
    'any where event.category != "file" and length(user.name) == length(process.name)',
  )

  test('are the same when events of the same contents are each told', () => {
    fc.assert(
      fc.property(events, queries, (cells, text) => {
        const drawn = drawTable(
          [
            'row  time  category  user.name  process.name',
            ...cells.map((each, row) => `${row}  1s  ${each.join('  ')}`),
          ].join('\n'),
        )
        const { query, context } = bindRule(drawn, text)
        const list = nearMissesOf(drawn, text)
        const grouped = runToEnd(groupNearMisses(query, list, context))
        const told = list.map((miss) => ({
          ...{ cause: miss.cause, fault: miss.fault, step: miss.step, rows: miss.rows },
          ...{ events: miss.events, culprit: miss.culprit, joinKeys: miss.joinKeys },
          ...{ sentence: miss.sentence, slack: miss.slack, span: miss.span },
        }))
        expect(runToEnd(groupNearMisses(query, told, context))).toEqual(grouped)
      }),
      { numRuns: 200 },
    )
  })
})
