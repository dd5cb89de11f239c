import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scalar } from '../../src/events/column'
import { GrowingTable } from '../../src/events/growing-table'
import { atOnce } from '../../src/events/in-pieces'
import { RowSet } from '../../src/events/row-set'
import { standInStreams } from '../../src/events/stream-order'
import { Streams } from '../../src/events/streams'
import { unionSchema } from '../../src/events/schema-union'
import { TablePart } from '../../src/events/table-part'
import { TableThen } from '../../src/events/table-then'

interface Drawn {
  readonly time: number
  /** Undefined: in no stream. */
  readonly stream: string | undefined
  readonly at: Scalar
}

function tableOf(
  events: readonly Drawn[],
  name: (event: Drawn) => string,
  table = new GrowingTable(),
): GrowingTable {
  const source = table.startSource()
  for (const event of events) {
    table.beginRow(source, name(event))
    const put = (path: string, scalar: Scalar): void => {
      const node = path.split('.').reduce((above, key) => above.child(key), table.root)
      table.put(node, scalar, false)
    }
    put('@timestamp', new Date(1.7e12 + event.time).toISOString())
    if (event.stream?.startsWith('agent')) {
      put('agent.id', event.stream)
      put('event.sequence', event.at)
    } else if (event.stream !== undefined) {
      put('winlog.channel', 'Security')
      put('winlog.computer_name', event.stream)
      put('winlog.record_id', event.at)
    }
    table.endRow()
  }
  return table
}

const CLOCK = { timestampField: '@timestamp' }

const orderOf = (table: GrowingTable) => table.order(CLOCK, unionSchema(table))

const drawn: fc.Arbitrary<readonly Drawn[]> = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 2 }),
      stream: fc.constantFrom(undefined, 'agent 1', 'agent 2', 'pc 1', 'pc 2'),
    }),
    { maxLength: 14 },
  )
  .map((events) =>
    events.map((event, at) => ({ ...event, at: at % 2 ? at : String(at) })),
  )

const nameIn = (events: readonly Drawn[]) => (event: Drawn) =>
  String(events.indexOf(event))

test('however the ties of a stream were loaded, the order is the same', () => {
  fc.assert(
    fc.property(drawn, fc.infiniteStream(fc.nat()), (events, numbers) => {
      const name = nameIn(events)
      // Every stream's events of one time change places among themselves.
      const mixed = [...events]
      const places = new Map<string, number[]>()
      for (const [at, { time, stream }] of events.entries()) {
        const own = `${String(time)} ${stream ?? `alone ${String(at)}`}`
        places.set(own, [...(places.get(own) ?? []), at])
      }
      for (const own of places.values()) {
        const left = own.map((at) => events[at]!)
        for (const at of own)
          mixed[at] = left.splice(Number(numbers.next().value) % left.length, 1)[0]!
      }
      const namesOf = (from: readonly Drawn[]) => {
        const table = tableOf(from, name)
        return Array.from(orderOf(table).rows, (row) => table.id(row))
      }
      expect(namesOf(mixed)).toEqual(namesOf(events))
    }),
  )
})

