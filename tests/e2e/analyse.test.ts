import { expect } from 'vitest'
import { journeyTest as test, type Journey } from './journey'

const start = Date.UTC(2026, 10, 20, 10)
const event = (seconds: number, category: string, pid: number, name: string): string =>
  JSON.stringify({
    '@timestamp': new Date(start + seconds * 1000).toISOString(),
    event: { category },
    host: { name: pid < 7 ? 'ws-1' : 'ws-2' },
    process: { pid, entity_id: `{${pid}}`, name },
  })

/** Pairs of events ever farther apart; one kind of process is kept out. */
const events = Array.from({ length: 12 }, (_, at) => [
  event(at * 600, 'process', at, at % 4 === 3 ? 'agent.exe' : 'tool.exe'),
  event(at * 600 + 2 ** at / 4, 'network', at, 'tool.exe'),
]).flat()

const rule = `sequence by process.pid with maxspan=10s
  [process where not process.name in ("agent.exe", "never.exe")]
  [network where true]`

async function begin(journey: Journey): Promise<void> {
  await journey.open()
  await journey.choose({ name: 'pairs.ndjson', text: events.join('\n') })
  await journey.settle()
  await journey.writeQuery(rule)
  await journey.settle()
}

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

for (const size of SIZES)
  test(`a rule is looked into and mended at ${size.width} px`, async ({ journey }) => {
    const { page } = journey
    await begin(journey)
    await page.setViewportSize(size)
    const isNarrow = size.width < 500
    const goTo = async (screen: string): Promise<void> => {
      if (isNarrow) await page.getByRole('button', { name: screen, exact: true }).click()
    }
    await goTo('Rules')
    await page.getByRole('tab', { name: 'Analyse' }).click()

    // The maxspan: tried with the keyboard.
    const slider = page.getByRole('slider', { name: 'maxspan to try' })
    await slider.focus()
    await page.keyboard.press('End')
    expect(await slider.getAttribute('aria-valuetext')).toContain('more than now')
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('button', { name: 'Times as a table' }).click()
    expect(await journey.accessibilityFaults()).toEqual([])

    // The keys.
    await page.getByRole('tab', { name: 'Join keys' }).click()
    await page.locator('[data-key-trial="drop"]').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    // The exclusions: what is counted is listed.
    await page.getByRole('tab', { name: 'Exclusions' }).click()
    const clause = page.locator('[data-exclusion="0"]')
    await clause.getByText('never hits an event').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await clause.getByRole('button', { name: /Events that only "agent\.exe"/ }).click()
    const grid = page.getByRole('grid', { name: 'Events' })
    await grid.and(page.locator('[aria-rowcount="4"]')).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    // A maxspan is used, as an edit one can take back.
    await goTo('Rules')
    await page.getByRole('tab', { name: 'maxspan' }).click()
    await slider.focus()
    await page.keyboard.press('End')
    await page.getByRole('button', { name: /^Use \d/ }).click()
    await journey.settle()
    expect(await journey.query()).not.toContain('maxspan=10s')
    await page.getByLabel('EQL query').focus()
    await page.keyboard.press('Control+z')
    await journey.settle()
    expect(await journey.query()).toContain('maxspan=10s')
  })

for (const size of SIZES)
  test(`the timeline is gone through by keys at ${size.width} px`, async ({
    journey,
  }) => {
    const { page } = journey
    await begin(journey)
    await page.setViewportSize(size)
    if (size.width < 500) {
      await page.getByRole('button', { name: 'Result', exact: true }).click()
      await page.getByRole('tab', { name: /timeline, replay/i }).click()
    }
    const timeline = page.getByRole('figure', { name: 'Timeline of the chosen result' })
    const lane = timeline.locator('.lanes button').first()
    await lane.focus()
    await page.keyboard.press('0')
    await timeline.locator('.context.match').first().waitFor()
    const first = await lane.getAttribute('aria-label')
    await page.keyboard.press('ArrowRight')
    await page.waitForFunction(
      (before) => document.activeElement?.getAttribute('aria-label') !== before,
      first,
    )
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.keyboard.press('f')
    await timeline.getByRole('button', { name: 'Timeline as a table' }).click()
    await timeline.getByText('in view').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })
