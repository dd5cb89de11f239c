import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject } from 'vitest'
import { Journey, journeyTest as test } from './journey'
import { hostFolders, type StaticHost } from './static-host'

/** A host whose files can be replaced by those of a newer version. */
let host: StaticHost
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'update-'))
  await cp(inject('site'), folder, { recursive: true })
  host = await hostFolders([folder], '/app')
})
afterAll(async () => {
  host.close()
  await rm(folder, { recursive: true })
})

async function change(name: string, edit: (text: string) => string): Promise<void> {
  const file = join(folder, name)
  const before = await readFile(file, 'utf8')
  const after = edit(before)
  expect(after).not.toBe(before)
  await writeFile(file, after)
}

/** The page says it is newer, and the list of kept files that it is another. */
async function release(): Promise<void> {
  await change('index.html', (page) =>
    page.replace('<head>', '<head><meta name="release" content="newer" />'),
  )
  await change('sw.js', (script) =>
    script.replace(/(url:[`"']\.\/[`"'],revision:[`"'])[^`"']+/, '$1newer'),
  )
}

const releaseOf = (journey: Journey) =>
  journey.page.evaluate(() =>
    document.querySelector('meta[name="release"]')?.getAttribute('content'),
  )

describe('a newer version', () => {
  test('is told of, waits, and is taken without losing anything', async ({ browser }) => {
    const journey = await Journey.begin(browser, host.origin)
    await journey.open()
    const { page } = journey
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    // From the second visit on it is the kept page that opens.
    await page.reload()
    await journey.settle()
    await release()
    const query = 'any where event.category == "mine"'
    await journey.writeQuery(query)
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    const use = page.getByRole('button', { name: 'Use it now' })
    await use.waitFor()
    // It only waits: what one does is not disturbed.
    expect(await releaseOf(journey)).toBeUndefined()
    expect(await journey.query()).toBe(query)
    await page.reload()
    await journey.settle()
    expect(await releaseOf(journey)).toBeUndefined()

    await Promise.all([page.waitForEvent('load'), use.click()])
    await journey.settle()
    expect(await releaseOf(journey)).toBe('newer')
    expect(await journey.query()).toBe(query)
    expect(await page.locator('[data-rule]').count()).toBe(5)
    await journey.end()
  })
})
