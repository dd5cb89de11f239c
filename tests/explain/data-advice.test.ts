import { join } from 'node:path'
import { test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { adviseOnData } from '../../src/explain/data-advice'
import { bindRule } from '../engine/rule-answer'
import { checkDrawnRules } from '../engine/drawn-rules'
import type { DrawnTable } from '../support/text-table'

/** `[text] severity: message remedy`, and the fix if there is one. */
function printAdvice(drawn: DrawnTable, text: string): string {
  const { query, rule, context } = bindRule(drawn, text)
  const loaded = { ...context, active: context.table.active }
  const advice = runToEnd(adviseOnData(query, rule, loaded)).map(
    ({ from, to, severity, message, remedy = '', fixes = [] }) =>
      `[${text.slice(from, to)}] ${severity}: ${message} ${remedy}` +
      fixes.map(({ label }) => ` (${label})`).join(''),
  )
  return advice.join(' | ') || 'none'
}

test('advice over drawn events', () => {
  checkDrawnRules(join(import.meta.dirname, 'data-advice.txt'), printAdvice)
})
