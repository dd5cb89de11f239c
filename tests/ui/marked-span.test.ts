import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import type { Selection } from '../../src/ui/result/selection'
import { findMarkedSpan } from '../../src/ui/rule/marked-span'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { answerOf, outcomeOf } from '../browser/answers'

const query =
  'sequence with maxspan=30s [process where a == 1] ![file where true] [network where b == 2]'

function settled(text = query) {
  const rule = new OpenRule(readRules(text, 'rule').rules[0]!)
  rule.outcome = rule.latest = outcomeOf(answerOf(2, 1), { ticket: 1 })
  rule.settled = 1
  rule.ranText = rule.text
  return rule
}
/** The marked part of the text, and why it is marked. */
function marked(chosen: Selection | undefined, rule = settled()): string {
  const span = findMarkedSpan(rule, chosen)
  return span ? `${span.kind}: ${rule.text.slice(span.from, span.to)}` : ''
}

test.each<[Selection | undefined, string]>([
  [undefined, ''],
  [{ kind: 'match', index: 0 }, ''],
  [{ kind: 'match', index: 1, step: 1 }, 'step: [process where a == 1]'],
  [{ kind: 'match', index: 1, step: 2 }, 'step: ![file where true]'],
  [{ kind: 'near-miss', index: 0 }, 'near-miss: sequence'],
  [{ kind: 'near-miss', index: 0, step: 3 }, 'near-miss: sequence'],
  [{ kind: 'near-miss', index: 0, step: 1 }, 'step: [process where a == 1]'],
  [{ kind: 'near-miss', index: 5 }, ''],
])('%o marks %s', (chosen, text) => {
  expect(marked(chosen)).toBe(text)
})

test('nothing is marked in a text that the answer is not of', () => {
  const edited = settled()
  edited.text += ' '
  expect(marked({ kind: 'near-miss', index: 0 }, edited)).toBe('')
  const rerun = settled()
  rerun.settled = -1
  expect(marked({ kind: 'near-miss', index: 0 }, rerun)).toBe('')
})
