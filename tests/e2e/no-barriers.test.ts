import { expect } from 'vitest'
import { journeyTest as test } from './journey'

test('no barrier anywhere one goes', async ({ journey }) => {
  await journey.open()
  const { page } = journey
  const check = async (place: string) => {
    expect(await journey.accessibilityFaults(), place).toEqual([])
  }

  await page.getByRole('tab', { name: /^Near misses/ }).click()
  await page.locator('[data-near-miss]').first().waitFor()
  await check('near misses')

  const grid = page.getByRole('grid', { name: 'Events' })
  await grid.getByRole('row').nth(2).click()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Event', exact: true }).waitFor()
  await check('an event')

  await page.getByRole('button', { name: /^Session:/ }).click()
  await page.getByRole('menu').waitFor()
  await check('the sessions')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Keys' }).click()
  await page.getByRole('dialog').waitFor()
  await check('the keys')
  await page.keyboard.press('Escape')

  await journey.choose({ name: 'bad.ndjson', text: '{}\nno\n' })
  await page.getByRole('button', { name: /of bad\.ndjson$/ }).click()
  await page.getByRole('dialog').waitFor()
  await check('bad records')
  await page.keyboard.press('Escape')

  await journey.writeQuery('proces where process.nam == "a" and')
  await page.locator('[data-rule][data-state="error"]').waitFor()
  // The completions go: they are scrolled with the arrow keys, which axe cannot know.
  await page.keyboard.press('Escape')
  await check('problems of a text')
})
