import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startAutosave } from '../../src/session/autosave'
import type { Autosave } from '../../src/session/autosave'

/** The least of a page: it can be hidden and left. */
class PageStub extends EventTarget {
  visibilityState = 'visible'
}

let page: PageStub
let saved: string[]
let text: string | undefined
let autosave: Autosave

beforeEach(() => {
  vi.useFakeTimers()
  page = new PageStub()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  saved = []
  text = 'a'
  autosave = startAutosave({
    read: () => text,
    save: async (open) => void saved.push(open),
  })
})
afterEach(() => {
  autosave.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function type(letter: string): void {
  text = (text ?? '') + letter
  autosave.changed()
}

test('writes once, a moment after the last change', () => {
  type('b')
  vi.advanceTimersByTime(300)
  type('c')
  vi.advanceTimersByTime(300)
  expect(saved).toEqual([])
  vi.advanceTimersByTime(200)
  expect(saved).toEqual(['abc'])
  vi.advanceTimersByTime(60_000)
  expect(saved).toEqual(['abc'])
})

test('writes every two seconds under one who never stops', () => {
  for (let time = 0; time < 6000; time += 100) {
    type('b')
    vi.advanceTimersByTime(100)
  }
  expect(saved.length).toBe(3)
})

test.each([
  ['hidden', 'visibilitychange'],
  ['visible', 'pagehide'],
])('writes at once when the page is left (%s, %s)', (visibility, event) => {
  type('b')
  page.visibilityState = visibility
  page.dispatchEvent(new Event(event))
  expect(saved).toEqual(['ab'])
  page.dispatchEvent(new Event(event))
  expect(saved).toEqual(['ab'])
})

test('does not write because the page is shown again', () => {
  type('b')
  page.dispatchEvent(new Event('visibilitychange'))
  expect(saved).toEqual([])
})

test('flush has written when it resolves, and writes nothing unchanged', async () => {
  await autosave.flush()
  expect(saved).toEqual([])
  type('b')
  await autosave.flush()
  expect(saved).toEqual(['ab'])
})

test('writes nothing while no session is open', () => {
  text = undefined
  autosave.changed()
  vi.advanceTimersByTime(5000)
  expect(saved).toEqual([])
})

test('stopped, it writes what is left and listens no more', () => {
  type('b')
  autosave.stop()
  expect(saved).toEqual(['ab'])
  page.dispatchEvent(new Event('pagehide'))
  expect(saved).toEqual(['ab'])
})
