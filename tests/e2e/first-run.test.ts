import { describe, expect } from 'vitest'
import { runBundledRules } from '../support/bundled-run'
import { journeyTest as test } from './journey'

describe('a newcomer', () => {
  test('sees a match and a near miss without a click', async ({ journey }) => {
    await journey.open()
    const { page } = journey

    const match = page.locator('[data-match]').first()
    const nearMiss = page.locator('[data-near-miss]').first()
    expect(await match.isVisible()).toBe(true)
    expect(await nearMiss.isVisible()).toBe(true)
    expect(await match.locator('[data-step]').count()).toBeGreaterThan(1)
    expect(
      await match.locator('[data-step="1"]').getAttribute('data-event-id'),
    ).toBeTruthy()
    expect(await nearMiss.getAttribute('data-cause')).toMatch(/^[a-z-]+$/)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('sees the same verdicts as the engine gives without a page', async ({
    journey,
  }) => {
    await journey.open()
    const expected = await runBundledRules()
    const entries = Array.from(expected, ([id, { matches, nearMisses }]) => [
      id,
      `${matches} matches, ${nearMisses} near misses`,
    ])
    expect(await journey.verdicts()).toEqual(Object.fromEntries(entries))

    for (const [id, { events }] of expected) {
      await journey.rule(id).click()
      await journey.settle()
      expect(await journey.shownMatches(), id).toEqual(events)
    }
  })

  test('meets no barrier on screen', async ({ journey }) => {
    await journey.open()
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('meets no barrier on a phone, and never scrolls sideways', async ({ journey }) => {
    const { page } = journey
    await page.setViewportSize({ width: 390, height: 844 })
    await journey.open()
    expect(await page.locator('[data-match]').first().isVisible()).toBe(true)
    const screens = page.getByRole('navigation', { name: 'Screens' }).getByRole('button')
    for (const screen of await screens.all()) {
      await screen.click()
      const place = await screen.innerText()
      expect(await journey.accessibilityFaults(), place).toEqual([])
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      )
      expect(excess, place).toBeLessThanOrEqual(0)
    }
  })
})
