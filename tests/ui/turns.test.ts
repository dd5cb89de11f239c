import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Crowd, Turns } from '../../src/ui/state/turns'

/** What work has taken beside the time that passes while one waits, ms. */
let worked = 0
const work = (ms: number): void => {
  worked += ms
}

beforeEach(() => {
  vi.useFakeTimers()
  worked = 0
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now() + worked)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('what comes alone is taken at once, what comes in a crowd together', async () => {
  const crowd = new Crowd()
  const taken: number[] = []
  for (let n = 0; n < 100; n++) crowd.add(() => taken.push(n))
  expect(taken).toEqual([0])
  await vi.advanceTimersByTimeAsync(50)
  expect(taken).toHaveLength(100)
  await vi.advanceTimersByTimeAsync(50)
  crowd.add(() => taken.push(-1))
  expect(taken.at(-1)).toBe(-1)
})

test('a crowd is taken a short while at a time, in order', async () => {
  const crowd = new Crowd()
  const taken: number[] = []
  for (let n = 0; n < 10; n++)
    crowd.add(() => {
      taken.push(n)
      work(10)
    })
  await vi.advanceTimersByTimeAsync(45)
  expect(taken.length).toBeLessThan(6)
  await vi.advanceTimersByTimeAsync(1000)
  expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('work in turns lets go when it has lasted', async () => {
  const turns = new Turns()
  await turns.next()
  expect(await turns.next()).toBe(false)
  work(20)
  const next = turns.next()
  await vi.advanceTimersByTimeAsync(1)
  expect(await next).toBe(true)
})
