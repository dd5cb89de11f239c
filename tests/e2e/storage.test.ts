import { readFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { journeyTest as test, type Journey } from './journey'

const event = (name: string): string =>
  `{"@timestamp":"2026-03-01T10:00:00Z","event":{"category":"process"},"process":{"name":"${name}"}}\n`
const own = (name: string, count = 1) => ({
  name: `${name}.ndjson`,
  text: event(`${name}.exe`).repeat(count),
})

const openList = async (journey: Journey): Promise<void> => {
  await journey.page.getByRole('button', { name: 'All… sessions' }).click()
  await journey.page.getByRole('dialog').waitFor()
}
const row = (journey: Journey, name: string) =>
  journey.page
    .locator('[data-session]')
    .filter({ has: journey.page.getByRole('button', { name, exact: true }) })
const lost = (journey: Journey) => journey.page.locator('[data-lost-source]')

/** A session of one file, beside the example. */
async function openOwn(journey: Journey, name = 'own'): Promise<void> {
  await journey.open()
  await journey.chooseInMenu(/^Session:/, /^New session$/)
  await journey.waitForEvents(0)
  await journey.drop(own(name))
  await journey.waitForEvents(1)
}

/** What a browser does that is short of room, or a page that is left too soon. */
interface Meddling {
  readonly clear?: true
  readonly put?: { readonly id: string; readonly text: string }
}

/** The names that files are stored under, after this was done to them. */
const readStored = (journey: Journey, { clear, put }: Meddling = {}) =>
  journey.page.evaluate(
    async ({ clear, put }) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('maxspan')
        opening.onsuccess = () => resolve(opening.result)
      })
      const blobs = database.transaction('blobs', 'readwrite').objectStore('blobs')
      if (clear) blobs.clear()
      if (put) blobs.put({ id: put.id, added: Date.now(), blob: new Blob([put.text]) })
      const keys = blobs.getAllKeys()
      const ids = await new Promise<readonly string[]>((resolve) => {
        keys.onsuccess = () => resolve(keys.result.map(String))
      })
      database.close()
      return ids
    },
    { clear, put },
  )

/** Waits until so many files are stored. */
const waitForStored = (journey: Journey, count: number) =>
  expect.poll(() => readStored(journey), { timeout: 20_000 }).toHaveLength(count)

