import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright'
import { describe, expect, inject } from 'vitest'
import { Journey, journeyTest as test } from './journey'

/** Does something in a profile of its own, with nothing stored. */
async function elsewhere<T>(
  browser: Browser,
  work: (journey: Journey) => Promise<T>,
): Promise<T> {
  const journey = await Journey.begin(browser)
  const done = await work(journey)
  await journey.end()
  return done
}

/** Opens the sheet and waits until what it offers is checked. */
async function share(journey: Journey): Promise<{ link: string; facts: string }> {
  await journey.page.keyboard.press('ControlOrMeta+s')
  await journey.page.getByLabel('checked').waitFor()
  const link = await journey.page.getByRole('textbox', { name: 'Link' }).inputValue()
  const facts = await journey.page.locator('[data-share-facts]').textContent()
  return { link, facts: facts?.replace(/\s+/g, ' ').trim() ?? '' }
}

const openLink = async (journey: Journey, link: string): Promise<void> => {
  await journey.page.goto(link)
  await journey.settle()
}

/** A link as it was once made. */
const readKept = async (name: string): Promise<string> =>
  (await readFile(new URL(`../share/kept/${name}`, import.meta.url), 'utf8')).trim()

/** The card that is chosen, as it reads. */
const chosenNearMiss = (journey: Journey) =>
  journey.page.locator('[data-near-miss]').first().getAttribute('data-cause')

