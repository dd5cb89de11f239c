import { join } from 'node:path'
import { describe, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { findNearMisses } from '../../src/explain/near-miss'
import { bindRule, runBound } from '../engine/rule-answer'
import { checkDrawnRules } from '../engine/drawn-rules'
import type { DrawnTable } from '../support/text-table'

/** `cause step culprit slack: sentence`, nearest first. */
function printNearMisses(drawn: DrawnTable, text: string): string {
  const bound = bindRule(drawn, text)
  const search = findNearMisses(
    bound.query,
    bound.rule,
    bound.context.table.active,
    runBound(bound),
  )
  return (
    runToEnd(search)
      .list.map(({ cause, step, culprit, slack, sentence }) =>
        [cause, step, drawn.table.id(culprit), `(${slack})`, sentence].join(' '),
      )
      .join(' | ') || 'none'
  )
}

describe('near misses', () => {
  test('over drawn events', () => {
    checkDrawnRules(join(import.meta.dirname, 'near-misses.txt'), printNearMisses)
  })
})
