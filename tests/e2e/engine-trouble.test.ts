import { expect } from 'vitest'
import { journeyTest as test } from './journey'

test('the engine dies in mid-run: it starts anew and nothing is lost', async ({
  journey,
}) => {
  await journey.open()
  const { page } = journey
  const events = await journey.eventCount()
  const { [await journey.selectedRuleId()]: _edited, ...others } =
    await journey.verdicts()
  journey.expectTrouble(/planted/)
  await journey.writeQuery('any where true')
  const [worker] = page.workers()
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted')
    })
  })
  await expect.poll(() => page.workers()[0] !== worker && page.workers().length).toBe(1)
  await journey.waitForEvents(events)
  await journey.waitForMatches(events)
  await journey.settle()
  expect(await journey.verdicts()).toMatchObject(others)
  expect(await journey.query()).toBe('any where true')
})

test('the engine falls silent: it is noticed and started anew', async ({ journey }) => {
  await journey.page.clock.install()
  await journey.open()
  const { page } = journey
  const events = await journey.eventCount()
  const [worker] = page.workers()
  await worker?.evaluate(() => self.close())
  await journey.writeQuery('any where true')
  await page.clock.runFor(60_000)
  await journey.waitForMatches(events)
})
