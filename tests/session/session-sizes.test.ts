import { expect, test } from 'vitest'
import { measureSessions } from '../../src/session/session-sizes'

/** `own both:3` are sources, with the events that were read of them where that is known. */
const session = (id: string, rules: number, ...sources: string[]) => ({
  id,
  rules,
  sources: sources.map((source) => {
    const [name = '', events] = source.split(':')
    return { id: name, events: events === undefined ? undefined : Number(events) }
  }),
})
const BYTES = new Map([
  ['own', 10],
  ['both', 300],
  ['other', 7000],
])

test.each([
  ['nothing', session('s', 0), '0 own, 0 shared, 0 lost, 0 events'],
  ['what it alone has', session('s', 1, 'own:1'), '10 own, 0 shared, 0 lost, 1 events'],
  ['what others have', session('s', 1, 'both:3'), '0 own, 300 shared, 0 lost, 3 events'],
  ['both', session('s', 1, 'own:1', 'both:3'), '10 own, 300 shared, 0 lost, 4 events'],
  ['one twice', session('s', 1, 'own:1', 'own:1'), '10 own, 0 shared, 0 lost, 2 events'],
  [
    'what is gone',
    session('s', 1, 'own:1', 'gone:5'),
    '10 own, 0 shared, 1 lost, 6 events',
  ],
  [
    'what was not read',
    session('s', 1, 'own', 'both:3'),
    '10 own, 300 shared, 0 lost, ? events',
  ],
])('%s is told apart', (_, measured, expected) => {
  const others = [session('t', 2, 'both:3', 'other:4'), session('u', 0, 'other:4')]
  const size = measureSessions([measured, ...others], BYTES).get('s')!
  const { ownBytes, sharedBytes, lost, events = '?' } = size
  expect(`${ownBytes} own, ${sharedBytes} shared, ${lost} lost, ${events} events`).toBe(
    expected,
  )
})
