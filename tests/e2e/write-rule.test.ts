import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

describe('writing a rule', () => {
  test('changes its verdict as one types', async ({ journey }) => {
    await journey.open()
    await journey.writeQuery('any where true')
    await journey.waitForMatches(await journey.eventCount())
    await journey.writeQuery('any where false')
    await journey.waitForMatches(0)
  })

  test('shows an unfinished text as such, and the last answer as stale', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    const before = await journey.selectedRule().getAttribute('data-matches')
    await page.getByLabel('EQL query').click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(' | hea')

    const problems = page.getByRole('region', { name: 'Problems' })
    await problems.getByRole('listitem').first().waitFor()
    const result = page.getByRole('region', { name: 'Result' })
    await result.getByText('from previous text').waitFor()
    expect(await result.locator('[data-match]').count()).toBeGreaterThan(0)
    await journey.selectedRule().and(page.locator('[data-state="error"]')).waitFor()

    for (let n = ' | hea'.length; n > 0; n--) await page.keyboard.press('Backspace')
    await journey.settle()
    expect(await journey.selectedRule().getAttribute('data-matches')).toBe(before)
    expect(await result.getByText('from previous text').count()).toBe(0)
  })

  test('lays the query out by the menu, as one step to undo', async ({ journey }) => {
    await journey.open()
    await journey.writeQuery('any   where\ntrue')
    await journey.chooseInMenu(/Rule menu/, /Format query/)
    await expect.poll(() => journey.query()).toBe('any where true')
    await journey.page.getByLabel('EQL query').press('ControlOrMeta+z')
    await expect.poll(() => journey.query()).toBe('any   where\ntrue')
  })

  test('needs no mouse', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const first = await journey.selectedRuleId()

    await page.keyboard.press('Alt+1')
    await journey.tabTo('[data-rule]:not([aria-current])')
    await page.keyboard.press('Enter')
    expect(await journey.selectedRuleId()).not.toBe(first)

    await page.keyboard.press('Alt+2')
    await journey.tabTo('[aria-label="EQL query"]')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText('any where true')
    await journey.waitForMatches(await journey.eventCount())

    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    const inEditor = await page.evaluate(
      () => document.activeElement?.closest('.cm-editor') !== null,
    )
    expect(inEditor).toBe(false)

    await page.keyboard.press('Alt+3')
    await page.keyboard.press('j')
    await page.locator('[data-match]:focus').getByText('Match 2').waitFor()
    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: /^Close/ })
      .first()
      .waitFor()
  })
})
