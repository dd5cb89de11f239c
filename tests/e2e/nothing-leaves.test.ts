import { createServer, type AddressInfo, type Server } from 'node:net'
import type { Worker } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { type Journey, journeyTest as test } from './journey'
import { hostFolders } from './static-host'

/**
 * Another host, which notes all that is said to it, in whatever protocol. That someone
 * connects and says nothing is no word: Chromium does so before it asks the policy whether
 * a frame or a form may go there.
 */
let server: Server
let other = ''
const reached: string[] = []

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', (said) => {
      reached.push(said.toString('latin1').split(' ', 2).join(' '))
      const head = 'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\n'
      socket.end(`${head}content-length: 0\r\nconnection: close\r\n\r\n`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  other = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})
beforeEach(() => {
  reached.length = 0
})

const REFUSALS =
  /Content Security Policy|Content-Security-Policy|Refused|Trusted|trusted|violates/

/**
 * What is sent is on its way when the page has drawn twice and been idle; a request that
 * the test itself makes then, through the same machine, comes after it.
 */
async function expectSilence(journey: Journey): Promise<void> {
  await journey.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => requestIdleCallback(() => resolve())),
        )
      }),
  )
  await fetch(`${other}/last`)
  expect(reached).toEqual(['GET /last'])
}

type Attempt = string | ((url: string) => Promise<string>)

/** Each is given the address of a host that must not hear of it, and says what came of it. */
const ATTEMPTS = {
  fetch: (url: string) =>
    fetch(url, { mode: 'no-cors' }).then(
      () => 'sent',
      () => 'refused',
    ),
  xhr: (url: string) =>
    new Promise<string>((resolve) => {
      const request = new XMLHttpRequest()
      request.onload = () => resolve('sent')
      request.onerror = () => resolve('refused')
      request.open('POST', url)
      request.send('x')
    }),
  'web socket': (url: string) =>
    new Promise<string>((resolve) => {
      try {
        const socket = new WebSocket(url.replace('http', 'ws'))
        socket.onopen = () => resolve('sent')
        socket.onerror = () => resolve('refused')
      } catch {
        resolve('refused')
      }
    }),
  'event source': (url: string) =>
    new Promise<string>((resolve) => {
      const source = new EventSource(url)
      source.onopen = () => resolve('sent')
      source.onerror = () => {
        source.close()
        resolve('refused')
      }
    }),
} satisfies Record<string, Attempt>

/** As a text: what is written here as an import becomes another. */
const MODULE = "(url) => import(url).then(() => 'sent', () => 'refused')"

const ON_PAGE = {
  ...ATTEMPTS,
  image: (url: string) =>
    new Promise<string>((resolve) => {
      const image = new Image()
      image.onload = () => resolve('sent')
      image.onerror = () => resolve('refused')
      image.src = url
    }),
  'background of an element': (url: string) => {
    document.body.style.backgroundImage = `url("${url}")`
    return Promise.resolve('refused')
  },
  font: (url: string) =>
    new FontFace('other', `url("${url}")`).load().then(
      () => 'sent',
      () => 'refused',
    ),
  'style sheet': (url: string) =>
    new Promise<string>((resolve) => {
      const link = document.createElement('link')
      Object.assign(link, { rel: 'stylesheet', href: url })
      link.onload = () => resolve('sent')
      link.onerror = () => resolve('refused')
      document.head.append(link)
    }),
  prefetch: (url: string) => {
    for (const rel of [
      'prefetch',
      'preload',
      'modulepreload',
      'prerender',
      'preconnect',
    ]) {
      const link = document.createElement('link')
      Object.assign(link, { rel, href: url, ...(rel === 'preload' && { as: 'fetch' }) })
      document.head.append(link)
    }
    return Promise.resolve('refused')
  },
  frame: (url: string) => {
    const frame = document.createElement('iframe')
    frame.src = url
    document.body.append(frame)
    return Promise.resolve('refused')
  },
  object: (url: string) => {
    const object = document.createElement('object')
    try {
      object.data = url
      document.body.append(object)
    } catch {
      // Trusted types see to it, too.
    }
    return Promise.resolve('refused')
  },
  video: (url: string) => {
    const video = document.createElement('video')
    video.src = url
    document.body.append(video)
    return Promise.resolve('refused')
  },
  form: (url: string) => {
    const form = document.createElement('form')
    Object.assign(form, { action: url, method: 'post', target: '_blank' })
    document.body.append(form)
    form.submit()
    return Promise.resolve('refused')
  },
  beacon: (url: string) => {
    navigator.sendBeacon(url, 'x')
    return Promise.resolve('refused')
  },
  script: (url: string) => {
    const script = document.createElement('script')
    try {
      script.src = url
      document.head.append(script)
      return Promise.resolve('sent')
    } catch {
      return Promise.resolve('refused')
    }
  },
  module: MODULE,
  worker: (url: string) => {
    try {
      new Worker(url)
      return Promise.resolve('sent')
    } catch {
      return Promise.resolve('refused')
    }
  },
} satisfies Record<string, Attempt>

const IN_WORKER = {
  ...ATTEMPTS,
  script: (url: string) => {
    try {
      const scope = globalThis as unknown as { importScripts(url: string): void }
      scope.importScripts(url)
      return Promise.resolve('sent')
    } catch {
      return Promise.resolve('refused')
    }
  },
  module: MODULE,
} satisfies Record<string, Attempt>

/** A function crosses as its source. */
const tell = (attempt: Attempt, name: string): string =>
  `(${attempt.toString()})(${JSON.stringify(`${other}/${encodeURIComponent(name)}`)})`

async function workerOf({ page }: Journey): Promise<Worker> {
  const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
  expect(worker.url()).toMatch(/^blob:/)
  return worker
}

describe('nothing leaves the browser, even if a script tries', () => {
  test('by any way there is from the page', async ({ journey }) => {
    await journey.open()
    journey.expectTrouble(REFUSALS)
    for (const [name, attempt] of Object.entries(ON_PAGE))
      expect(`${name}: ${String(await journey.page.evaluate(tell(attempt, name)))}`).toBe(
        `${name}: refused`,
      )
    await expectSilence(journey)
  })

  test('by any way there is from the engine', async ({ journey }) => {
    await journey.open()
    journey.expectTrouble(REFUSALS)
    const worker = await workerOf(journey)
    for (const [name, attempt] of Object.entries(IN_WORKER))
      expect(`${name}: ${String(await worker.evaluate(tell(attempt, name)))}`).toBe(
        `${name}: refused`,
      )
    await expectSilence(journey)
  })

  test('from a worker that the page makes of a blob', async ({ journey }) => {
    await journey.open()
    journey.expectTrouble(REFUSALS)
    const outcome = await journey.page.evaluate((url) => {
      const source = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => postMessage('sent'), () => postMessage('refused'))`
      const worker = new Worker(URL.createObjectURL(new Blob([source])))
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data)
      })
    }, `${other}/made`)
    expect(outcome).toBe('refused')
    await expectSilence(journey)
  })

  test('and the other host would have heard of it', async ({ browser }) => {
    // Without this, silence would prove nothing.
    const free = await hostFolders([], '')
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${free.origin}/`)
    const heard = ['fetch', 'xhr', 'image', 'beacon', 'font', 'form', 'script'] as const
    for (const name of heard) await page.evaluate(tell(ON_PAGE[name], name))
    await expect
      .poll(() =>
        heard.filter((name) => !reached.some((said) => said.endsWith(`/${name}`))),
      )
      .toEqual([])
    await context.close()
    free.close()
  })
})
