import 'fake-indexeddb/auto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openSessions } from '../../src/session/sessions'
import { printBundle } from '../../src/share/bundle'
import { printLink } from '../../src/share/link-text'
import { printReproduction, type Reproduction } from '../../src/share/reproduction'
import { makeGuest } from '../../src/ui/state/guest-session'
import { makeTab } from './keeper-tab'

afterEach(() => {
  vi.unstubAllGlobals()
  indexedDB = new IDBFactory()
})

const REPRODUCTION: Reproduction = {
  engine: '1',
  title: 'Look at this',
  rules: [
    { name: 'a.eql', text: '// title: One\nany where true' },
    { name: 'b.eql', text: '// title: One\nany where false' },
  ],
  sources: [{ name: 'events.ndjson', text: '{"@timestamp":1}' }],
  view: { rule: 1, kind: 'near miss', place: 3 },
  opensTo: [{ matches: 1, nearMisses: 0 }],
}

const linkTo = async (reproduction: Reproduction): Promise<string> =>
  printLink(printReproduction(reproduction))

describe('a link', () => {
  test('opens apart: nothing is stored, and what was open comes back', async () => {
    const at = { fragment: '' }
    const { bench, keeper, guests } = makeTab(at)
    await keeper.start(() => guests.read())
    const own = keeper.id
    at.fragment = await linkTo(REPRODUCTION)
    await guests.openAddress()
    keeper.watch()
    expect([keeper.id, keeper.name]).toEqual([undefined, 'Look at this'])
    expect(bench.rules.map(({ id }) => id)).toEqual(['one', 'one-2'])
    expect(bench.rule?.text).toContain('any where false')
    expect(bench.chosen).toEqual({ kind: 'near-miss', index: 3 })
    const storage = await openSessions({ onProblem: () => undefined })
    expect(await storage.list()).toHaveLength(1)
    expect(await storage.getBlob(bench.sources[0]!.id)).toBeUndefined()

    await guests.close()
    expect([keeper.id, keeper.guest, at.fragment]).toEqual([own, undefined, ''])
    expect(bench.rules).toHaveLength(5)
  })

  test('opened while a file is fetched is not replaced by it', async () => {
    let deliver: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => (deliver = resolve))
    const bundle = await printBundle({ reproduction: REPRODUCTION, originals: [] })
    const hosted = {
      get 'r/slow.maxspan'() {
        return arrived.then(() => bundle) as unknown as Blob
      },
    }
    const at = { fragment: '', hosted }
    const { keeper, guests } = makeTab(at)
    await keeper.start(() => guests.read())
    at.fragment = 'repro=slow'
    const late = guests.openAddress()
    at.fragment = await linkTo({ ...REPRODUCTION, title: 'The second' })
    await guests.openAddress()
    deliver()
    await late
    expect(keeper.name).toBe('The second')
  })

  test('that is kept becomes a session like any other', async () => {
    const at = { fragment: await linkTo(REPRODUCTION) }
    const { bench, keeper, guests } = makeTab(at)
    await keeper.start(() => guests.read())
    expect(keeper.guest?.expected).toHaveLength(1)
    await guests.keep()
    expect([keeper.guest, at.fragment]).toEqual([undefined, ''])
    const storage = await openSessions({ onProblem: () => undefined })
    const current = await storage.current()
    expect([current?.id, current?.name]).toEqual([keeper.id, 'Look at this'])
    expect(await storage.getBlob(bench.sources[0]!.id)).toBeDefined()
  })

  test('into empty storage leaves the example when it is closed', async () => {
    const { bench, keeper, guests } = makeTab({
      fragment: await linkTo(REPRODUCTION),
    })
    await keeper.start(() => guests.read())
    await guests.close()
    expect(bench.rules).toHaveLength(5)
  })

  test('that is cut says so, and what was open stays', async () => {
    const link = await linkTo(REPRODUCTION)
    const at = { fragment: link.slice(0, -20) }
    const { keeper, guests, notices } = makeTab(at)
    await keeper.start(() => guests.read())
    expect([keeper.guest, notices()]).toEqual([undefined, []])
    expect(guests.refused).toContain('cut off on its way')
    // Loading the page again says nothing new.
    expect(at.fragment).toBe('')
    await guests.openAddress()
    expect(guests.refused).toContain('cut off on its way')
    at.fragment = link
    await guests.openAddress()
    expect([keeper.name, guests.refused]).toEqual(['Look at this', undefined])
  })

  test('that is cut leaves the address to what is open', async () => {
    const link = await linkTo(REPRODUCTION)
    const at = { fragment: link }
    const { keeper, guests } = makeTab(at)
    await keeper.start(() => guests.read())
    at.fragment = link.slice(0, -20)
    await guests.openAddress()
    expect(guests.refused).toContain('cut off on its way')
    expect([keeper.name, at.fragment]).toEqual(['Look at this', link])
    await guests.close()
    at.fragment = link.slice(0, -20)
    await guests.openAddress()
    expect(at.fragment).toBe('')
  })

  test('that is cut is said until the bundle that was asked for is open', async () => {
    const link = await linkTo(REPRODUCTION)
    const { keeper, guests } = makeTab({ fragment: link.slice(0, -20) })
    await keeper.start(() => guests.read())
    await guests.openBundle(new File(['none'], 'none.maxspan'))
    expect(guests.refused).toContain('cut off on its way')
    const bundle = await printBundle({ reproduction: REPRODUCTION, originals: [] })
    await guests.openBundle(new File([bundle], 'whole.maxspan'))
    expect([keeper.name, guests.refused]).toEqual(['Look at this', undefined])
  })

  test('that is open is not said to be another, which came too late', async () => {
    let deliver: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => (deliver = resolve))
    const hosted = {
      get 'r/slow.maxspan'() {
        return arrived as unknown as Blob
      },
    }
    const at = { fragment: '', hosted }
    const { keeper, guests } = makeTab(at)
    await keeper.start(() => guests.read())
    at.fragment = 'repro=slow'
    const late = guests.openAddress()
    const link = await linkTo(REPRODUCTION)
    at.fragment = link
    await guests.openAddress()
    deliver()
    await late
    expect([keeper.name, guests.refused]).toEqual(['Look at this', undefined])
    expect(at.fragment).toBe(link)
  })
})

describe('a bundle beside the page', () => {
  const bundle = () => printBundle({ reproduction: REPRODUCTION, originals: [] })

  test('is opened by its name', async () => {
    const hosted = { 'r/2026/a-1.maxspan': await bundle() }
    const { guests } = makeTab({ fragment: 'repro=2026%2Fa-1', hosted })
    expect((await guests.read())?.name).toBe('Look at this')
  })

  test.each(['nowhere', '../secret', '//elsewhere.example/a', 'page', 'a b'])(
    '%s is none',
    async (path) => {
      const hosted = { 'r/page.maxspan': new Blob(['<!doctype html>']) }
      const { guests } = makeTab({ fragment: `repro=${path}`, hosted })
      expect(await guests.read()).toBeUndefined()
      expect(guests.refused).toBe(
        `There is no reproduction named “${path}” beside this page. Ask for the address again, or for a bundle file.`,
      )
    },
  )
})

test('rules that have one id are told apart', async () => {
  const { data } = await makeGuest(REPRODUCTION)
  expect(data.rules.map(({ id }) => id)).toEqual(['one', 'one-2'])
})
