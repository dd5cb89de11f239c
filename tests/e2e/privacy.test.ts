import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject } from 'vitest'
import { journeyTest as test } from './journey'

describe('what is said of privacy', () => {
  test('lists what was asked of whom, the policy and what is stored, and wipes it', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.getByRole('button', { name: 'Local only' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('To other hosts: 0').waitFor()
    await dialog.getByText("default-src 'none'").waitFor()
    await dialog.getByText(/that the browser would give/).waitFor()
    await dialog.getByText('All of them').click()
    await dialog
      .getByText(/\/assets\/.*\.js$/)
      .first()
      .waitFor()
    const script = await page.locator('script[type="module"]').getAttribute('src')
    const file = await readFile(join(inject('site'), script ?? ''))
    await dialog.getByText(createHash('sha256').update(file).digest('hex')).waitFor()
    // It has the host for itself.
    expect(await dialog.locator('[data-shared-host]').count()).toBe(0)
    expect(await journey.accessibilityFaults()).toEqual([])

    await dialog.getByRole('button', { name: 'Delete everything…' }).click()
    await dialog.getByText('This has no undo.').waitFor()
    await dialog.getByRole('button', { name: 'Delete everything' }).click()
    await dialog.getByText(/lists no database and no cache/).waitFor()
    const left = await page.evaluate(async () => [
      ...(await indexedDB.databases()),
      ...(await caches.keys()),
      ...Object.keys(sessionStorage),
    ])
    expect(left).toEqual([])
  })

  test('asks before it deletes', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    await page.getByRole('button', { name: 'Local only' }).click()
    await page.getByRole('button', { name: 'Delete everything…' }).click()
    await page.getByRole('button', { name: 'Keep them' }).click()
    const databases = await page.evaluate(() => indexedDB.databases())
    expect(databases).not.toEqual([])
  })

  test('leaves what other pages of the origin keep', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    await page.evaluate(() =>
      new Promise((resolve) => {
        const opening = indexedDB.open('another page')
        opening.onsuccess = () => {
          opening.result.close()
          resolve(caches.open('another page'))
        }
      }).then(() => undefined),
    )
    await page.getByRole('button', { name: 'Local only' }).click()
    await page.getByRole('button', { name: 'Delete everything…' }).click()
    await page.getByRole('button', { name: 'Delete everything' }).click()
    await page.getByText(/lists no database and no cache/).waitFor()
    const left = await page.evaluate(async () => [
      ...(await indexedDB.databases()).map(({ name }) => name),
      ...(await caches.keys()),
    ])
    expect(left).toEqual(['another page', 'another page'])
  })
})
