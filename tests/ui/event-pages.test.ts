import { expect, test, vi } from 'vitest'
import { EventPages } from '../../src/ui/events/event-pages.svelte'
import type { EngineApi, EventListQuery, EventPage } from '../../src/worker/api'

/** Pages of a list that has so many events as the engine holds at the moment. */
function setUp() {
  const engine = { total: 0, version: 1, asked: 0 }
  const events = async (_: EventListQuery, from: number): Promise<EventPage> => {
    engine.asked++
    const { total, version } = engine
    const rows = Array.from({ length: Math.min(100, total - from) }, (_, at) => ({
      row: from + at,
      eventId: `e${from + at}`,
      time: 0,
      cells: [],
    }))
    return { version, total, rows }
  }
  return { engine, pages: new EventPages(() => ({ events }) as unknown as EngineApi) }
}

test('a list that was empty is filled when events come', async () => {
  const { engine, pages } = setUp()
  pages.show({ fields: [] })
  await vi.waitFor(() => expect(pages.known).toBe(true))
  expect([pages.total, engine.asked]).toEqual([0, 1])
  engine.total = 3
  pages.show({ fields: [] })
  await vi.waitFor(() => expect(pages.total).toBe(3))
  expect(pages.rowAt(2)?.eventId).toBe('e2')
})

test('an empty list is asked for once', async () => {
  const { engine, pages } = setUp()
  pages.show({ fields: [] })
  await vi.waitFor(() => expect(pages.known).toBe(true))
  pages.want(0, 20)
  await Promise.resolve()
  expect(engine.asked).toBe(1)
})
