import { describe, expect } from 'vitest'
import { journeyTest as test, type Journey } from './journey'

const NARROW = { width: 390, height: 844 }

const shownEvents = async ({ page }: Journey): Promise<string> =>
  (await page.locator('[data-region="events"] .region-count').innerText()).trim()

const untilShown = (journey: Journey, count: string) =>
  expect.poll(() => shownEvents(journey), { timeout: 10_000 }).toBe(count)

describe('how far the events come', () => {
  test('from a drop of the funnel to the events that fell, and back', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    const counts = page.locator('.cm-count-true')
    await counts.first().waitFor()
    expect(await counts.first().innerText()).toMatch(/^✓ \d/)
    expect(await page.locator('.cm-counts-strictest').count()).toBeGreaterThan(0)
    const all = await shownEvents(journey)

    const funnel = page.getByRole('table', { name: 'How many events are left' })
    const drop = funnel.getByRole('button', { name: 'fail it' }).first()
    const fell = (await drop.innerText()).replace(/\D+/g, '')
    await drop.click()
    await untilShown(journey, `${fell} of ${all}`)
    const chip = page.getByRole('button', { name: /^fell at clause 1 of step 1/ })
    await chip.waitFor()
    expect(await drop.getAttribute('aria-pressed')).toBe('true')
    expect(await journey.accessibilityFaults()).toEqual([])
    await chip.click()
    await untilShown(journey, all)
    await chip.waitFor({ state: 'detached' })

    // The same numbers as in the editor, where the keyboard reaches them.
    const clauses = page.getByRole('table', { name: 'What each clause is' })
    const isFalse = clauses.getByRole('button', { name: /false/ }).first()
    await isFalse.focus()
    const failing = await isFalse.innerText()
    await page.keyboard.press('Enter')
    await untilShown(journey, `${failing} of ${all}`)
    await page.getByRole('button', { name: /is false$/ }).waitFor()
  })

  test('counts stay, dimmed, while one types, and can be put away', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    await page.locator('.cm-count').first().waitFor()
    await page.getByLabel('EQL query').focus()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.insertText(' and')
    await page.locator('.cm-counts-stale').first().waitFor()
    await journey.chooseInMenu(/Rule menu/, /Back to the query/)
    await page.locator('.cm-counts:not(.cm-counts-stale)').first().waitFor()
    const toggle = async () => {
      await page.getByRole('button', { name: 'Rule menu' }).click()
      await page.getByRole('menuitemcheckbox', { name: /counts/ }).click()
    }
    await toggle()
    await page.locator('.cm-counts').first().waitFor({ state: 'detached' })
    await page.waitForTimeout(1500)
    await journey.open()
    expect(await page.locator('.cm-counts').count()).toBe(0)
    await toggle()
    await page.locator('.cm-counts').first().waitFor()
  })

  test('a rule without a match names the clause where it dies, or the category', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    const result = page.locator('[data-region="result"]')
    await journey.writeQuery(
      'process where process.name != null and process.name == "nowhere.exe"',
    )
    await result.getByText('Clause 2 is true of none').waitFor()
    await result.getByRole('button', { name: 'Show the clause' }).click()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(
      'process.name == "nowhere.exe"',
    )
    await result.getByRole('button', { name: /^List the \d+ events/ }).click()
    await page.getByRole('button', { name: /^fell at clause 2/ }).waitFor()

    await journey.writeQuery('dns where true')
    await result.getByText(/No `dns` events in 670; present: .*process/).waitFor()
    await page.getByRole('button', { name: /^fell at clause 2/ }).waitFor({
      state: 'detached',
    })
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('on a phone', async ({ journey }) => {
    const { page } = journey
    await page.setViewportSize(NARROW)
    await journey.open()
    await page
      .getByRole('tab', { name: /Funnel/ })
      .first()
      .click()
    const funnel = page.getByRole('table', { name: 'How many events are left' })
    await funnel.waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    const isWider = await page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth,
    )
    expect(isWider).toBe(false)
    const isTaller = await page.evaluate(
      () => document.documentElement.scrollHeight > window.innerHeight,
    )
    expect(isTaller).toBe(false)
    await funnel.getByRole('button', { name: 'fail it' }).first().click()
    const chip = page.getByRole('button', { name: /^fell at clause/ })
    await chip.waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await chip.click()
    await chip.waitFor({ state: 'detached' })
  })
})