describe('the list of all sessions', () => {
  test('tells what each holds; finds, sorts, renames, copies, deletes', async ({
    journey,
  }) => {
    await openOwn(journey)
    await waitForStored(journey, 6)
    const { page } = journey
    await openList(journey)
    await row(journey, 'Session').getByText('0 rules, 1 file, 1 event').waitFor()
    const example = 'Scheduled tasks (example)'
    await row(journey, example).getByText('5 rules, 5 files, 670 events').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    await row(journey, example)
      .getByRole('button', { name: /^Duplicate/ })
      .click()
    const copy = `${example} (copy)`
    await row(journey, copy)
      .getByText(/B shared/)
      .waitFor()
    await row(journey, example)
      .getByText(/B shared/)
      .waitFor()
    await row(journey, copy)
      .getByRole('button', { name: /^Rename/ })
      .click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Case 7')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await row(journey, 'Case 7').waitFor()

    await page.getByRole('searchbox', { name: 'Search sessions' }).fill('example')
    await row(journey, 'Case 7').waitFor({ state: 'detached' })
    expect(await page.locator('[data-session]').count()).toBe(1)
    await page.getByRole('searchbox', { name: 'Search sessions' }).fill('')
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Name')
    const names = page.locator('[data-session] .name')
    expect(await names.allTextContents()).toEqual(['Case 7', example, 'Session'])

    // What is deleted gives back what it alone had.
    await row(journey, example)
      .getByRole('button', { name: /^Delete/ })
      .click()
    await row(journey, example).waitFor({ state: 'detached' })
    const shared = row(journey, 'Case 7').getByText(/shared/)
    await shared.waitFor({ state: 'detached' })
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await row(journey, example).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    await page.setViewportSize({ width: 390, height: 844 })
    expect(await journey.accessibilityFaults()).toEqual([])
    await row(journey, 'Case 7')
      .getByRole('button', { name: 'Case 7', exact: true })
      .click()
    await page.getByRole('button', { name: 'Session: Case 7' }).waitFor()
    await journey.settle()
    expect(Object.keys(await journey.verdicts())).toHaveLength(5)
  })

  test('deletes the open session too, and brings it back', async ({ journey }) => {
    await openOwn(journey)
    await openList(journey)
    await row(journey, 'Session')
      .getByRole('button', { name: /^Delete/ })
      .click()
    await row(journey, 'Session').waitFor({ state: 'detached' })
    await journey.waitForEvents(670)
    await journey.page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await row(journey, 'Session').waitFor()
    await journey.waitForEvents(1)
  })

  test('files stay while another session has them, and go with the last', async ({
    journey,
  }) => {
    await openOwn(journey)
    await waitForStored(journey, 6)
    await journey.chooseInMenu(/^Session:/, /^Duplicate/)
    await journey.page.getByRole('button', { name: 'Session: Session (copy)' }).waitFor()
    await journey.chooseInMenu(/^Session:/, /^Delete/)
    await journey.page
      .getByRole('button', { name: 'Session: Session', exact: true })
      .waitFor()
    await journey.page.getByRole('button', { name: 'Close notice' }).click()
    await waitForStored(journey, 6)
    await journey.waitForEvents(1)
    await journey.chooseInMenu(/^Session:/, /^Delete/)
    await journey.waitForEvents(670)
    await journey.page.getByRole('button', { name: 'Close notice' }).click()
    await waitForStored(journey, 5)
  })
})

describe('files', () => {
  test('that the browser has dropped are told, and can be opened again', async ({
    journey,
  }) => {
    await openOwn(journey)
    await waitForStored(journey, 6)
    await readStored(journey, { clear: true })
    await journey.page.reload()
    await lost(journey).getByText('no longer stored here').waitFor()
    await journey.page.getByText('own.ndjson is no longer stored').first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.page.reload()
    await lost(journey).waitFor()

    await journey.choose(own('own'))
    await lost(journey).waitFor({ state: 'detached' })
    await journey.waitForEvents(1)
    await waitForStored(journey, 1)
    await journey.page.reload()
    await journey.waitForEvents(1)
    expect(await lost(journey).count()).toBe(0)
  })

  test('for which there is no room are told, with ways out of it', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    await page.evaluate(() => {
      const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
      IDBObjectStore.prototype.put = function (value: unknown) {
        if (this.name !== 'blobs' || !('isFull' in window)) return put.call(this, value)
        throw new DOMException('full', 'QuotaExceededError')
      }
      Object.assign(window, { isFull: true })
    })
    await journey.drop(own('large'))
    await journey.waitForEvents(671)
    await page.getByText('no room left').first().waitFor()
    await page.getByRole('button', { name: 'Make room…' }).click()
    const storage = page.locator('[data-storage]')
    await storage.getByText('There was no room to store large.ndjson').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    const saving = page.waitForEvent('download')
    await storage.getByRole('button', { name: /as a bundle/ }).click()
    const bundle = await saving
    expect(bundle.suggestedFilename()).toBe('scheduled-tasks-example.maxspan')
    expect((await readFile(await bundle.path())).length).toBeGreaterThan(10_000)

    await page.evaluate(() => Reflect.deleteProperty(window, 'isFull'))
    await storage.getByRole('button', { name: 'Try again' }).click()
    await storage.getByText('There was no room').waitFor({ state: 'detached' })
    await waitForStored(journey, 6)
    await page.reload()
    await journey.waitForEvents(671)
  })

  test('can be kept out of storage', async ({ journey }) => {
    await journey.open()
    await waitForStored(journey, 5)
    const ofExample = await readStored(journey)
    await openOwn(journey)
    await waitForStored(journey, 6)
    const stored = await readStored(journey)
    await openList(journey)
    await journey.page.getByRole('checkbox', { name: /Keep the events/ }).check()
    await waitForStored(journey, 5)
    await journey.page.reload()
    await lost(journey).getByText('kept out of storage').waitFor()
    await journey.choose(own('own'))
    await journey.waitForEvents(1)
    await waitForStored(journey, 5)

    const [id = ''] = stored.filter((other) => !ofExample.includes(other))
    await readStored(journey, { put: { id, text: own('own').text } })
    await waitForStored(journey, 6)
    await journey.page.reload()
    await journey.waitForEvents(1)
    await waitForStored(journey, 5)
  })
})

