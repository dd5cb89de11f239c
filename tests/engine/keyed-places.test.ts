import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  roomForPlaces,
  sortInTime,
  type KeyedPlaces,
} from '../../src/engine/keyed-places'
import { atOnce } from '../../src/events/in-pieces'
import type { TimeOrder } from '../../src/events/table'

/** An order of so many events; which they are does not matter here. */
const orderOf = (length: number): TimeOrder =>
  ({ rows: { length } as Partial<Uint32Array> }) as TimeOrder

type Event = readonly [place: number, key: number]

function keep(events: readonly Event[]): KeyedPlaces {
  const kept = roomForPlaces(events.length)
  for (const [place, key] of events) {
    kept.places[kept.count] = place
    kept.keys[kept.count++] = key
  }
  return kept
}

const read = ({ places, keys, count }: KeyedPlaces): Event[] =>
  Array.from({ length: count }, (_, at) => [places[at]!, keys[at]!])

const eventsBelow = (places: number): fc.Arbitrary<Event[]> =>
  fc.uniqueArray(
    fc.tuple(fc.nat(places - 1), fc.integer({ min: -2, max: 2 ** 31 - 1 })),
    {
      selector: ([place]) => place,
      maxLength: 60,
    },
  )

const byPlace = ([a]: Event, [b]: Event): number => a - b

test.each([
  ['few', 2 ** 31],
  ['many', 100],
])('events are put in the order of time with their keys, %s of all', (_, all) => {
  fc.assert(
    fc.property(eventsBelow(all), (events) => {
      const kept = keep(events)
      atOnce(sortInTime(kept, orderOf(all)))
      expect(read(kept)).toEqual([...events].sort(byPlace))
    }),
  )
})

test('few events are put in order without room for all there are', () => {
  const kept = keep([
    [7, 1],
    [3, 2],
  ])
  const moreThanMemory = 2 ** 50
  atOnce(sortInTime(kept, orderOf(moreThanMemory)))
  expect(read(kept)).toEqual([
    [3, 2],
    [7, 1],
  ])
})
