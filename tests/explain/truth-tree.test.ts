import { join } from 'node:path'
import { test } from 'vitest'
import { foldTree } from '../../src/explain/truth-tree-fold'
import type { TruthNode } from '../../src/explain/truth-tree-node'
import { readTruthTree } from '../../src/explain/truth-tree'
import { printNullReason, printShownValue } from '../../src/explain/truth-tree-wording'
import { printTrap } from '../../src/explain/traps-wording'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'

const marks = { true: '+', false: '-', null: '0' } as const

/** A node on one line: its truth, its text or its parts, what decided it, its traps. */
function printTree(node: TruthNode): string {
  const mark = marks[`${node.truth}`]
  const values = node.values.map((value) => `${value.field} ${printShownValue(value)}`)
  const why = node.whyNull ? [printNullReason(node.whyNull)] : []
  const told = [values.join(', '), ...why].filter((part) => part !== '').join('; ')
  const traps = node.traps.map((trap) => ` ! ${printTrap(trap)}`).join('')
  const more = node.hidden > 0 ? ` +${node.hidden}` : ''
  const parts = node.children.map(printTree).join(' | ')
  const body = parts ? `${node.kind}(${parts}${more})` : node.text
  return `${mark} ${body}${told ? ` [${told}]` : ''}${traps}`
}

function treeOf(drawn: DrawnTable, question: string): string {
  const [, label = '', text = ''] = /^(\w+): (.*)$/.exec(question) ?? []
  const { query, rule, context } = bindRule(drawn, text)
  if (rule.kind !== 'events' || query.body.kind !== 'event') throw new Error(text)
  const row = drawn.row(label)
  const source = { query: query.body, text, context }
  return printTree(foldTree(readTruthTree(source, rule.condition.evidence(row), row)))
}

test('why a condition is true, false or null of an event', () => {
  checkDrawnRules(join(import.meta.dirname, 'truth-tree.txt'), treeOf)
})
