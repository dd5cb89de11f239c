import { describe, expect } from 'vitest'
import { makeZip } from '../ingest/make-archives'
import { journeyTest as test } from './journey'

/*
 * Two sources; the sequence of rule 0 begins in one and ends in the other.
 *
 *   source   second  user
 *   monday   1       ada
 *   monday   2       bob
 *   tuesday  3       cyd
 *   tuesday  4       ada
 */
const event = (second: number, user: string) =>
  JSON.stringify({
    _id: `e${second}`,
    '@timestamp': `2026-03-01T10:00:0${second}Z`,
    event: { category: 'process', type: 'start' },
    host: { id: 'h1' },
    user: { name: user },
  })
const monday = { name: 'monday.ndjson', text: `${event(1, 'ada')}\n${event(2, 'bob')}` }
const tuesday = { name: 'tuesday.ndjson', text: `${event(3, 'cyd')}\n${event(4, 'ada')}` }

const is = (user: string) => `process where user.name == "${user}"`
const queryOf = (n: number) => {
  if (n === 0) return `sequence by host.id [${is('bob')}] [${is('cyd')}]`
  return is(n % 2 === 0 ? 'ada' : 'nobody')
}
const ruleFile = (n: number) => ({
  name: `rules/rule-${n}.toml`,
  bytes:
    `[rule]\nname = "Made rule ${n}"\ntype = "eql"\nlanguage = "eql"\n` +
    `query = '''${queryOf(n)}'''\n`,
})
const rules = {
  name: 'rules.zip',
  text: makeZip(Array.from({ length: 120 }, (_, n) => ruleFile(n))),
}

describe('a board of rules by sources', () => {
  test('counts, leads to the results of a cell, and back', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose(monday, tuesday, rules)
    await page.getByText('Made rule 0').first().waitFor()
    await journey.settle()
    await page.getByLabel('Search rules').fill('made rule')
    await page.getByRole('button', { name: 'Board of rules by sources' }).click()
    const board = page.getByRole('grid', { name: 'Board of rules by sources' })
    const rowOf = (name: string) => board.getByRole('row', { name })
    await rowOf('Total of 120 rules').waitFor()
    const spanning = rowOf('Made rule 0')
    const cells = spanning.getByRole('gridcell')
    await cells.last().getByText('1 match').waitFor()
    expect(await board.getByRole('columnheader').last().textContent()).toContain(
      'Several',
    )
    const one = rowOf('Made rule 2').first().getByRole('gridcell')
    await one.first().getByText('2 matches').waitFor()
    const texts = (await one.allTextContents()).slice(-3)
    expect(texts.map((text) => /\d+ match\w*/.exec(text)?.[0])).toEqual([
      '1 match',
      '1 match',
      '0 matches',
    ])
    expect(await journey.accessibilityFaults()).toEqual([])
    await board.locator(':focus').waitFor()
    // The last two columns before the one of several sources are the two files.
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('Only results with events of tuesday.ndjson.').waitFor()
    await page.getByRole('heading', { name: 'Made rule 2', exact: true }).waitFor()
    const shown = page.locator('[data-match] [data-step]')
    expect(
      await shown.evaluateAll((all) => all.map((e) => e.dataset['eventId'])),
    ).toEqual(['e4'])
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('button', { name: 'List all results' }).click()
    await shown.nth(1).waitFor()
    await page.keyboard.press('Alt+7')
    await board.locator(':focus').waitFor()
    await page.keyboard.press('Control+End')
    await rowOf('Made rule 119').locator(':focus').waitFor()
    await page.keyboard.press('Escape')
    await board.waitFor({ state: 'detached' })
  })

  test('is of use on a phone', async ({ journey }) => {
    const { page } = journey
    await page.setViewportSize({ width: 390, height: 844 })
    await journey.open()
    await journey.choose(monday, tuesday, rules)
    await page.getByRole('button', { name: 'Rules', exact: true }).click()
    await page.getByText('Made rule 0').first().waitFor()
    await page.getByRole('button', { name: 'Board of rules by sources' }).click()
    await page.getByRole('searchbox', { name: 'Search rules' }).fill('made rule 4')
    const board = page.getByRole('grid', { name: 'Board of rules by sources' })
    await board.getByRole('row', { name: 'Total of 21 rules' }).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    const row = board.getByRole('row', { name: /^Made rule 4 / })
    await row.getByRole('gridcell').nth(-2).click()
    await page.getByText(/^Only results with events of /).waitFor()
  })
})
