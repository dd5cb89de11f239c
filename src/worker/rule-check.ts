import { MISSING } from '../engine/result'
import type { TestOutcome } from '../rules/test-case'
import type { RunOutcome, TestRequest } from './api'
import { EventStore } from './event-store'
import type { KeptRun } from './rule-answer'
import { RuleRuns } from './rule-runs'
import { WorkQueue } from './work-queue'

const RULE = 'rule'

/**
 * Runs a rule over the events of each case, each in a store of its own, so that neither
 * the loaded events nor another case has a part in the answer.
 */
export async function checkTests(request: TestRequest): Promise<readonly TestOutcome[]> {
  const outcomes: TestOutcome[] = []
  for (const events of request.cases) outcomes.push(await checkCase(request, events))
  return outcomes
}

async function checkCase(request: TestRequest, events: string): Promise<TestOutcome> {
  const store = new EventStore()
  const blob = new Blob([events])
  const loaded = await store.load({ id: RULE, name: 'events', blob })
  if (!loaded.ok) return failedWith(loaded.problem)
  const runs = new RuleRuns(store, new WorkQueue(() => store.dropLearnt()))
  const { cases: _cases, ...run } = request
  const outcome = await runs.run({ ...run, ruleId: RULE, ticket: 1 })
  await runs.findNearMisses(RULE, 1)
  const kept = runs.last(RULE)
  return kept ? outcomeOf(kept) : failedWith(outcome ? sayFailure(outcome) : '')
}

const failedWith = (error: string): TestOutcome => ({
  matches: [],
  nearMisses: [],
  error,
})

/** What Elasticsearch says, or else we. */
const sayFailure = ({ failure, diagnostics }: RunOutcome): string =>
  [
    ...(failure ? [failure.reason] : []),
    ...diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ elastic, message }) => elastic?.message ?? message),
  ].join('\n')

const outcomeOf = ({ result, explained, view }: KeptRun): TestOutcome => ({
  matches: result.matches.map(({ rows }) =>
    rows.map((row) => (row === MISSING ? 'missing' : view.table.id(row))),
  ),
  nearMisses: (explained?.nearMisses.list ?? []).map(({ cause, culprit }) => ({
    cause,
    culprit: view.table.id(culprit),
  })),
  error: '',
})
