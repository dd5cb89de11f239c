import { expect } from 'vitest'
import { journeyTest as test, type Journey } from './journey'

/** Opens the replay of the first near miss of a cause by the keyboard alone. */
async function follow(journey: Journey, cause: string): Promise<void> {
  const { page } = journey
  const card = page.locator(`[data-near-miss][data-cause="${cause}"]`).first()
  await card.locator('h3').click()
  await card.and(page.locator('[aria-current="true"]')).focus()
  await page.keyboard.press('s')
  await page.locator('[data-told]').waitFor()
}

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

for (const size of SIZES)
  test(`the life of a near miss is stepped through at ${size.width} px`, async ({
    journey,
  }) => {
    const { page } = journey
    await page.setViewportSize(size)
    await journey.open()
    await follow(journey, 'maxspan')
    const told = page.locator('[data-told]')
    const current = page.locator('[data-frame][aria-current="true"]')
    // It opens at what broke it.
    expect(await told.innerText()).toMatch(/too late.* limit/s)
    await current.getByText('too late').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    // Back to where it began, which is what waits with time left.
    await page.keyboard.press('Shift+,')
    await told.getByText('Begins a sequence').waitFor()
    expect(await page.locator('[data-replay] .clock').innerText()).toMatch(/ left$/)
    await page.keyboard.press('Home')
    await page.locator('[data-frame="0"][aria-current="true"]').waitFor()
    await page.keyboard.press('.')
    await page.locator('[data-frame="1"][aria-current="true"]').waitFor()
    await page.keyboard.press(',')
    await page.locator('[data-frame="0"][aria-current="true"]').waitFor()

    // A breakpoint; playing is off, for the checks ask for less motion.
    expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0)
    await page.getByRole('group', { name: 'Breakpoints' }).getByText('too late').click()
    await page.keyboard.press('b')
    await told.getByText('after the').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    // The log leads there as well, and the event of the frame is the chosen one.
    await page.locator('[data-frame="0"]').click()
    await told.getByRole('button', { name: 'Show event' }).click()
    await page.locator('[data-event-card]').waitFor()
  })

test('another key is chosen from those there are, and searched for', async ({
  journey,
}) => {
  const { page } = journey
  await journey.open()
  await page.locator('[data-match="0"]').focus()
  await page.keyboard.press('s')
  const told = page.locator('[data-told]')
  await told.waitFor()
  const key = page.getByRole('combobox', { name: 'host.id' })
  const before = await key.inputValue()
  await key.click()
  const options = page.locator('.keys-list').getByRole('option')
  await options.first().waitFor()
  expect(await journey.accessibilityFaults()).toEqual([])
  const names = await options.locator('bdi').allTextContents()
  expect(names).toContain(before)
  const other = names.find((name) => name !== before) ?? ''
  await key.fill(other.slice(0, 12))
  await expect.poll(() => options.allInnerTexts()).toHaveLength(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    (name) =>
      document.querySelector<HTMLInputElement>('input[role=combobox]')?.value === name,
    other,
  )
  await page.locator('[data-replay]:focus').waitFor()
})

test('a result that hangs on equal times says so, with both orders', async ({
  journey,
}) => {
  const { page } = journey
  await journey.open()
  const line = (id: string, category: string) =>
    `{"_id":"${id}","@timestamp":"2030-01-01T10:00:00Z","event":{"category":"${category}"},` +
    `"host":{"id":"tied"}}`
  await journey.choose({
    name: 'tied.ndjson',
    text: [line('second', 'network'), line('first', 'authentication')].join('\n'),
  })
  await journey.settle()
  await journey.writeQuery(
    'sequence by host.id [authentication where host.id == "tied"] [network where host.id == "tied"]',
  )
  const tie = page.locator('[data-near-miss] [data-tie]').first()
  await tie.waitFor()
  expect(await tie.innerText()).toContain('with #first before #second it does')
  expect(await journey.accessibilityFaults()).toEqual([])
})
