import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { Condition } from '../../src/engine/plan'
import { GrowingTable } from '../../src/events/growing-table'
import type { RowSet } from '../../src/events/row-set'
import type { Field, Schema } from '../../src/events/schema'
import { readEventQuery } from '../support/event-query'

interface PlainEvent {
  readonly name: readonly string[]
  readonly path: readonly string[]
  readonly pid: readonly number[]
}

const field = (name: string, type: Field['type']): Field => ({
  name,
  type,
  typeName: type,
  column: name,
  knownBy: 'mapping',
})
const fields = [field('name', 'keyword'), field('path', 'keyword'), field('pid', 'long')]
const schema: Schema = {
  model: 'mapping',
  field: (name) => fields.find((each) => each.name === name),
  names: () => fields.map(({ name }) => name),
}

/** Events appended to a table, and conditions asked of it as it stands. */
class OpenTable {
  readonly table = new GrowingTable()
  private readonly leaves = new LeafCache()
  private readonly source = this.table.startSource()

  append(events: readonly PlainEvent[]): this {
    const { table } = this
    for (const { name, path, pid } of events) {
      table.beginRow(this.source)
      for (const value of name)
        table.put(table.root.child('name'), value, name.length > 1)
      for (const value of path) table.put(table.root.child('path'), value, false)
      for (const value of pid) table.put(table.root.child('pid'), value, false)
      table.endRow()
    }
    return this
  }

  compile(text: string): Condition {
    const { table, leaves } = this
    const context = { table, schema, categoryField: 'name', now: 0, leaves }
    return compileCondition(readEventQuery(text), context)
  }
}

const ask = (table: OpenTable, conditions: readonly string[]): number[][] =>
  conditions.map((text) => table.compile(text).rows().rows())

/** Names few and shared, paths nearly all different, so that both ways are taken. */
const event: fc.Arbitrary<PlainEvent> = fc.record({
  name: fc.array(fc.constantFrom('cmd.exe', 'CMD.EXE', 'sh', ''), { maxLength: 2 }),
  path: fc.array(
    fc.nat({ max: 400 }).map((n) => `C:\\Temp\\${String(n)}`),
    {
      maxLength: 1,
    },
  ),
  pid: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 1 }),
})
const events = fc.array(event, { maxLength: 40 })

const leaf = fc.constantFrom(
  'name == "cmd.exe"',
  'name : "cmd.exe"',
  'name != "sh"',
  'name in ("sh", "x")',
  'name : ("c*", "S?")',
  'path : "c:\\\\temp\\\\1*"',
  'path : ("c:\\\\temp\\\\7", "C:\\\\temp\\\\8")',
  'path == null',
  'pid > 4',
  'length(path) == 9',
  'concat(name, pid) == "sh3"',
)
const condition = fc.oneof(
  leaf,
  leaf.map((a) => `not ${a}`),
  fc.tuple(leaf, leaf).map(([a, b]) => `${a} and ${b}`),
  fc.tuple(leaf, leaf).map(([a, b]) => `${a} or not ${b}`),
  fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => `sh where ${a} and not (${b} and ${c})`),
)
const conditions = fc.array(condition, { minLength: 1, maxLength: 4 })

/** The paths of a few thousand events, too many to ask all of them of every text. */
const crowd: readonly PlainEvent[] = Array.from({ length: 3000 }, (_, i) => ({
  name: [i % 7 === 0 ? 'sh' : 'cmd.exe'],
  path: [`C:\\Temp\\${String(i)}`],
  pid: [i % 10],
}))

describe('a table that grows', () => {
  test('answers as if all events had come at once', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 4 }), conditions, (parts, texts) => {
        const inSteps = new OpenTable()
        for (const part of parts) ask(inSteps.append(part), texts)
        const atOnce = new OpenTable().append(parts.flat())
        expect(ask(inSteps, texts)).toEqual(ask(atOnce, texts))
      }),
    )
  })

  test('answers as if all events had come at once, many as they are', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 3 }), conditions, (parts, texts) => {
        const inSteps = new OpenTable().append(crowd)
        ask(inSteps, texts)
        for (const part of parts) ask(inSteps.append(part).append(crowd), texts)
        const atOnce = new OpenTable().append(crowd)
        for (const part of parts) atOnce.append(part).append(crowd)
        expect(ask(inSteps, texts)).toEqual(ask(atOnce, texts))
      }),
      { numRuns: 15 },
    )
  })

  test('does not change the answer of a condition bound before', () => {
    fc.assert(
      fc.property(events, events, condition, (early, late, text) => {
        const table = new OpenTable().append(crowd).append(early)
        const before = ask(table, [text])
        const bound = table.compile(text)
        const running = bound.prepare()
        const first = running.next()
        ask(table.append(late), [text])
        const found = first.done ? first.value : finish(running)
        expect([found.rows()]).toEqual(before)
        const unasked = new OpenTable().append(crowd).append(early)
        const boundBefore = unasked.compile(text)
        unasked.append(late)
        expect([boundBefore.rows().rows()]).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})

function finish(run: Generator<void, RowSet>): RowSet {
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

describe('what is prepared in pieces', () => {
  test('is what is found at once, whatever else is asked in between', () => {
    fc.assert(
      fc.property(events, condition, condition, (plain, one, other) => {
        const table = new OpenTable().append(crowd).append(plain)
        const compiled = [one, other, one].map((text) => table.compile(text))
        const runs = compiled.map((each) => each.prepare())
        const found = new Map<number, RowSet>()
        while (found.size < runs.length)
          for (const [i, run] of runs.entries()) {
            const step = found.has(i) ? undefined : run.next()
            if (step?.done) found.set(i, step.value)
          }
        const fresh = new OpenTable().append(crowd).append(plain)
        for (const [i, text] of [one, other, one].entries()) {
          expect(found.get(i)?.rows()).toEqual(fresh.compile(text).rows().rows())
          expect(compiled[i]?.rows()).toBe(found.get(i))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('comes in pieces even of one leaf', () => {
    const table = new OpenTable()
    for (let i = 0; i < 40; i++) table.append(crowd)
    const run = table.compile('concat(name, path, pid) : "*9*9*9*"').prepare()
    let pieces = 1
    while (!run.next().done) pieces++
    expect(pieces).toBeGreaterThan(2)
  })

  test('tells what every leaf has cost', () => {
    fc.assert(
      fc.property(condition, (text) => {
        const query = readEventQuery(text)
        const compiled = new OpenTable().append(crowd).compile(text)
        compiled.rows()
        const costs = compiled.costs()
        for (const { from, to, ms, contents } of costs) {
          expect(from).toBeGreaterThanOrEqual(query.from)
          expect(to).toBeLessThanOrEqual(query.to)
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(contents).toBeLessThanOrEqual(crowd.length + 10)
        }
        expect(costs.some(({ contents }) => contents > 0)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})
