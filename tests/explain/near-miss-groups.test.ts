import { join } from 'node:path'
import { describe, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { groupNearMisses } from '../../src/explain/near-miss-groups'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'
import { nearMissesOf } from './repair-answer'

/** The culprits of each group, and its sentence. */
function printGroups(drawn: DrawnTable, text: string): string {
  const list = nearMissesOf(drawn, text)
  const groups = runToEnd(groupNearMisses(bindRule(drawn, text).query, list))
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
})
