import { expect, test } from 'vitest'
import type { Expression, Query, Span, Step } from '../../src/language/ast'
import { parseQuery } from '../../src/language/parse'
import { stepsOf } from '../../src/language/walk'
import { bundledRules } from '../../src/rules/library'
import { readRuleTests } from '../../src/rules/rule-tests'
import type { RuleTest } from '../../src/rules/test-case'
import { EngineHost } from '../../src/worker/host'

/** A query with one part taken out of it, so that it asks for less. */
interface Mutant {
  readonly without: string
  readonly query: string
}

function mutantsOf(query: Query): Mutant[] {
  const { text, body } = query
  const replace = ({ from, to }: Span, by: string): Mutant => ({
    without: text.slice(from, to),
    query: text.slice(0, from) + by + text.slice(to),
  })
  const steps = stepsOf(query).flatMap((step) => mutateStep(step, replace))
  if (body.kind !== 'sequence') return steps
  const keys = body.by.map((key, at) => {
    const next = body.by[at + 1]
    const before = body.by[at - 1]
    return replace(
      { from: next ? key.from : (before?.to ?? key.from), to: next?.from ?? key.to },
      '',
    )
  })
  const joined = body.by.length > 1 ? keys : []
  return [...steps, ...joined, ...(body.maxspan ? [replace(body.maxspan, '1d')] : [])]
}

const mutateStep = (
  { query: { category, condition } }: Step,
  replace: (span: Span, by: string) => Mutant,
): Mutant[] => [
  ...(category.any ? [] : [replace(category, 'any')]),
  ...termsOf(condition).map((term) => replace(term, 'true')),
]

const termsOf = (condition: Expression): readonly Expression[] =>
  condition.kind === 'and' ? condition.operands : [condition]

/** A test with its events loaded: whether a query still finds nothing in them. */
async function prepareTest({ events }: RuleTest) {
  const host = new EngineHost()
  const lines = 'file' in events ? [] : events.map((event) => JSON.stringify(event))
  await host.load({ id: 'events', name: 'events', blob: new Blob([lines.join('\n')]) })
  let ticket = 0
  return async (query: string): Promise<boolean> => {
    const outcome = await host.run({ ruleId: 'mutant', ticket: ++ticket, query })
    if (!outcome?.answer) throw new Error(`${query} does not run`)
    return outcome.answer.matchCount === 0
  }
}

async function survives(
  query: string,
  tests: readonly ((query: string) => Promise<boolean>)[],
) {
  for (const holds of tests) if (!(await holds(query))) return false
  return true
}

test.each(bundledRules)('$slug: no part of the query is untested', async (bundled) => {
  const { query } = parseQuery(bundled.rule.query)
  if (!query) throw new Error('the rule does not parse')
  const misses = readRuleTests(bundled.testsText).tests.filter(
    (one) => one.expect === 'none' && !('file' in one.events),
  )
  const tests = await Promise.all(misses.map(prepareTest))
  expect(await survives(query.text, tests)).toBe(true)
  const survivors: string[] = []
  for (const mutant of mutantsOf(query))
    if (await survives(mutant.query, tests)) survivors.push(mutant.without)
  expect(survivors).toEqual([])
})
