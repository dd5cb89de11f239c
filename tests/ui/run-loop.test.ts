import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { RunLoop } from '../../src/ui/state/run-loop.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import type { MatchView, RunOutcome, RunRequest } from '../../src/worker/api'
import { EngineStopped, type EngineClient } from '../../src/worker/client'

interface Run {
  readonly request: RunRequest
  readonly answer: (outcome?: Partial<RunOutcome>) => Promise<void>
  readonly die: () => Promise<void>
}

/** An engine that notes what it is asked to run, and answers when told to. */
function heldEngine() {
  const runs: Run[] = []
  const stopped: string[] = []
  const parts: Partial<EngineClient> = {
    run: (request) =>
      new Promise((resolve, reject) => {
        const { ruleId, ticket } = request
        runs.push({
          request,
          die: async () => {
            reject(new EngineStopped('It stopped.'))
            await vi.advanceTimersByTimeAsync(0)
          },
          answer: async (outcome) => {
            resolve({ ruleId, ticket, version: 1, diagnostics: [], ...outcome })
            await vi.advanceTimersByTimeAsync(0)
          },
        })
      }),
    findNearMisses: async () => undefined,
    stop: async (ruleId) => void stopped.push(ruleId ?? 'all'),
    forget: async () => undefined,
  }
  return { engine: parts as EngineClient, runs, stopped }
}

const answer = (matchCount: number): Partial<RunOutcome> => ({
  answer: {
    kind: 'events',
    stepCount: 1,
    matchCount,
    funnel: [],
    matches: [],
    notes: [],
    tookMs: 1,
  },
})

function setUp(...names: string[]) {
  const bench = new Workbench()
  bench.rules = names.map((name) => {
    const [rule] = readRules('any where true', name).rules
    return new OpenRule(rule!, name)
  })
  bench.openRule(names[0])
  const held = heldEngine()
  const loop = new RunLoop(bench, held.engine)
  const [rule] = bench.rules
  return { bench, loop, rule: rule!, ...held }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('runs when typing rests, with the text as it is then', async () => {
  const { loop, rule, runs } = setUp('a')
  for (const text of ['process where t', 'process where tr', 'process where true']) {
    loop.edit(rule, text)
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(runs).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(200)
  expect(runs.map(({ request }) => request.query)).toEqual(['process where true'])
  expect(rule.state).toBe('running')
  await runs[0]!.answer(answer(3))
  expect(rule.state).toBe('done')
  expect(rule.freshAnswer?.matchCount).toBe(3)
})

test('does not run an unfinished text, and shows the last answer as stale', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  loop.edit(rule, 'any where')
  expect(rule.state).toBe('error')
  expect(rule.errors).toBeGreaterThan(0)
  await vi.advanceTimersByTimeAsync(1000)
  expect(runs).toHaveLength(1)
  expect(rule.isStale).toBe(true)
  expect(rule.answer?.matchCount).toBe(3)
  expect(rule.freshAnswer).toBeUndefined()
})

test('takes no notice of an answer to an earlier text', async () => {
  const { loop, rule, runs, stopped } = setUp('a')
  loop.runNow(rule)
  loop.edit(rule, 'any where false')
  expect(stopped).toEqual(['a'])
  await runs[0]!.answer(answer(7))
  expect(rule.answer).toBeUndefined()
  await vi.advanceTimersByTimeAsync(300)
  await runs[1]!.answer(answer(0))
  expect(rule.freshAnswer?.matchCount).toBe(0)
})

test('runs all rules when the events change, the visible one first', async () => {
  const { bench, loop, runs } = setUp('a', 'b', 'c')
  bench.openRule('b')
  loop.runAll()
  for (let n = 0; n < 3; n++) await runs[n]!.answer(answer(n))
  expect(runs.map(({ request }) => request.ruleId)).toEqual(['b', 'a', 'c'])
  expect(bench.isRunning).toBe(false)
})

test('the visible rule tells its problems at once, others when their turn comes', async () => {
  const { bench, loop, runs } = setUp('a', 'b', 'c')
  for (const rule of bench.rules.slice(1)) rule.text = 'any where'
  bench.openRule('b')
  loop.runAll()
  expect(bench.rules.map(({ state }) => state)).toEqual(['running', 'error', 'running'])
  await runs[0]!.answer(answer(1))
  await vi.advanceTimersByTimeAsync(10)
  expect(bench.rules.map(({ state }) => state)).toEqual(['done', 'error', 'error'])
})

test('what is stopped keeps its last answer and takes no other', async () => {
  const { bench, loop, rule, runs, stopped } = setUp('a', 'b')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  loop.runAll()
  loop.stop()
  expect(stopped).toEqual(['a'])
  await runs[1]!.answer(answer(9))
  await vi.advanceTimersByTimeAsync(1000)
  expect(bench.rules.map(({ state }) => state)).toEqual(['stopped', 'stopped'])
  expect(runs).toHaveLength(2)
  expect(rule.answer?.matchCount).toBe(3)
  expect(bench.isRunning).toBe(false)
})

test('a problem found by the engine leaves the last answer, stale', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  loop.runNow(rule)
  const problem = { code: 'unknown-field', message: 'No.', from: 0, to: 1 } as const
  await runs[1]!.answer({ diagnostics: [{ ...problem, severity: 'error' }] })
  expect([rule.state, rule.errors, rule.isStale]).toEqual(['error', 1, true])
})

