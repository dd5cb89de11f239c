import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

describe('the result and the rule', () => {
  test('at two columns a match and a near miss are seen without a click', async ({
    journey,
  }) => {
    const { page } = journey
    await page.setViewportSize({ width: 1024, height: 768 })
    await journey.open()
    const steps = page.locator('[data-match="0"] [data-step]')
    expect(await steps.last().isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Nearest miss' }).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('the nearest miss is not told twice', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const strip = page.getByRole('button', { name: 'Nearest miss' })
    await strip.waitFor()
    await page.getByRole('tab', { name: 'Near misses' }).click()
    await strip.waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'Matches' }).click()
    await strip.click()
    await page.locator('[data-near-miss="0"][aria-current="true"]').waitFor()
    await strip.waitFor({ state: 'detached' })
  })

  test('a near miss and a step are shown in the rule', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const marked = page.locator('.cm-marked')
    expect(await marked.count()).toBe(0)
    const [card] = await page.locator('[data-cause="condition"]').all()
    await card?.getByRole('button', { name: 'Show in rule' }).click()
    await page.locator('.cm-marked-near-miss').first().waitFor()
    const sentence = (await card?.locator('.sentence').innerText()) ?? ''
    expect(sentence).toContain((await marked.allTextContents()).join(' ').slice(0, 20))
    await page.locator('[data-match="0"] [data-step="2"] .when').click()
    await page.locator('.cm-marked-step').first().waitFor()
    expect((await marked.allTextContents()).join(' ')).toMatch(/^\[.*\]$/)
  })

  test('Escape leaves one thing after the other', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const card = page.locator('[data-near-miss="0"]')
    await page.getByRole('tab', { name: 'Near misses' }).click()
    await card.getByRole('button', { name: 'Show in rule' }).click()
    await card.getByRole('button', { name: 'Show event' }).first().click()
    await page.locator('[data-event-card]').waitFor()
    await page.getByRole('heading', { name: 'Rules 5' }).click()
    await page.keyboard.press('Escape')
    await page.locator('[data-event-card]').waitFor({ state: 'detached' })
    expect(await page.locator('.cm-marked').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.locator('.cm-marked').first().waitFor({ state: 'detached' })
  })

  test('a button that is only a picture says its name', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const keys = page.getByRole('button', { name: 'Keys' })
    await keys.hover()
    await page.locator('.tooltip', { hasText: 'Keys (?)' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.tooltip').waitFor({ state: 'detached' })
    const nameless = await page
      .locator('button')
      .evaluateAll((all) =>
        all.filter(
          ({ ariaLabel, textContent }) =>
            `${ariaLabel ?? ''}${textContent}`.trim() === '',
        ),
      )
    expect(nameless).toEqual([])
  })

  test('the mapping keeps its name over a reload', async ({ journey }) => {
    await journey.open()
    const text = '{"mappings":{"properties":{"process":{"type":"object"}}}}'
    await journey.choose({ name: 'winlogbeat.json', text })
    const name = journey.page.getByText('Mapping: winlogbeat.json')
    await name.waitFor()
    await journey.open()
    await name.waitFor()
  })

  test('of many rules only rows near the view are in the page; all are found', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    const rules = Array.from({ length: 300 }, (_, n) =>
      JSON.stringify({
        rule_id: `made-${n}`,
        name: `Made ${n}`,
        language: 'eql',
        query: `any where event.category : "process" and ${n} == ${n}`,
        tags: [n === 250 ? 'Tactic: Impact' : 'Tactic: Execution'],
        risk_score: 1,
        severity: 'low',
      }),
    )
    await journey.choose({ name: 'export.ndjson', text: rules.join('\n') })
    await page.getByRole('heading', { name: 'Rules 305' }).waitFor()
    await journey.settle()
    expect(await page.locator('[data-rule]').count()).toBeLessThan(60)
    await page.getByLabel('Search rules').fill('impact')
    const found = journey.rule('made-250')
    await found.and(page.locator('[data-state="done"]')).waitFor()
    expect(Number(await found.getAttribute('data-matches'))).toBeGreaterThan(0)
    expect(await page.locator('[data-rule]').count()).toBe(1)
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('a bundled rule is tested on the page, again after an edit', async ({
    journey,
  }) => {
    await journey.open()
    const { page } = journey
    await page.getByRole('tab', { name: 'Tests' }).click()
    const tests = page.locator('[data-tests-passed]')
    await tests.waitFor()
    const total = (await tests.getAttribute('data-tests-total')) ?? ''
    expect(Number(total)).toBeGreaterThan(10)
    expect(await tests.getAttribute('data-tests-passed')).toBe(total)
    expect(await journey.accessibilityFaults()).toEqual([])
    const before = await journey.eventCount()

    await page.getByRole('tab', { name: 'Query' }).click()
    await journey.writeQuery('any where false')
    await page.getByRole('tab', { name: 'Tests' }).click()
    await page.locator('[data-test-case][data-passed="false"]').first().waitFor()
    await tests
      .getByText('Nothing matched')
      .or(tests.getByText('No match of'))
      .first()
      .waitFor()
    expect(await journey.eventCount()).toBe(before)
  })
})
