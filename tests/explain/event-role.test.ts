import { join } from 'node:path'
import { test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { readEventRoles } from '../../src/explain/event-role'
import { printEventRole } from '../../src/explain/event-role-wording'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'

function tellRoles(drawn: DrawnTable, question: string): string {
  const [, label = '', text = ''] = /^(\w+): (.*)$/.exec(question) ?? []
  const { rule } = bindRule(drawn, text)
  if (rule.kind !== 'sequence') throw new Error(text)
  const roles = runToEnd(readEventRoles(rule, drawn.row(label)))
  return roles.map(printEventRole).join(' | ') || 'nothing'
}

test('what an event did in the sequences of its keys', () => {
  checkDrawnRules(join(import.meta.dirname, 'event-role.txt'), tellRoles)
})
