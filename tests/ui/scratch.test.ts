import { beforeEach, expect, test, vi } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { RunLoop } from '../../src/ui/state/run-loop.svelte'
import { Scratch } from '../../src/ui/state/scratch.svelte'
import { storeRule } from '../../src/ui/state/stored-rule'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import type { EngineClient } from '../../src/worker/client'
import type {
  CompareAnswer,
  CompareRequest,
  RepairAnswer,
} from '../../src/worker/repair-api'
import { answerOf, matchOf, outcomeOf } from '../browser/answers'

const BEFORE = 'process where a == 1'
const FIRST = 'process where a == 2'
const SECOND = 'process where a == 3'

const repairTo = (text: string) => ({
  sentence: 'a == 2',
  edits: [],
  text,
  others: 0,
  lost: 0,
})
const found: RepairAnswer = {
  ...{ ruleId: 'rule', ticket: 1, version: 1, nearMiss: 0, tried: 1, of: 1 },
  wanted: [10, 11],
  list: [repairTo(FIRST)],
}
const comparison = (id: number, gained: number): CompareAnswer => ({
  ok: true,
  comparison: {
    id,
    version: 1,
    counts: { gained, lost: 0, unchanged: 0 },
    lists: { gained: [{ match: matchOf(1) }], lost: [], unchanged: [] },
  },
})

let bench: Workbench
let rule: OpenRule
let scratch: Scratch
const compare = vi.fn<(request: CompareRequest) => Promise<CompareAnswer | undefined>>()
const comparedMatches = vi.fn()

/** The rule has run its text as it stands. */
const settle = () => {
  rule.ticket++
  rule.outcome = rule.latest = outcomeOf(answerOf(2, 1), { ticket: rule.ticket })
  rule.settled = rule.ticket
  rule.ranText = rule.text
  rule.state = 'done'
}

beforeEach(() => {
  compare.mockReset().mockResolvedValue(comparison(1, 1))
  comparedMatches.mockReset()
  bench = new Workbench()
  rule = new OpenRule(readRules(BEFORE, 'rule').rules[0]!)
  bench.addRules([rule])
  bench.openRule(rule.id)
  const engine = { compare, comparedMatches } as unknown as EngineClient
  const loop = new RunLoop(bench, engine)
  vi.spyOn(loop, 'runNow').mockImplementation(() => undefined)
  scratch = new Scratch(bench, loop, engine)
  settle()
  bench.chosen = { kind: 'near-miss', index: 0 }
  bench.resultView = 'near-miss'
  scratch.apply(rule, found, repairTo(FIRST))
})

test('a repair is tried out: its text runs, and what it changes is shown', () => {
  expect(rule.text).toBe(FIRST)
  expect(bench.resultView).toBe('diff')
  expect(bench.chosen).toBeUndefined()
})

test('discarded, all is as it was', () => {
  scratch.discard()
  expect(rule.text).toBe(BEFORE)
  expect(rule.scratch).toBeUndefined()
  expect(bench.chosen).toEqual({ kind: 'near-miss', index: 0 })
  expect(bench.resultView).toBe('near-miss')
})

test('kept, the text stays and is an ordinary edit', () => {
  scratch.keep()
  expect(rule.text).toBe(FIRST)
  expect(rule.scratch).toBeUndefined()
  expect(bench.resultView).toBe('all')
  expect(storeRule(rule).edited).toBe(FIRST)
})

test('of two repairs the last can be taken out alone', () => {
  settle()
  scratch.apply(rule, found, repairTo(SECOND))
  expect(rule.text).toBe(SECOND)
  expect(rule.scratch?.steps).toHaveLength(2)
  scratch.back()
  expect(rule.text).toBe(FIRST)
  expect(bench.resultView).toBe('diff')
  scratch.back()
  expect(rule.text).toBe(FIRST)
  scratch.discard()
  expect(rule.text).toBe(BEFORE)
})

test('nothing is tried out any more once the text is the old one again', () => {
  new RunLoop(bench, {} as EngineClient).edit(rule, BEFORE)
  expect(rule.scratch).toBeUndefined()
})

test('what is only tried out is not stored; what is typed after it is', () => {
  expect(storeRule(rule).edited).toBeUndefined()
  rule.text = `${FIRST} and b == 2`
  expect(storeRule(rule).edited).toBe(`${FIRST} and b == 2`)
})

test('the two texts are compared once, and the match that was wanted is chosen', async () => {
  settle()
  expect(scratch.isComparing).toBe(true)
  await Promise.all([scratch.compare(), scratch.compare()])
  expect(compare).toHaveBeenCalledOnce()
  expect(compare.mock.lastCall?.[0]).toMatchObject({
    query: FIRST,
    before: BEFORE,
    wanted: [10, 11],
  })
  expect(scratch.comparison).toEqual(comparison(1, 1))
  expect(scratch.isComparing).toBe(false)
  expect(bench.chosen).toEqual({ kind: 'match', index: 1 })
})

test('after a further edit the last comparison stays until the next is here', async () => {
  settle()
  await scratch.compare()
  rule.text = SECOND
  settle()
  compare.mockResolvedValue(comparison(2, 5))
  const asked = scratch.compare()
  expect(scratch.comparison).toEqual(comparison(1, 1))
  expect(scratch.isComparing).toBe(true)
  await asked
  expect(scratch.comparison).toEqual(comparison(2, 5))
})

test('a comparison that was dropped is not asked for again and again', async () => {
  settle()
  compare.mockResolvedValue(undefined)
  await scratch.compare()
  await scratch.compare()
  expect(compare).toHaveBeenCalledOnce()
  expect(scratch.isComparing).toBe(false)
  expect(scratch.comparison).toBeUndefined()
})

test('further matches of a list are added to it', async () => {
  settle()
  compare.mockResolvedValue(comparison(1, 2))
  await scratch.compare()
  comparedMatches.mockResolvedValue([{ match: matchOf(2) }])
  const { comparison: shown } = scratch
  if (!shown?.ok) throw new Error('It was not compared.')
  await scratch.more(shown.comparison, 'gained')
  expect(comparedMatches).toHaveBeenCalledWith(1, 'gained', 1, 50)
  expect(scratch.comparison).toMatchObject({
    comparison: { lists: { gained: [{}, { match: matchOf(2) }] } },
  })
})