/** Drops a file that takes a while. It is made in the page: one from outside is smaller. */
const dropLarge = (journey: Journey) =>
  journey.page.evaluate((line) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([line.repeat(400_000)], 'large.ndjson'))
    const init = { dataTransfer, bubbles: true, cancelable: true }
    window.dispatchEvent(new DragEvent('drop', init))
  }, event('large.exe'))

test('a page that goes away in the middle of reading a file loses nothing it had', async ({
  journey,
}) => {
  await openOwn(journey)
  const { page } = journey
  await waitForStored(journey, 6)
  await page.getByRole('button', { name: 'Add rule' }).first().click()
  await journey.writeQuery('process where process.name == "own.exe"')
  await journey.waitForMatches(1)
  await dropLarge(journey)
  // A quick machine has read it before anybody looks.
  const isRead = page.locator('[data-event-count="400001"]')
  const progress = page.getByRole('progressbar', { name: /^Reading/ })
  await progress.or(isRead).first().waitFor()
  await page.reload()

  await lost(journey).or(progress).or(isRead).first().waitFor()
  expect(await journey.query()).toBe('process where process.name == "own.exe"')
  if ((await lost(journey).count()) > 0) await dropLarge(journey)
  await journey.waitForEvents(400_001)
  await journey.waitForMatches(1)
  expect(await lost(journey).count()).toBe(0)
})

/** Opens the link to what is chosen in the example. */
async function openGuest(journey: Journey): Promise<void> {
  await journey.open()
  const { page } = journey
  await page.keyboard.press('ControlOrMeta+s')
  await page.getByLabel('checked').waitFor()
  await page.goto(await page.getByRole('textbox', { name: 'Link' }).inputValue())
  await page.reload()
  await page.locator('[data-guest]').waitFor()
  await journey.settle()
}

describe('a guest', () => {
  test('keeps its edits over a reload, and asks before they are let go', async ({
    journey,
  }) => {
    await openGuest(journey)
    const { page } = journey
    await journey.writeQuery('any where "guest" == null')
    await journey.waitForMatches(0)

    const asked = page.waitForEvent('dialog')
    const reloading = page.reload()
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.accept()
    await reloading
    await page.locator('[data-guest]').waitFor()
    await journey.settle()
    expect(await journey.query()).toBe('any where "guest" == null')

    await page.locator('[data-guest]').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Keep as a session' }).click()
    await page.locator('[data-guest]').waitFor({ state: 'detached' })
    await journey.settle()
    await journey.waitForMatches(0)
    expect(await journey.query()).toBe('any where "guest" == null')
  })

  test('that was left for a session does not come back with a reload', async ({
    journey,
  }) => {
    await openGuest(journey)
    const { page } = journey
    await journey.chooseInMenu(/^Session:/, /example/)
    await page.locator('[data-guest]').waitFor({ state: 'detached' })
    await journey.settle()
    await page.reload()
    await journey.settle()
    expect(await page.locator('[data-guest]').count()).toBe(0)
    expect(Object.keys(await journey.verdicts())).toHaveLength(5)
  })
})
