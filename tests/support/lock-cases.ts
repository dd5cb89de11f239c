import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Locks } from '../../src/session/locks'
import { SessionLocks } from '../../src/session/session-locks'

/** Tabs are heard of in their own time. */
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000 })

/** One tab, as its locks see it, and what it heard. */
interface Tab {
  readonly locks: SessionLocks
  readonly heard: string[]
}

/** What any locks have to keep, be they the browser's own or made of messages. */
export function describeLocks(name: string, makeLocks: () => Locks): void {
  describe(`sessions held by ${name}`, () => {
    const open: SessionLocks[] = []
    afterEach(() => {
      for (const locks of open.splice(0)) locks.close()
    })

    /** A tab that needs so long to write what it has, ms. */
    const openTab = (writing = 0): Tab => {
      const heard: string[] = []
      const locks = new SessionLocks(
        {
          onAsked: async () => {
            heard.push('asked')
            await new Promise((resume) => setTimeout(resume, writing))
            heard.push('written')
          },
          onTaken: () => heard.push('taken'),
          onFree: () => heard.push('free'),
          onListChanged: () => heard.push('list'),
        },
        makeLocks(),
      )
      open.push(locks)
      return { locks, heard }
    }
    let session = ''
    const name = () => (session = `s${Math.random()}`)

    test('are held by one tab at a time, others by others', async () => {
      const [a, b] = [openTab(), openTab()]
      expect(await a.locks.hold(name())).toBe(true)
      expect(await b.locks.hold(session)).toBe(false)
      expect(await b.locks.isHeldElsewhere(session)).toBe(true)
      expect(await a.locks.isHeldElsewhere(session)).toBe(false)
      expect(await b.locks.hold(`${session} another`)).toBe(true)
      expect([a.heard, b.heard]).toEqual([[], []])
    })

    test('go to the one that waits when they are let go', async () => {
      const [a, b] = [openTab(), openTab()]
      await a.locks.hold(name())
      await b.locks.hold(session)
      expect(await a.locks.hold(`${session} another`)).toBe(true)
      await soon(() => expect(b.heard).toEqual(['free']))
    })

    test('are handed over when all is written, and come back', async () => {
      const [a, b] = [openTab(100), openTab()]
      await a.locks.hold(name())
      await b.locks.hold(session)
      await b.locks.takeOver()
      expect(a.heard).toEqual(['asked', 'written'])
      await soon(async () => expect(await a.locks.isHeldElsewhere(session)).toBe(true))
      b.locks.release()
      await soon(() => expect(a.heard).toEqual(['asked', 'written', 'free']))
      expect(b.heard).toEqual([])
    })

    test('are taken from a tab that does not answer, which hears of it', async () => {
      const [a, b] = [openTab(60_000), openTab()]
      await a.locks.hold(name())
      await b.locks.hold(session)
      await b.locks.takeOver()
      await soon(() => expect(a.heard).toEqual(['asked', 'taken']))
      expect(await b.locks.isHeldElsewhere(session)).toBe(false)
    })

    test('of three, one has it after each turn', async () => {
      const tabs = [openTab(), openTab(), openTab()] as const
      const [a, b, c] = tabs
      await a.locks.hold(name())
      await b.locks.hold(session)
      await c.locks.hold(session)
      await c.locks.takeOver()
      await b.locks.takeOver()
      await soon(async () => {
        const elsewhere = tabs.map(({ locks }) => locks.isHeldElsewhere(session))
        expect(await Promise.all(elsewhere)).toEqual([true, false, true])
      })
    })

    test('changes of the list are heard of by the others', async () => {
      const [a, b] = [openTab(), openTab()]
      a.locks.tellListChanged()
      await soon(() => expect(b.heard).toEqual(['list']))
      expect(a.heard).toEqual([])
    })
  })
}
