import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { RunLoop } from '../../src/ui/state/run-loop.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import type { MatchView, RunOutcome, RunRequest } from '../../src/worker/api'
import { EngineStopped, type EngineClient } from '../../src/worker/client'

interface Run {
  readonly request: RunRequest
  /** Tells of the events so far. */
  readonly tell: (outcome: Partial<RunOutcome>) => void
  readonly answer: (outcome?: Partial<RunOutcome>) => Promise<void>
  readonly die: () => Promise<void>
}

/** A search for near misses; without a count it comes to nothing. */
interface Search {
  readonly ruleId: string
  readonly find: (count?: number) => Promise<void>
}

/** What arrives by the hundred is taken within this time, ms. */
const SOON = 100

/** An engine that notes what it is asked to run, and answers when told to. */
function heldEngine() {
  const runs: Run[] = []
  const stopped: string[] = []
  const searches: Search[] = []
  const parts: Partial<EngineClient> = {
    run: (request, onPartial) =>
      new Promise((resolve, reject) => {
        const { ruleId, ticket } = request
        runs.push({
          request,
          tell: (outcome) =>
            onPartial?.({ ruleId, ticket, version: 1, diagnostics: [], ...outcome }),
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
    findNearMisses: (ruleId, ticket) =>
      new Promise((resolve) => {
        const find = async (count?: number): Promise<void> => {
          const list = { capped: false, list: [], groupCount: 0, groups: [], advice: [] }
          resolve(
            count === undefined
              ? undefined
              : { ruleId, ticket, version: 1, count, ...list },
          )
          await vi.advanceTimersByTimeAsync(0)
        }
        searches.push({ ruleId, find })
      }),
    stop: async (ruleId) => void stopped.push(ruleId ?? 'all'),
    forget: async () => undefined,
  }
  return { engine: parts as EngineClient, runs, searches, stopped }
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
  bench.engine = { ...bench.engine, version: 1 }
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
  await vi.advanceTimersByTimeAsync(SOON)
  expect(rule.state).toBe('done')
  expect(rule.freshAnswer?.matchCount).toBe(3)
})

test('does not run an unfinished text, and shows the last answer as stale', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  await vi.advanceTimersByTimeAsync(SOON)
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
  await vi.advanceTimersByTimeAsync(SOON)
  expect(rule.answer).toBeUndefined()
  await vi.advanceTimersByTimeAsync(300)
  await runs[1]!.answer(answer(0))
  await vi.advanceTimersByTimeAsync(SOON)
  expect(rule.freshAnswer?.matchCount).toBe(0)
})

test('runs all rules when the events change, the visible one first', async () => {
  const { bench, loop, runs, searches } = setUp('a', 'b', 'c')
  bench.openRule('b')
  loop.runOutdated()
  await vi.advanceTimersByTimeAsync(0)
  for (let n = 0; n < 3; n++) await runs[n]!.answer(answer(n))
  expect(runs.map(({ request }) => request.ruleId)).toEqual(['b', 'a', 'c'])
  await vi.advanceTimersByTimeAsync(SOON)
  for (const { find } of searches) await find(0)
  await vi.advanceTimersByTimeAsync(SOON)
  expect(bench.isRunning).toBe(false)
})

test('the visible rule tells its problems at once, others when their turn comes', async () => {
  const { bench, loop, runs } = setUp('a', 'b', 'c')
  for (const rule of bench.rules.slice(1)) rule.text = 'any where'
  bench.openRule('b')
  loop.runOutdated()
  expect(bench.rules.map(({ state }) => state)).toEqual(['running', 'error', 'running'])
  await runs[0]!.answer(answer(1))
  await vi.advanceTimersByTimeAsync(SOON)
  expect(bench.rules.map(({ state }) => state)).toEqual(['done', 'error', 'error'])
})

test('what is stopped keeps its last answer and takes no other', async () => {
  const { bench, loop, rule, runs, stopped } = setUp('a', 'b')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  await vi.advanceTimersByTimeAsync(SOON)
  loop.runInTurn(bench.rules)
  loop.stop()
  expect(stopped).toEqual(['all'])
  await runs[1]!.answer(answer(9))
  await vi.advanceTimersByTimeAsync(1000)
  expect(bench.rules.map(({ state }) => state)).toEqual(['stopped', 'stopped'])
  expect(runs.length).toBeLessThan(4)
  expect(rule.answer?.matchCount).toBe(3)
  expect(bench.isRunning).toBe(false)
})

test('a problem found by the engine leaves the last answer, stale', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  await vi.advanceTimersByTimeAsync(SOON)
  loop.runNow(rule)
  const problem = { code: 'unknown-field', message: 'No.', from: 0, to: 1 } as const
  await runs[1]!.answer({ diagnostics: [{ ...problem, severity: 'error' }] })
  await vi.advanceTimersByTimeAsync(SOON)
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
  loop.runOutdated()
  await vi.advanceTimersByTimeAsync(SOON)
  expect(bench.rules.map(({ state }) => state)).toEqual(['error', 'done'])
  expect(bench.rule?.problems).toMatchObject([{ code: 'engine-fault' }])
})

test('lists a rule of another language without running it', async () => {
  const { bench, loop, runs } = setUp('a')
  const [rule] = readRules('any where true', 'k').rules
  const other = new OpenRule({ ...rule!, language: 'kuery' }, 'k')
  bench.addRules([other])
  loop.runInTurn([other])
  expect(runs).toHaveLength(0)
  expect(other.problems).toMatchObject([{ code: 'other-language' }])
})

test('a further page of an answer that has been replaced is dropped', async () => {
  const { loop, rule, runs } = setUp('a')
  loop.runNow(rule)
  await runs[0]!.answer(answer(3))
  await vi.advanceTimersByTimeAsync(SOON)
  const first = rule.answer!
  const page: readonly MatchView[] = [{ steps: [], joinKeys: [], spanMs: 0 }]
  rule.addMatches(first, page)
  rule.addMatches(first, page)
  expect(rule.answer?.matches).toHaveLength(1)
  loop.runNow(rule)
  await runs[1]!.answer(answer(3))
  await vi.advanceTimersByTimeAsync(SOON)
  rule.addMatches(first, page)
  expect(rule.answer?.matches).toEqual([])
})

test('rules that wait are not run by a new engine before it is fed', async () => {
  const { bench, loop, runs } = setUp('a', 'b')
  loop.runOutdated()
  bench.isRestarting = true
  await runs[0]!.die()
  expect(runs).toHaveLength(1)
  expect(bench.rules.map(({ state }) => state)).toEqual(['running', 'running'])
  bench.isRestarting = false
  loop.runOutdated()
  await vi.advanceTimersByTimeAsync(0)
  await runs[1]!.answer(answer(1))
  await runs[2]!.answer(answer(2))
  await vi.advanceTimersByTimeAsync(SOON)
  expect(bench.rules.map((rule) => rule.freshAnswer?.matchCount)).toEqual([1, 2])
})

describe('near misses', () => {
  test('of what one looks at come with the matches, if they come soon', async () => {
    const { loop, rule, runs, searches } = setUp('a')
    loop.runNow(rule)
    await runs[0]!.answer(answer(3))
    expect([rule.state, rule.answer]).toEqual(['running', undefined])
    await searches[0]!.find(5)
    expect([rule.state, rule.isBusy]).toEqual(['done', false])
    expect(rule.answer).toMatchObject({ matchCount: 3, nearMissCount: 5 })
  })

  test('come later if they take their time; the matches stand meanwhile', async () => {
    const { loop, rule, runs, searches } = setUp('a')
    loop.runNow(rule)
    await runs[0]!.answer(answer(3))
    await vi.advanceTimersByTimeAsync(SOON)
    expect([rule.state, rule.isBusy]).toEqual(['done', true])
    expect(rule.freshAnswer?.nearMissCount).toBeUndefined()
    await searches[0]!.find(5)
    expect(rule.freshAnswer?.nearMissCount).toBe(5)
    expect(rule.isBusy).toBe(false)
  })

  test('of an earlier text are not shown', async () => {
    const { loop, rule, runs, searches } = setUp('a')
    loop.runNow(rule)
    await runs[0]!.answer(answer(3))
    await vi.advanceTimersByTimeAsync(SOON)
    loop.edit(rule, 'any where false')
    await searches[0]!.find(5)
    expect(rule.answer?.nearMissCount).toBeUndefined()
  })

  test('that are stopped leave the matches as they are', async () => {
    const { loop, rule, runs, searches, stopped } = setUp('a')
    loop.runNow(rule)
    await runs[0]!.answer(answer(3))
    await vi.advanceTimersByTimeAsync(SOON)
    loop.stop([rule])
    await searches[0]!.find()
    expect(stopped).toEqual(['a'])
    expect([rule.state, rule.isBusy, rule.answer?.matchCount]).toEqual(['done', false, 3])
  })
})

describe('while events are being read', () => {
  const partial = (matchCount: number, events: number): Partial<RunOutcome> => ({
    answer: { ...answer(matchCount).answer!, partial: { events } },
  })

  test('verdicts so far are shown, and the last one takes their place', async () => {
    const { bench, loop, rule, runs, searches } = setUp('a')
    bench.isReading = true
    loop.runOutdated()
    runs[0]!.tell(partial(1, 100))
    expect([rule.state, rule.answer?.partial?.events]).toEqual(['running', 100])
    expect([rule.isStale, rule.freshAnswer]).toEqual([false, undefined])
    runs[0]!.tell(partial(2, 200))
    expect(rule.answer?.matchCount).toBe(2)
    await runs[0]!.answer({ ...answer(3), version: 2 })
    bench.isReading = false
    bench.engine = { ...bench.engine, version: 2 }
    loop.runOutdated()
    await searches[0]!.find(0)
    expect([rule.state, rule.freshAnswer?.matchCount]).toEqual(['done', 3])
    expect(rule.answer?.partial).toBeUndefined()
    expect(runs).toHaveLength(1)
  })

  test('a rule that will answer is not asked again, others are', async () => {
    const { bench, loop, runs } = setUp('a', 'b')
    bench.isReading = true
    loop.runOutdated()
    await vi.advanceTimersByTimeAsync(0)
    await runs[1]!.answer(answer(1))
    loop.runOutdated()
    await vi.advanceTimersByTimeAsync(SOON)
    expect(runs.map(({ request }) => request.ruleId)).toEqual(['a', 'b', 'b'])
  })

  test('what was found of fewer events is looked for again', async () => {
    const { bench, loop, rule, runs, searches } = setUp('a')
    loop.runNow(rule)
    await runs[0]!.answer(answer(1))
    await searches[0]!.find(0)
    loop.runOutdated()
    expect(runs).toHaveLength(1)
    bench.engine = { ...bench.engine, version: 2 }
    loop.runOutdated()
    expect(runs).toHaveLength(2)
    expect(rule.isStale).toBe(true)
  })
})

test('one rule is stopped alone', async () => {
  const { bench, loop, runs, stopped } = setUp('a', 'b')
  loop.runOutdated()
  await vi.advanceTimersByTimeAsync(0)
  loop.stop([bench.rules[0]!])
  expect(stopped).toEqual(['a'])
  await runs[1]!.answer(answer(2))
  await vi.advanceTimersByTimeAsync(SOON)
  expect(bench.rules.map(({ state }) => state)).toEqual(['stopped', 'done'])
})
