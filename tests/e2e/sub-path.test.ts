import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject } from 'vitest'
import { printBundle } from '../../src/share/bundle'
import { Journey, journeyTest as test } from './journey'
import { hostFolders, type StaticHost } from './static-host'

const BUNDLE = {
  originals: [],
  reproduction: {
    engine: '1',
    title: 'A pair of events',
    rules: [
      {
        name: 'pair.toml',
        text: `[rule]\nname = "Pair"\ntype = "eql"\nquery = 'sequence by host.id [process where true] [network where true]'\n`,
      },
    ],
    sources: [
      {
        name: 'events.ndjson',
        text: ['process', 'network']
          .map((category, n) =>
            JSON.stringify({
              _id: `e${n}`,
              '@timestamp': `2026-01-01T10:00:0${n}Z`,
              event: { category },
              host: { id: 'h' },
            }),
          )
          .join('\n'),
      },
    ],
    view: { rule: 0, kind: 'match' as const, place: 0 },
    opensTo: [{ matches: 1, nearMisses: 0 }],
  },
}

let host: StaticHost
let added = ''
beforeAll(async () => {
  added = await mkdtemp(join(tmpdir(), 'beside-'))
  const file = join(added, 'given.maxspan')
  const bundle = await printBundle(BUNDLE)
  await writeFile(file, Buffer.from(await bundle.arrayBuffer()))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const command = ['src/node.mjs', 'src/headless/repro.ts', file]
  await promisify(execFile)(
    process.execPath,
    [...command, '--as', '2026/pair', '--public', added],
    { cwd: root },
  )
  host = await hostFolders([inject('site'), added], '/some/folder')
})
afterAll(async () => {
  host.close()
  await rm(added, { recursive: true })
})

/** Does something below the path, in a profile of its own. */
async function below(browser: Browser, work: (journey: Journey) => Promise<void>) {
  const journey = await Journey.begin(browser, host.origin)
  await work(journey)
  // Nothing may have been asked of what is beside the folder.
  await journey.end()
  expect(host.lost.filter((path) => !path.startsWith('/some/folder/r/'))).toEqual([])
}

const choose = (journey: Journey) =>
  journey.choose({
    name: 'own.ndjson',
    text: '{"@timestamp":"2026-01-01T00:00:00Z","event":{"category":"process"}}\n',
  })

describe('in any folder of any host', () => {
  test('the page opens, answers, and opens again without a network', async ({
    browser,
  }) => {
    await below(browser, async (journey) => {
      await journey.open()
      const verdicts = await journey.verdicts()
      expect(Object.keys(verdicts)).toHaveLength(5)
      for (const verdict of Object.values(verdicts))
        expect(verdict).toMatch(/^[1-9]\d* matches/)
      const scope = await journey.page.evaluate(() =>
        navigator.serviceWorker.ready.then((registration) => registration.scope),
      )
      expect(scope).toBe(`${host.origin}/`)
      await journey.page.getByRole('button', { name: 'Local only' }).click()
      await journey.page.locator('[data-shared-host]').waitFor()
      await journey.page.keyboard.press('Escape')
      await journey.context.setOffline(true)
      await journey.page.reload()
      await journey.settle()
      expect(await journey.verdicts()).toEqual(verdicts)
      const before = await journey.eventCount()
      await choose(journey)
      await journey.waitForEvents(before + 1)
    })
  })

  test('a bundle that lies beside it opens by its name', async ({ browser }) => {
    await below(browser, async (journey) => {
      await journey.page.goto(`${host.origin}/#repro=2026/pair`)
      await journey.settle()
      await journey.page
        .locator('[data-guest]', { hasText: 'A pair of events' })
        .waitFor()
      await journey.waitForMatches(1)
      expect(await journey.shownMatches()).toEqual(['e0 e1'])
      await journey.page.locator('[data-agrees="true"]').waitFor()
      expect(await journey.accessibilityFaults()).toEqual([])
    })
    expect(host.lost).toEqual([])
  })

  test('its page tells of it without a script, and leads there', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${host.origin}/r/2026/pair/`)
    await page.getByRole('heading', { name: 'A pair of events' }).waitFor()
    await page.getByText('1 rule over 2 events: 1 match, 0 near misses.').waitFor()
    await expect.poll(() => page.getByRole('cell', { name: 'satisfied' }).count()).toBe(2)
    const picture = page.getByRole('img')
    await picture.waitFor()
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
      1200,
    )
    await page.setViewportSize({ width: 390, height: 844 })
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
    ).toBeLessThanOrEqual(390)
    await context.close()

    await below(browser, async (journey) => {
      await journey.page.goto(`${host.origin}/r/2026/pair/`)
      await journey.page.getByRole('link', { name: 'Open in Maxspan' }).click()
      await journey.settle()
      await journey.waitForMatches(1)
    })
  })

  test.for(['../given', 'nowhere', '/etc/x', '2026%2F..%2F..%2Fgiven'])(
    'what is named %s is not looked for elsewhere',
    async (name, { browser }) => {
      await below(browser, async (journey) => {
        journey.expectTrouble(/404/)
        await journey.page.goto(`${host.origin}/#repro=${name}`)
        await journey.page.getByText('There is no reproduction named').first().waitFor()
        await journey.settle()
        expect(await journey.page.locator('[data-guest]').count()).toBe(0)
      })
    },
  )
})
