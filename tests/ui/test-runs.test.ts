import { expect, test, vi } from 'vitest'
import type { RuleTest, TestOutcome } from '../../src/rules/test-case'
import { TestRuns } from '../../src/ui/state/test-runs.svelte'
import type { TestRequest } from '../../src/worker/api'
import type { EngineClient } from '../../src/worker/client'

const tests: readonly RuleTest[] = [
  { name: 'whole', expect: 'match', events: { file: 'events.ndjson' }, nearMisses: [] },
  { name: 'small', expect: 'none', events: [{ _id: 'a' }, { _id: 'b' }], nearMisses: [] },
]
const found = (...matches: string[][]): TestOutcome => ({
  matches,
  nearMisses: [],
  error: '',
})

/** Runs that answer when told to. */
function setUp() {
  const asked: TestRequest[] = []
  const answers: ((outcomes: readonly TestOutcome[]) => void)[] = []
  const parts: Partial<EngineClient> = {
    checkTests: (request) =>
      new Promise((resolve) => {
        asked.push(request)
        answers.push(resolve)
      }),
  }
  const engine = parts as EngineClient
  const runs = new TestRuns(engine, tests, async (name) => `{"_id":"${name}"}`)
  const next = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count))
  return { engine, runs, asked, answers, next }
}

test('each case goes out with its events and comes back judged', async () => {
  const { runs, asked, answers, next } = setUp()
  const running = runs.run({ query: 'any where true' })
  await next(1)
  expect(runs.isRunning).toBe(true)
  expect(asked[0]?.cases).toEqual(['{"_id":"events.ndjson"}', '{"_id":"a"}\n{"_id":"b"}'])
  answers[0]!([found(['file']), found(['a'])])
  await running
  expect(runs.isRunning).toBe(false)
  expect(runs.judged.map(({ test, wrong }) => [test.name, wrong.length])).toEqual([
    ['whole', 0],
    ['small', 1],
  ])
  expect(runs.passed).toBe(1)
})

test('of several texts only the newest is run after the one that is running', async () => {
  const { runs, asked, answers, next } = setUp()
  const running = runs.run({ query: 'first' })
  await next(1)
  void runs.run({ query: 'second' })
  void runs.run({ query: 'third' })
  answers[0]!([found(['file']), found()])
  await next(2)
  expect(runs.judged).toEqual([])
  answers[1]!([found(), found()])
  await running
  expect(asked.map(({ query }) => query)).toEqual(['first', 'third'])
  expect(runs.query).toBe('third')
  expect(runs.passed).toBe(1)
})

test('events out of reach end the run, and the next one asks again', async () => {
  const { asked, answers, next, engine } = setUp()
  const loads = [() => Promise.reject(new Error('Offline.')), async () => '{}']
  const runs = new TestRuns(engine, tests, () => loads.shift()!())
  await runs.run({ query: 'first' })
  expect([runs.isRunning, runs.query, asked]).toEqual([false, undefined, []])
  const running = runs.run({ query: 'second' })
  await next(1)
  answers[0]!([found(), found()])
  await running
  expect(runs.query).toBe('second')
})
