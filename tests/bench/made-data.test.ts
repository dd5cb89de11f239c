import { describe, expect, test, vi } from 'vitest'
import { atOnce } from '../../src/events/in-pieces'
import { EngineHost } from '../../src/worker/host'
import { readNeeds } from '../../src/worker/rule-needs'
import { dataNames, makeEventBlob, makeEvents, type MadeName } from './data/event-data'
import { isSequence, makeRules, RULE_COUNT } from './data/made-rules'
import { runRule } from './engine'

// Much is made and read here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const EVENTS = 4000
const rules = makeRules()

const textOf = (name: MadeName, count: number, seed: number): Promise<string> =>
  makeEventBlob(name, count, seed).text()

/** Values of the fields that rules name, over all events so far. */
const countValues = ({ store: { table } }: EngineHost): number =>
  atOnce(readNeeds(rules.map((query) => ({ query }))))
    .fields.filter((name) => name !== '@timestamp')
    .reduce((sum, name) => sum + (table.column(name)?.size ?? 0), 0)

/**
 * What each kind of data is made to be: [at least, at most]. New values, an event, are
 * those of the first thousands; over a million events they come to half of it.
 */
const made = [
  { name: 'lean', bytes: [1050, 1200], fields: [98, 110], newValues: [1, 2.5] },
  { name: 'fat', bytes: [1780, 2000], fields: [140, 160], newValues: [1, 2.5] },
  { name: 'real-like', bytes: [1400, 1560], fields: [80, 110], newValues: [0.1, 0.35] },
  { name: 'flat', bytes: [1000, 1400], fields: [80, 130], newValues: [0.1, 0.5] },
] as const

describe.each(made)('$name events', ({ name, bytes, fields, newValues }) => {
  test('are the same for the same seed', async () => {
    expect(await textOf(name, 1500, 7)).toBe(await textOf(name, 1500, 7))
    expect(await textOf(name, 1500, 8)).not.toBe(await textOf(name, 1500, 7))
  })

  test('begin with the same events however many are made', async () => {
    const few = await textOf(name, 1000, 7)
    expect((await textOf(name, 1700, 7)).slice(0, few.length)).toBe(few)
  })

  test('have the size, the fields and the new values they are meant to have', async () => {
    const host = new EngineHost()
    const pieces = [...makeEvents(name, 2 * EVENTS)]
    const load = (id: string, from: number, to: number) =>
      host.load({ id, name: id, blob: new Blob(pieces.slice(from, to)) })
    await load('first', 0, pieces.length / 2)
    const before = countValues(host)
    await load('second', pieces.length / 2, pieces.length)
    const size = pieces.reduce((sum, { length }) => sum + length, 0)
    expectBetween(size / (2 * EVENTS), bytes)
    expectBetween(host.store.table.columnNames().length, fields)
    expectBetween((countValues(host) - before) / EVENTS, newValues)
  })
})

test('the rules are the same every time, and the fewer the first of the more', () => {
  expect(makeRules(100)).toEqual(makeRules(RULE_COUNT).slice(0, 100))
})

test('the rules are of the kinds that real ones are of', () => {
  expect(new Set(rules).size).toBe(954)
  expect(rules.filter(isSequence)).toHaveLength(194)
  expect(rules.filter((rule) => rule.startsWith('sample'))).toHaveLength(3)
})

test.each(dataNames)(
  'every rule has an answer over %s events, many a match',
  async (name) => {
    const host = new EngineHost()
    await host.load({ id: name, name, blob: makeEventBlob(name, 3000) })
    let matching = 0
    for (const [at, query] of rules.entries()) {
      const { answer } = await runRule(host, String(at), query)
      if (answer.matchCount > 0) matching++
    }
    expect(matching).toBeGreaterThan(rules.length / 12)
    expect(matching).toBeLessThan(rules.length / 2)
  },
)

function expectBetween(value: number, [least, most]: readonly [number, number]): void {
  expect(value).toBeGreaterThanOrEqual(least)
  expect(value).toBeLessThanOrEqual(most)
}