test('a failure on the data is a problem of the whole text', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  const failure = {
    type: 'arithmetic_exception',
    status: 500,
    reason: '/ by zero',
  } as const
  await runs[0]!.answer({ failure })
  expect(rule.state).toBe('error')
  expect(rule.problems).toMatchObject([{ code: 'arithmetic_exception', from: 0, to: 14 }])
})

test('a fault of the engine is told, and the other rules run on', async () => {
  const { bench, loop, engine } = setUp('a', 'b')
  engine.run = ({ ruleId, ticket }) =>
    ruleId === 'a'
      ? Promise.reject(new Error('planted'))
      : Promise.resolve({ ruleId, ticket, version: 1, diagnostics: [], ...answer(2) })
  loop.runAll()
  await vi.advanceTimersByTimeAsync(0)
  expect(bench.rules.map(({ state }) => state)).toEqual(['error', 'done'])
  expect(bench.rule?.problems).toMatchObject([{ code: 'engine-fault' }])
})

test('lists a rule of another language without running it', async () => {
  const { bench, loop, runs } = setUp('a')
  const [rule] = readRules('any where true', 'k').rules
  const other = new OpenRule({ ...rule!, language: 'kuery' }, 'k')
  bench.rules.push(other)
  loop.runInTurn([other])
  expect(runs).toHaveLength(0)
  expect(other.problems).toMatchObject([{ code: 'other-language' }])
})

test('a further page of an answer that has been replaced is dropped', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  const first = rule.answer!
  const page: readonly MatchView[] = [{ steps: [], joinKeys: [], spanMs: 0 }]
  rule.addMatches(first, page)
  rule.addMatches(first, page)
  expect(rule.answer?.matches).toHaveLength(1)
  loop.runNow(rule)
  await runs[1]!.answer(answer(3))
  rule.addMatches(first, page)
  expect(rule.answer?.matches).toEqual([])
})

test('rules that wait are not run by a new engine before it is fed', async () => {
  const { bench, loop, runs } = setUp('a', 'b')
  loop.runAll()
  bench.isRestarting = true
  await runs[0]!.die()
  expect(runs).toHaveLength(1)
  expect(bench.rules.map(({ state }) => state)).toEqual(['running', 'running'])
  bench.isRestarting = false
  loop.runAll()
  await runs[1]!.answer(answer(1))
  await runs[2]!.answer(answer(2))
  expect(bench.rules.map((rule) => rule.freshAnswer?.matchCount)).toEqual([1, 2])
})
