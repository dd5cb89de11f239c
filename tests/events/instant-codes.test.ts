import { expect, test } from 'vitest'
import { InstantCodes } from '../../src/events/instant-codes'

test('every instant keeps its number and its meaning while the table grows', () => {
  const codes = new InstantCodes()
  const instants = Array.from({ length: 1000 }, (_, i) => ({
    ms: i * 7919,
    nanos: i % 1000,
    spelling: i % 10,
  }))
  const numbers = instants.map(({ ms, nanos, spelling }) =>
    codes.intern(ms, nanos, spelling),
  )
  expect(numbers).toEqual(instants.map((_, i) => i))
  expect(numbers.map((number) => codes.at(number))).toEqual(instants)
  expect(instants.map((instant) => codes.find(instant))).toEqual(numbers)
})
