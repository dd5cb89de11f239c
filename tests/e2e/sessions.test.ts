import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

const OWN = {
  name: 'own.ndjson',
  text: '{"@timestamp":"2026-03-01T10:00:00Z","event":{"category":"process"},"process":{"name":"own.exe"}}\n',
}

describe('a session', () => {
  test('is there again after a reload: rule as edited, own file, verdicts', async ({
    journey,
  }) => {
    await journey.open()
    const before = await journey.eventCount()
    await journey.drop(OWN)
    await journey.waitForEvents(before + 1)
    await journey.writeQuery('process where process.name == "own.exe"')
    await journey.waitForMatches(1)
    const verdicts = await journey.verdicts()

    await journey.page.reload()
    await journey.waitForEvents(before + 1)
    await journey.settle()
    expect(await journey.verdicts()).toEqual(verdicts)
    expect(await journey.query()).toBe('process where process.name == "own.exe"')
  })

  test('keeps the very last keystroke before the tab is closed', async ({ journey }) => {
    await journey.open()
    await journey.writeQuery('any where "last keystroke" == null')
    await journey.page.close({ runBeforeUnload: true })

    await journey.openTab()
    expect(await journey.query()).toBe('any where "last keystroke" == null')
  })

  test('can be one of several', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const before = await journey.eventCount()
    await journey.chooseInMenu(/^Session:/, /^New/)
    await journey.waitForEvents(0)
    await journey.drop(OWN)
    await journey.waitForEvents(1)

    await journey.chooseInMenu(/^Session:/, /example/)
    await journey.waitForEvents(before)
    await page.reload()
    await journey.waitForEvents(before)
  })

  test('is renamed, duplicated, deleted, and brought back', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    await journey.writeQuery('any where true')
    await journey.chooseInMenu(/^Session:/, /^Rename/)
    await page.getByRole('textbox', { name: /name/i }).fill('Case 7')
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('button', { name: 'Session: Case 7', exact: true }).waitFor()

    await journey.chooseInMenu(/^Session:/, /^Duplicate/)
    await page.getByRole('button', { name: 'Session: Case 7 (copy)' }).waitFor()
    await journey.writeQuery('any where false')
    await journey.waitForMatches(0)

    await journey.chooseInMenu(/^Session:/, /^Delete/)
    await page.getByRole('button', { name: 'Session: Case 7', exact: true }).waitFor()
    await journey.settle()
    expect(await journey.query()).toBe('any where true')

    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Session: Case 7 (copy)' }).waitFor()
    await journey.settle()
    expect(await journey.query()).toBe('any where false')
  })

  test('works without a database, and says so', async ({ journey }) => {
    await journey.page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    })
    await journey.open()
    await journey.page.getByText('does not let the page store anything').first().waitFor()
    await journey.writeQuery('any where true')
    await journey.waitForMatches(await journey.eventCount())
  })

  test('goes on when the database is full, and says so', async ({ journey }) => {
    await journey.open()
    await journey.page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await journey.writeQuery('any where true')
    await journey.page.getByText('no room left').first().waitFor()
    await journey.waitForMatches(await journey.eventCount())
  })
})