describe('a link', () => {
  test('carries a match to someone who has nothing', async ({ journey, browser }) => {
    await journey.open()
    const [shown] = await journey.shownMatches()
    const { link, facts } = await share(journey)
    expect(facts).toMatch(
      /^[\d,]+ characters · 1 rule, 2 events, \d+ fields · opens to 1 match, 0 near misses$/,
    )
    expect(link.length).toBeLessThanOrEqual(2000)

    await elsewhere(browser, async (other) => {
      await openLink(other, link)
      await other.waitForMatches(1)
      expect(await other.shownMatches()).toEqual([shown])
      await other.page.locator('[data-guest] [data-agrees="true"]').waitFor()
      expect(await other.accessibilityFaults()).toEqual([])
      await other.page.setViewportSize({ width: 390, height: 844 })
      expect(await other.accessibilityFaults()).toEqual([])
    })
  })

  test('carries a near miss, under other names', async ({ journey, browser }) => {
    await journey.open()
    await journey.page.getByRole('tab', { name: /^Near misses/ }).click()
    const card = journey.page.locator('[data-near-miss]').first()
    const cause = await card.getAttribute('data-cause')
    await card.click()
    await share(journey)
    await journey.page.getByLabel(/Other names for users/).check()
    await journey.page.getByLabel('checked').waitFor()
    const link = await journey.page.getByRole('textbox', { name: 'Link' }).inputValue()

    await elsewhere(browser, async (other) => {
      await openLink(other, link)
      await other.waitForMatches(0)
      await other.page.locator('[data-near-miss]').first().waitFor()
      expect(await chosenNearMiss(other)).toBe(cause)
      await other.page.locator('[data-guest] [data-agrees="true"]').waitFor()
    })
  })

  test('is without what is ticked off, of all events or of one', async ({ journey }) => {
    await journey.open()
    const { link } = await share(journey)
    const { page } = journey
    const field = page.getByRole('textbox', { name: 'Link' })
    const shorter = async (tick: string, than: string): Promise<string> => {
      await page.getByRole('checkbox', { name: tick, exact: true }).uncheck()
      await expect.poll(() => field.inputValue()).not.toBe(than)
      await page.getByLabel('checked').waitFor()
      const now = await field.inputValue()
      expect(now.length).toBeLessThan(than.length)
      return now
    }
    await shorter('_id', await shorter('_id of event 2', link))
  })

  test('that was cut says so, and one is left with one’s own', async ({ journey }) => {
    await journey.open()
    const { link } = await share(journey)
    await journey.page.keyboard.press('Escape')
    await journey.page.evaluate(
      (hash) => {
        location.hash = hash
      },
      new URL(link).hash.slice(0, -50),
    )
    const refused = journey.page.locator('[data-refused]')
    await refused.getByText('This link was cut off on its way').waitFor()
    expect(await journey.page.locator('[data-rule]').count()).toBe(5)
    expect(await journey.page.locator('[data-guest]').count()).toBe(0)
    await refused.getByRole('button', { name: 'Close' }).click()
    await refused.waitFor({ state: 'detached' })
  })

  test('that was changed says so to someone who has nothing', async ({ journey }) => {
    const link = (await readKept('1-match.link')).replace(/.{4}$/, 'AAAA')
    await openLink(journey, `${journey.origin}/#${link}`)
    const refused = journey.page.locator('[data-refused]')
    const said = refused.getByRole('alert')
    await said.getByText('Ask for it again, or for a bundle file.').waitFor()
    // What is on screen is no answer to what was asked.
    await said.getByText('What you see is “Scheduled tasks (example)”').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.page.setViewportSize({ width: 390, height: 844 })
    expect(await journey.accessibilityFaults()).toEqual([])
    expect(await refused.isVisible()).toBe(true)
  })

  test('of an older engine says what answers otherwise since', async ({ journey }) => {
    const link = await readKept('1-match.link')
    await openLink(journey, `${journey.origin}/#${link}`)
    await journey.page
      .locator('[data-other-engine]')
      .getByText(
        /made with engine 1; .* events of equal time stand in the order of event.sequence/,
      )
      .waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('opened beside one’s own work leaves it alone, until it is kept', async ({
    journey,
  }) => {
    await journey.open()
    const { link } = await share(journey)
    await journey.page.keyboard.press('Escape')
    await journey.writeQuery('any where "mine" == null')
    await journey.waitForMatches(0)
    await journey.page.evaluate((hash) => {
      location.hash = hash
    }, new URL(link).hash)
    const banner = journey.page.locator('[data-guest]')
    await banner.waitFor()
    await journey.waitForMatches(1)
    await banner.getByRole('button', { name: 'Close' }).click()
    await banner.waitFor({ state: 'detached' })
    await journey.settle()
    expect(await journey.query()).toBe('any where "mine" == null')

    await openLink(journey, link)
    await journey.page.reload()
    await journey.settle()
    await banner.getByRole('button', { name: 'Keep' }).click()
    await banner.waitFor({ state: 'detached' })
    await journey.page.goto(inject('origin'))
    await journey.settle()
    await journey.waitForMatches(1)
    expect(await journey.page.locator('[data-rule]').count()).toBe(1)
  })
})

test('a bundle holds everything, and gives the same verdicts', async ({
  journey,
  browser,
}) => {
  await journey.open()
  const verdicts = Object.values(await journey.verdicts()).sort()
  await journey.page.getByRole('tab', { name: /^Near misses/ }).click()
  const chosen = '[data-near-miss="5"]'
  await journey.page
    .locator(chosen)
    .getByText(/Near miss 6$/)
    .click()
  await share(journey)
  await journey.page.getByLabel(/Everything that is open/).check()
  await journey.page.locator('[data-share-facts]', { hasText: '5 rules' }).waitFor()
  const saving = journey.page.waitForEvent('download')
  await journey.page.getByRole('button', { name: 'Save as bundle' }).click()
  const text = await readFile(await (await saving).path())

  await elsewhere(browser, async (other) => {
    await other.open()
    await other.choose({ name: 'all.maxspan', text })
    await other.page.locator('[data-guest]').waitFor()
    await other.settle()
    expect(Object.values(await other.verdicts()).sort()).toEqual(verdicts)
    // What was chosen is in sight.
    const card = other.page.locator(`${chosen}[aria-current="true"]`)
    await expect
      .poll(() => card.evaluate((it) => it.getBoundingClientRect().top), {
        timeout: 10_000,
      })
      .toBeLessThan(700)
  })
})

/** Presses a button that saves a file, and gives its path. */
async function save(journey: Journey, button: string): Promise<string> {
  const saving = journey.page.waitForEvent('download')
  await journey.page.getByRole('button', { name: button }).click()
  return (await saving).path()
}

test('a bundle holds the files as they were opened, where that is asked for', async ({
  journey,
  browser,
}) => {
  await journey.open()
  await share(journey)
  await journey.page.getByLabel(/Everything that is open/).check()
  await journey.page.getByLabel('With the files as they were opened').check()
  const bytes = await readFile(await save(journey, 'Save as bundle'))
  await journey.page.getByLabel(/Other names for users/).check()
  await journey.page.getByLabel('checked').waitFor()
  expect(
    await journey.page.getByLabel('With the files as they were opened').isDisabled(),
  ).toBe(true)

  await elsewhere(browser, async (other) => {
    await other.open()
    await other.choose({ name: 'all.maxspan', text: bytes })
    await other.page.locator('[data-guest]').waitFor()
    await other.settle()
    expect(await other.eventCount()).toBe(await journey.eventCount())
    await other.page.getByRole('tab', { name: 'Tests' }).click()
    await other.page.locator('[data-tests-total]').waitFor()
    // A byte changed on the way: the file of the bundle is named.
    const damaged = new Uint8Array(bytes)
    damaged[damaged.indexOf(0x7d, 6_000)]! ^= 1
    await other.choose({ name: 'damaged.maxspan', text: damaged })
    await other.page
      .getByText(/of this bundle is damaged/)
      .first()
      .waitFor()
  })
})

test('a report opens by itself: nothing runs, nothing is asked for', async ({
  journey,
  browser,
}) => {
  await journey.open()
  await journey.page.getByRole('tab', { name: /^Near misses/ }).click()
  const card = journey.page.locator('[data-near-miss]').first()
  const [eventId] = await card
    .locator('[data-event-id]')
    .evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset['eventId']))
  await card.click()
  const { link } = await share(journey)
  const path = await save(journey, 'Save as HTML report')
  const html = await readFile(path, 'utf8')
  const kept = join(tmpdir(), `report ${process.pid}.html`)
  await writeFile(kept, html)

  await elsewhere(browser, async (other) => {
    await other.page.goto(pathToFileURL(kept).href)
    const { page } = other
    expect(
      await page.getByRole('link', { name: 'Open in Maxspan' }).getAttribute('href'),
    ).toBe(link)
    expect(await page.getByRole('img', { name: /Timeline/ }).count()).toBe(1)
    await page.getByRole('table', { name: eventId ?? '' }).waitFor()
    expect(await page.locator('.failed').first().isVisible()).toBe(true)
    // Its sheet is in force: it is the one of the policy.
    const border = page.getByRole('table').first().locator('td').first()
    expect(
      await border.evaluate((cell) => getComputedStyle(cell).borderBottomStyle),
    ).toBe('solid')
    const colourOf = () =>
      page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
    const light = await colourOf()
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await colourOf()).not.toBe(light)
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    expect(await colourOf()).toBe(light)
    // Paper is as wide as it is: nothing is cut, and no heading is left behind.
    await page.setViewportSize({ width: 640, height: 900 })
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
        .map((part) => part.outerHTML.slice(0, 80)),
    )
    expect(cut).toEqual([])
    const breaks = (part: string, rule: 'breakAfter' | 'breakInside') =>
      page
        .locator(part)
        .first()
        .evaluate((it, rule) => getComputedStyle(it)[rule], rule)
    expect([await breaks('h4', 'breakAfter'), await breaks('tr', 'breakInside')]).toEqual(
      ['avoid', 'avoid'],
    )
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' })
    await page.setViewportSize({ width: 390, height: 844 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
  // The policy of the report lets nothing in, axe neither: it is looked at without.
  await writeFile(kept, html.replace(/<meta[^>]*Content-Security-Policy[^>]*>/, ''))
  await elsewhere(browser, async (other) => {
    await other.page.goto(pathToFileURL(kept).href)
    expect(await other.accessibilityFaults()).toEqual([])
    await other.page.setViewportSize({ width: 390, height: 844 })
    expect(await other.accessibilityFaults()).toEqual([])
  })
  await rm(kept)
})

test('an issue is begun by a plain link, and only by it', async ({ journey }) => {
  await journey.open()
  await share(journey)
  const { page } = journey
  await page.getByLabel(/Repository on GitHub/).fill('owner')
  await page.getByText(/named owner\/name/).waitFor()
  const begin = page.getByRole('link', { name: 'Begin an issue on GitHub' })
  expect(await begin.count()).toBe(0)
  await page.getByLabel(/Repository on GitHub/).fill('owner/name')
  const address = new URL((await begin.getAttribute('href')) ?? '')
  expect(address.pathname).toBe('/owner/name/issues/new')
  const body = address.searchParams.get('body') ?? ''
  expect(body.length).toBeLessThanOrEqual(4_000)
  expect(body).toContain('✓ satisfied')
})

test('the sheet has no barriers', async ({ journey }) => {
  await journey.open()
  await share(journey)
  expect(await journey.accessibilityFaults()).toEqual([])
  await journey.page.setViewportSize({ width: 390, height: 844 })
  expect(await journey.accessibilityFaults()).toEqual([])
})
