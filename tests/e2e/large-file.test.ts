import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { journeyTest as test } from './journey'
import type { Journey } from './journey'

const MEGABYTES = 100
/** A task on the page's own thread longer than this is felt, ms. */
const FELT = 50

let folder = ''
let path = ''
let lines = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
  path = join(folder, 'large.ndjson')
  lines = await writeEvents(path, MEGABYTES * 1_000_000)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Process starts of a made-up fleet, about 560 bytes each. Returns how many. */
async function writeEvents(file: string, bytes: number): Promise<number> {
  const handle = await open(file, 'w')
  let written = 0
  let count = 0
  while (written < bytes) {
    const block = Array.from({ length: 2000 }, () => printEvent(count++)).join('')
    written += (await handle.write(block)).bytesWritten
  }
  await handle.close()
  return count
}

function printEvent(n: number): string {
  const event = {
    '@timestamp': new Date(1_772_000_000_000 + n * 250).toISOString(),
    event: { category: ['process'], type: ['start'], action: 'start', id: `e${n}` },
    host: { id: `host-${n % 97}`, name: `ws-${n % 97}`, os: { type: 'windows' } },
    user: { id: `S-1-5-21-${n % 61}`, name: `user${n % 61}`, domain: 'CORP' },
    process: {
      pid: 1000 + (n % 30_000),
      entity_id: `p-${n}`,
      name: `tool-${n % 211}.exe`,
      executable: `C:\\Program Files\\Vendor ${n % 31}\\tool-${n % 211}.exe`,
      args: [`tool-${n % 211}.exe`, '--job', String(n % 5003)],
      parent: { name: 'services.exe', pid: 640 },
    },
  }
  return `${JSON.stringify(event)}\n`
}

/** What is written of one task of a thread; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Time the processor spent on it. A busy machine makes it no longer. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** Notes every task of the page's own thread. */
async function watchTasks({ page, browser }: Journey): Promise<void> {
  const categories = ['disabled-by-default-devtools.timeline']
  await browser.startTracing(page, { categories })
}

/** Ends the watch: how long each task took that one could feel, ms. */
async function readFeltTasks({ browser }: Journey): Promise<readonly number[]> {
  const trace = (await browser.stopTracing()).toString()
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: TraceEvent[] }
  const threads = new Set(
    traceEvents
      .filter(
        ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
      )
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => Math.round(tdur / 1000))
    .filter((task) => task > FELT)
}

/** A task of 200 ms, to see that the watch sees it. */
async function plantTask({ page }: Journey): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        setTimeout(() => {
          const end = performance.now() + 200
          while (performance.now() < end);
          // In a task of its own, when this one is over and noted.
          setTimeout(done)
        })
      }),
  )
}

describe(`a file of ${MEGABYTES} MB`, () => {
  test('loads with its progress shown while the page stays quick', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await watchTasks(journey)
    await page.getByLabel('Open files').setInputFiles(path)
    await page.getByRole('progressbar').first().waitFor()
    await page
      .locator(`[data-event-count="${before + lines}"]`)
      .waitFor({ timeout: 60_000 })
    await journey.settle()
    expect(await readFeltTasks(journey)).toEqual([])

    await watchTasks(journey)
    await plantTask(journey)
    expect(await readFeltTasks(journey)).toHaveLength(1)
  })

  test('can be cancelled; what was read stays, and is called partial', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await page.getByLabel('Open files').setInputFiles(path)
    const started = page.locator('[role="progressbar"]:not([aria-valuenow="0"])')
    await started.waitFor()
    await page.getByRole('button', { name: /^Cancel/ }).click()
    await page.getByText('partial').first().waitFor()
    await journey.settle()
    const count = await journey.eventCount()
    expect(count).toBeLessThan(before + lines)
    expect(count).toBeGreaterThan(before)
  })
})
