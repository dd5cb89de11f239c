import { describe, expect, inject } from 'vitest'
import { type Journey, journeyTest as test } from './journey'

const events = {
  name: 'own.ndjson',
  text: ['a.exe', 'b.exe', 'c.exe']
    .map((name, n) =>
      JSON.stringify({
        '@timestamp': `2026-01-01T10:00:0${n}Z`,
        event: { category: 'process' },
        process: { name },
      }),
    )
    .join('\n'),
}
const QUERY = 'process where process.name in ("a.exe", "b.exe")'
const rule = {
  name: 'lab.toml',
  text: `[rule]\nname = "Lab"\ntype = "eql"\nlanguage = "eql"\nrule_id = "11111111-2222-3333-4444-555555555555"\nquery = '${QUERY}'\n`,
}

async function openLab(journey: Journey): Promise<void> {
  await journey.open()
  await journey.choose(events, rule)
  await journey.selectedRule().filter({ hasText: 'Lab' }).waitFor()
  await journey.settle()
  await journey.waitForMatches(2)
}

/** A link to a match of the open rule. */
async function copyLink(journey: Journey): Promise<string> {
  await journey.page.keyboard.press('ControlOrMeta+s')
  await journey.page.getByLabel('checked').waitFor()
  const link = await journey.page.getByRole('textbox', { name: 'Link' }).inputValue()
  await journey.page.keyboard.press('Escape')
  return link
}

const comparison = async (journey: Journey) => {
  await journey.page.getByRole('button', { name: 'Compare with mine' }).click()
  return journey.page.getByRole('dialog', { name: 'Compare with mine' })
}

describe('a guest’s rule', () => {
  test('is compared with one’s own, which stays as it is', async ({ journey }) => {
    await openLab(journey)
    const link = await copyLink(journey)
    // Meanwhile one’s own went on.
    const edited = 'process where process.name in ("b.exe", "c.exe")'
    await journey.writeQuery(edited)
    await journey.page.getByText('"c.exe"').first().waitFor()
    await journey.settle()
    await journey.page.evaluate((hash) => {
      location.hash = hash
    }, new URL(link).hash)
    await journey.page.locator('[data-guest]').waitFor()
    await journey.waitForMatches(1)

    const dialog = await comparison(journey)
    await dialog.getByText('Different: query').first().waitFor()
    await dialog.getByText('+ 1 match gained').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.page.setViewportSize({ width: 390, height: 844 })
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.page.setViewportSize({ width: 1440, height: 900 })
    await journey.page.keyboard.press('Escape')

    await journey.page
      .locator('[data-guest]')
      .getByRole('button', { name: 'Close' })
      .click()
    await journey.page.locator('[data-guest]').waitFor({ state: 'detached' })
    await journey.settle()
    expect(await journey.query()).toBe(edited)
  })

  test('that one has not is told so', async ({ journey }) => {
    await openLab(journey)
    const link = await copyLink(journey)
    const { hash } = new URL(link)
    const other = await journey.browser.newContext()
    const page = await other.newPage()
    await page.goto(`${inject('origin')}/${hash}`)
    await page.getByRole('button', { name: 'Compare with mine' }).click()
    await page.getByText('None of your sessions has a rule').waitFor()
    await other.close()
  })
})
