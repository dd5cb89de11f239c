import { beforeAll, expect, test, vi } from 'vitest'
import { ChannelLocks } from '../../src/session/channel-locks'
import { loneLocks, type Locks } from '../../src/session/locks'
import { SessionLocks } from '../../src/session/session-locks'
import { describeLocks } from '../support/lock-cases'

const page = new EventTarget()
beforeAll(() => {
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
})

const channelLocks = () => new ChannelLocks(new BroadcastChannel('locks of this test'))
describeLocks('messages', channelLocks)

const LISTENER = {
  onAsked: async () => undefined,
  onTaken: () => undefined,
  onFree: () => undefined,
  onListChanged: () => undefined,
}

test('of two tabs that ask in one breath, one has the session', async () => {
  const tabs = Array.from({ length: 2 }, () => new SessionLocks(LISTENER, channelLocks()))
  const held = await Promise.all(tabs.map((locks) => locks.hold('both')))
  expect(held.toSorted()).toEqual([false, true])
  for (const locks of tabs) locks.close()
})

test('a tab that leaves lets go', async () => {
  const onFree = vi.fn()
  const leaving = new SessionLocks(LISTENER, channelLocks())
  const staying = new SessionLocks({ ...LISTENER, onFree }, channelLocks())
  await leaving.hold('left')
  await staying.hold('left')
  leaving.close()
  await vi.waitFor(() => expect(onFree).toHaveBeenCalledOnce())
  staying.close()
})

test.each([
  ['there is no other to hear of', loneLocks],
  [
    'the browser refuses',
    {
      request: () => Promise.reject(new DOMException('no', 'SecurityError')),
      isHeld: () => Promise.reject(new DOMException('no', 'SecurityError')),
    } satisfies Locks,
  ],
])('where %s, every tab holds what it opens', async (_, locks) => {
  const tab = new SessionLocks(LISTENER, locks)
  expect(await tab.hold('any')).toBe(true)
  expect(await tab.isHeldElsewhere('another')).toBe(false)
  tab.close()
})
