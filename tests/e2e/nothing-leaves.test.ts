import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

/** Another host, which counts what reaches it. */
let server: Server
let other = ''
const reached: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*').end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  other = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

describe('nothing leaves the browser, even if a script tries', () => {
  test('from the page', async ({ journey }) => {
    await journey.open()
    journey.expectTrouble(/Content Security Policy|Content-Security-Policy|Refused/)
    const outcomes = await journey.page.evaluate(async (host) => {
      const image = (url: string) =>
        new Promise<string>((resolve) => {
          const element = new Image()
          element.onload = element.onerror = (event) => resolve((event as Event).type)
          element.src = url
        })
      const request = (url: string) =>
        fetch(url).then(
          () => 'sent',
          () => 'refused',
        )
      const form = document.createElement('form')
      Object.assign(form, { action: `${host}/form`, method: 'post' })
      document.body.append(form)
      form.submit()
      navigator.sendBeacon(`${host}/beacon`, 'x')
      return [await request(`${host}/fetch`), await image(`${host}/image`)]
    }, other)
    expect(outcomes).toEqual(['refused', 'error'])
    expect(reached).toEqual([])
  })

  test('from the engine', async ({ journey }) => {
    await journey.open()
    journey.expectTrouble(/Content Security Policy|Refused/)
    const [worker] = journey.page.workers()
    expect(worker?.url()).toMatch(/^blob:/)
    const outcome = await worker?.evaluate(
      (host) =>
        fetch(`${host}/worker`).then(
          () => 'sent',
          () => 'refused',
        ),
      other,
    )
    expect(outcome).toBe('refused')
    expect(reached).toEqual([])
  })
})