test('a stream ascends within a time, and no other event leaves its place', () => {
  fc.assert(
    fc.property(drawn, fc.array(fc.nat(), { maxLength: 14 }), (events, keys) => {
      const loaded = events
        .map((event, at) => ({ event, key: keys[at] ?? at }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event)
      const order = orderOf(tableOf(loaded, nameIn(events)))
      const byTime = [...loaded.keys()].sort((a, b) => loaded[a]!.time - loaded[b]!.time)
      const rows = [...order.rows]
      expect(rows.map((row) => loaded[row]!.time)).toEqual(
        byTime.map((row) => loaded[row]!.time),
      )
      // The same streams take the same places, and who is in none stays.
      expect(rows.map((row) => loaded[row]!.stream)).toEqual(
        byTime.map((row) => loaded[row]!.stream),
      )
      for (const [place, row] of rows.entries()) {
        const { stream, time } = loaded[row]!
        expect(order.rank[row]).toBe(place)
        if (stream === undefined) expect(row).toBe(byTime[place])
        const before = rows
          .slice(0, place)
          .map((each) => loaded[each]!)
          .findLast((each) => each.stream === stream && each.time === time)
        if (stream !== undefined && before)
          expect(Number(before.at)).toBeLessThan(Number(loaded[row]!.at))
      }
      expect(order.ascends).toBe(rows.every((row, at) => at === 0 || rows[at - 1]! < row))
    }),
  )
})

test('the order of rows that came by and by is that of all at once', () => {
  fc.assert(
    fc.property(drawn, fc.nat(14), (events, soFar) => {
      const name = nameIn(events)
      const reversed = events.toReversed()
      const whole = tableOf(reversed, name)
      const grown = tableOf(reversed.slice(0, soFar), name)
      orderOf(grown)
      tableOf(reversed.slice(soFar), name, grown)
      expect([...orderOf(grown).rows]).toEqual([...orderOf(whole).rows])
      const part = new TablePart(grown, RowSet.all(grown.rowCount))
      const found = atOnce(part.findOrder(CLOCK, unionSchema(grown)))
      expect([...found.rows]).toEqual([...orderOf(whole).rows])
    }),
  )
})

test('tens of thousands of one time are put in order with pauses', () => {
  const events = Array.from({ length: 40_000 }, (_, at): Drawn => ({
    time: 0,
    stream: `agent ${String(at % 7)}`,
    at: 40_000 - at,
  }))
  const table = tableOf(events, ({ at }) => String(at))
  let pauses = 0
  const making = table.findOrder(CLOCK, unionSchema(table))
  let step = making.next()
  for (; !step.done; step = making.next()) pauses++
  const { rows } = step.value
  const latest = new Map<string | undefined, number>()
  for (const row of rows) {
    const { stream, at } = events[row]!
    if (Number(at) <= (latest.get(stream) ?? 0)) expect(at).toBe('ascending')
    latest.set(stream, Number(at))
  }
  expect(pauses).toBeGreaterThan(10)
})

/** The events of one agent, and how often it was asked of which agent one is. */
class OneAgent extends Streams {
  asked = 0

  constructor() {
    super(() => undefined)
  }

  override placeOf(at: number) {
    const tell = (): number => ++this.asked && 1
    return {
      at,
      by: 'event.sequence' as const,
      get stream() {
        return tell()
      },
    }
  }
}

test('many of one time that stand in order are looked at with pauses', () => {
  const agent = new OneAgent()
  const rows = Uint32Array.from({ length: 200_000 }, (_, row) => row)
  const ordinals = {
    ms: new Float64Array(rows.length),
    nanos: undefined,
    tiebreakers: undefined,
  }
  const standing = standInStreams(rows, agent, ordinals)
  let step = standing.next()
  for (; !step.done; step = standing.next()) {
    expect(agent.asked).toBeLessThan(100_000)
    agent.asked = 0
  }
  expect(step.value).toBe(false)
  expect(agent.asked).toBeLessThan(100_000)
})

test('the order of a moment ago is made with all its pauses, whatever comes meanwhile', () => {
  const events = Array.from({ length: 20_000 }, (_, at): Drawn => ({
    time: (at * 7919) % 5003,
    stream: `agent ${String(at % 3)}`,
    at: 20_000 - at,
  }))
  const table = tableOf(events, ({ at }) => String(at))
  const schema = unionSchema(table)
  const undisturbed = [...new TableThen(table).findOrder(CLOCK, schema)].length
  const wanted = [...orderOf(table).rows]
  const then = new TableThen(table)
  const making = then.findOrder(CLOCK, schema)
  let pauses = 0
  for (let step = making.next(); !step.done; step = making.next()) {
    pauses++
    tableOf(events.slice(0, 1), () => 'new', table)
  }
  expect(pauses).toBeGreaterThan(5)
  expect(pauses).toBe(undisturbed)
  expect([...then.order(CLOCK, schema).rows]).toEqual(wanted)
})
