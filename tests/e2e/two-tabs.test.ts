import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import { journeyTest as test, type Journey } from './journey'

const banner = (journey: Journey) => journey.page.locator('[data-session-mode]')
const press = (journey: Journey, name: string) =>
  banner(journey).getByRole('button', { name }).click()
const session = (journey: Journey, name: string) =>
  journey.page.getByRole('button', { name: `Session: ${name}`, exact: true })

/** The example in two tabs of one profile; one is in the second. */
async function openTwice(journey: Journey): Promise<readonly [Page, Page]> {
  await journey.open()
  const first = journey.page
  await journey.openTab()
  await banner(journey).waitFor()
  return [first, journey.page]
}

/** Goes to the text as it is stored: in a tab of its own, when no other holds it. */
async function storedQuery(journey: Journey, ...tabs: readonly Page[]): Promise<string> {
  for (const tab of tabs) await tab.close({ runBeforeUnload: false })
  await journey.openTab()
  expect(await banner(journey).count()).toBe(0)
  return journey.query()
}

describe('one session in two tabs', () => {
  test('is saved by the first; the second says so, and overwrites nothing', async ({
    journey,
  }) => {
    const [first, second] = await openTwice(journey)
    expect(await banner(journey).textContent()).toContain('open in another tab')
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.writeQuery('any where "second" == null')
    await journey.waitForMatches(0)
    journey.page = first
    expect(await banner(journey).count()).toBe(0)
    await journey.writeQuery('any where "first" == null')
    await journey.waitForMatches(0)
    expect(await storedQuery(journey, second, first)).toBe('any where "first" == null')
  })

  test('is taken over with all that the first had, which keeps its text on screen', async ({
    journey,
  }) => {
    const [first, second] = await openTwice(journey)
    journey.page = first
    await journey.writeQuery('any where "typed first" == null')
    journey.page = second
    await press(journey, 'Take over')
    await banner(journey).waitFor({ state: 'detached' })
    await journey.settle()
    expect(await journey.query()).toBe('any where "typed first" == null')

    journey.page = first
    await banner(journey).getByText('taken over by another tab').waitFor()
    expect(await journey.query()).toBe('any where "typed first" == null')
    await journey.writeQuery('any where "too late" == null')
    await journey.waitForMatches(0)
    journey.page = second
    await journey.writeQuery('any where "second" == null')
    await journey.waitForMatches(0)
    expect(await storedQuery(journey, first, second)).toBe('any where "second" == null')
  })

  test('with edits in both, both are kept', async ({ journey }) => {
    const [first] = await openTwice(journey)
    await journey.writeQuery('any where "second" == null')
    await journey.waitForMatches(0)
    const second = journey.page
    journey.page = first
    await journey.writeQuery('any where "first" == null')
    await journey.waitForMatches(0)
    journey.page = second
    await press(journey, 'Take over')
    await banner(journey).waitFor({ state: 'detached' })
    expect(await journey.query()).toBe('any where "second" == null')
    await journey.page.getByText('is kept as').first().waitFor()
    await journey.chooseInMenu(/^Session:/, /\(other tab\)$/)
    await journey.page
      .getByRole('button', { name: /^Session: .*\(other tab\)$/ })
      .waitFor()
    await journey.settle()
    expect(await journey.query()).toBe('any where "first" == null')
  })

  test('can be gone on with as a copy', async ({ journey }) => {
    await openTwice(journey)
    await journey.writeQuery('any where "copy" == null')
    await press(journey, 'Work on a copy')
    await banner(journey).waitFor({ state: 'detached' })
    await session(journey, 'Scheduled tasks (example) (copy)').waitFor()
    await journey.waitForMatches(0)
    await journey.page.reload()
    await session(journey, 'Scheduled tasks (example) (copy)').waitFor()
    await journey.settle()
    expect(await journey.query()).toBe('any where "copy" == null')
    expect(await banner(journey).count()).toBe(0)
  })

  test('goes to the second when the first is closed', async ({ journey }) => {
    const [first] = await openTwice(journey)
    await first.close({ runBeforeUnload: false })
    await banner(journey).waitFor({ state: 'detached' })
    await journey.writeQuery('any where "heir" == null')
    await journey.waitForMatches(0)
    await journey.page.reload()
    await journey.settle()
    expect(await journey.query()).toBe('any where "heir" == null')
  })

  test('edits that no session has are a session of their own after a reload', async ({
    journey,
  }) => {
    await openTwice(journey)
    await journey.writeQuery('any where "apart" == null')
    await journey.waitForMatches(0)
    await journey.page.reload()
    await session(journey, 'Scheduled tasks (example) (unsaved edits)').waitFor()
    await journey.settle()
    expect(await journey.query()).toBe('any where "apart" == null')
    await journey.page.getByText('a session of their own').first().waitFor()
  })

  test('is not deleted under the other, and its new name is heard of', async ({
    journey,
  }) => {
    const [first] = await openTwice(journey)
    await journey.chooseInMenu(/^Session:/, /^Delete/)
    await journey.page.getByText('Close it there, or take it over').first().waitFor()
    journey.page = first
    await journey.chooseInMenu(/^Session:/, /^Rename/)
    await first.getByRole('textbox', { name: /name/i }).fill('Case 7')
    await first.getByRole('button', { name: 'Rename' }).click()
    journey.page = journey.context.pages().at(-1)!
    await session(journey, 'Case 7').waitFor()
  })
})

test('a reload is no other tab', async ({ journey }) => {
  await journey.open()
  for (let n = 0; n < 3; n++) {
    await journey.page.reload()
    await journey.settle()
    expect(await banner(journey).count()).toBe(0)
  }
})
