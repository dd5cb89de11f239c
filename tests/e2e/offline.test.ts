import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

const EVENTS = '{"@timestamp":"2026-01-01T00:00:00Z","event":{"category":"process"}}\n'

describe('without a network', () => {
  test('the page opens and answers, once it was opened with one', async ({ journey }) => {
    await journey.open()
    await journey.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await journey.context.setOffline(true)
    await journey.page.reload()
    await journey.settle()
    await journey.choose({ name: 'events.ndjson', text: EVENTS })
    await journey.page.getByText('events.ndjson').first().waitFor()
    await journey.settle()
    const before = await journey.verdicts()
    expect(Object.values(before)).not.toHaveLength(0)
    expect(before[await journey.selectedRuleId()]).toMatch(/^[1-9]\d* matches/)
  })
})

describe('what the browser is told to refuse', () => {
  test('text never becomes markup, nor the address of a script', async ({ journey }) => {
    await journey.open()
    journey.expectTrouble(/Trusted|trusted|Content Security Policy|Refused/)
    const outcomes = await journey.page.evaluate(() => {
      const attempt = (act: () => unknown) => {
        try {
          act()
          return 'done'
        } catch (error) {
          return (error as Error).name
        }
      }
      return [
        attempt(() => (document.body.innerHTML = '<b>x</b>')),
        attempt(() => new Worker('/other.js')),
        attempt(() => (document.createElement('script').src = '/other.js')),
      ]
    })
    expect(outcomes).toEqual(['TypeError', 'TypeError', 'TypeError'])
  })
})

describe('the page in one file', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'one-file-'))
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const options = [
      'build',
      '--mode',
      'one-file',
      '--logLevel',
      'warn',
      '--outDir',
      folder,
    ]
    const { VITEST: _vitest, ...env } = process.env
    await promisify(execFile)(process.execPath, [vite, ...options], {
      cwd: root,
      env: { ...env, NODE_ENV: 'production' },
    })
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('runs from disk, with the engine, the rules and their events', async ({
    journey,
  }) => {
    await journey.context.setOffline(true)
    await journey.page.goto(pathToFileURL(join(folder, 'maxspan.html')).href)
    await journey.settle()
    const verdicts = Object.values(await journey.verdicts())
    expect(verdicts).toHaveLength(5)
    for (const verdict of verdicts) expect(verdict).toMatch(/^[1-9]\d* matches/)
    await journey.choose({ name: 'events.ndjson', text: EVENTS })
    await journey.page.getByText('events.ndjson').first().waitFor()
  })
})
