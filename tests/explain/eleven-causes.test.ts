import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Cause, NearMiss } from '../../src/explain/explanation'
import type { Repair } from '../../src/explain/repair'
import { wantedRows } from '../../src/explain/repairs'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule, runBound } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'
import { nearMissesOf, repairsOf } from './repair-answer'

const CAUSES: readonly Cause[] = [
  ...(['maxspan', 'key', 'key-null', 'order', 'condition', 'null'] as const),
  ...(['until', 'missing', 'replaced', 'runs', 'category'] as const),
]

const PATH = join(import.meta.dirname, 'eleven-causes.txt')

const printTop = (drawn: DrawnTable, miss: NearMiss, repair: Repair): string => {
  const { cause, step, culprit, slack, sentence } = miss
  const told = `${cause} ${step} ${drawn.table.id(culprit)} (${slack}): ${sentence}`
  return `${told} Try ${repair.sentence} +${repair.others} -${repair.lost}`
}

test('of a data set with one instance of each cause, the top near miss of each rule names it', () => {
  const met: Cause[] = []
  checkDrawnRules(PATH, (drawn, text) => {
    const [miss, ...others] = nearMissesOf(drawn, text)
    const [repair] = miss ? repairsOf(drawn, text, miss).list : []
    if (!miss || !repair) throw new Error(text)
    met.push(miss.cause)
    return `${printTop(drawn, miss, repair)}${others.length > 0 ? ` and ${others.length} more` : ''}`
  })
  expect(met).toEqual(CAUSES)
})

test('every edit that is named, made in the text, gives the match', () => {
  checkDrawnRules(PATH, (drawn, text) => {
    const [miss] = nearMissesOf(drawn, text)
    const wanted = wantedRows(miss!)
    const { list } = repairsOf(drawn, text, miss!)
    const isFound = (rule: string): boolean =>
      [...runBound(bindRule(drawn, rule)).matches].some(({ rows }) =>
        wanted.every((row) => rows.includes(row)),
      )
    expect(isFound(text)).toBe(false)
    for (const repair of list)
      expect([repair.text, isFound(repair.text)]).toEqual([repair.text, true])
    return printTop(drawn, miss!, list[0]!)
  })
})
