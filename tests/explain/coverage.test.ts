import { join } from 'node:path'
import { test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { coverRule } from '../../src/explain/coverage'
import type { PartCoverage, StepCoverage } from '../../src/explain/coverage'
import { findPlaceRows, type CoveragePlace } from '../../src/explain/coverage-list'
import { checkDrawnRules } from '../engine/drawn-rules'
import { bindRule } from '../engine/rule-answer'
import type { DrawnTable } from '../support/text-table'

const cover = (drawn: DrawnTable, text: string) => {
  const { rule, context } = bindRule(drawn, text)
  return runToEnd(coverRule(rule, { ...context, active: context.table.active }))
}

const printPart = (text: string, { from, to, counts, operands }: PartCoverage): string =>
  `${text.slice(from, to)} ${counts.true}/${counts.false}/${counts.null}`.concat(
    operands.length > 0
      ? ` {${operands.map((operand) => printPart(text, operand)).join(', ')}}`
      : '',
  )

function printStep(text: string, covered: StepCoverage): string {
  const { step, role, category, categorySpan, present, strictest } = covered
  const { keyed, reached } = covered
  const clauses = covered.clauses.map((clause, at) => {
    const { left, alone, operands } = clause
    const bare = printPart(text, { ...clause, operands: [] })
    const inside = printPart(text, clause).slice(bare.length)
    const mark = at === strictest ? '*' : ''
    return `${mark}${bare} ${left} ${alone}${operands.length > 0 ? inside : ''}`
  })
  const name = categorySpan ? text.slice(categorySpan.from, categorySpan.to) : 'any'
  return (
    `${step}${role === 'step' ? '' : ` ${role}`} ${name} ${category}` +
    `${present ? ` of ${present.join(', ')}` : ''}: ${clauses.join(' | ')}` +
    (keyed === undefined ? '' : `; keyed ${keyed}`) +
    (reached === undefined ? '' : `; reached ${reached}`)
  )
}

test('coverage', () => {
  checkDrawnRules(join(import.meta.dirname, 'coverage.txt'), (drawn, text) =>
    cover(drawn, text)
      .steps.map((step) => printStep(text, step))
      .join(' / '),
  )
})

/** `1.clause 1.2.true`, `matched.fell` */
function readPlace(text: string): CoveragePlace {
  const outcome = text.slice(text.lastIndexOf('.') + 1)
  const [, step, stage, path] =
    /^(?:(\d+)\.)?([a-z-]+)(?: ([\d.]+))?\.[a-z]+$/.exec(text) ?? []
  const clause = path?.split('.').map((place) => Number(place) - 1)
  return {
    stage,
    outcome,
    ...(step && { step: Number(step) }),
    ...(clause && { clause }),
  } as unknown as CoveragePlace
}

test('the events behind a number', () => {
  checkDrawnRules(join(import.meta.dirname, 'coverage-lists.txt'), (drawn, line) => {
    const [place = '', ...text] = line.split(' of ')
    const { rule, context } = bindRule(drawn, text.join(' of '))
    const { table } = context
    const rows = runToEnd(findPlaceRows(rule, table.active, readPlace(place)))
    return (
      rows
        .rows()
        .map((row) => table.id(row))
        .join(' ') || 'none'
    )
  })
})
