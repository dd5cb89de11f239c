import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

const SIZES = [
  { name: 'wide', size: { width: 1440, height: 900 } },
  { name: 'phone', size: { width: 390, height: 844 } },
] as const

describe.each(SIZES)('why ($name)', ({ name, size }) => {
  test('a near miss, its truth tree by keys, and back', async ({ journey }) => {
    const { page } = journey
    await page.setViewportSize(size)
    await journey.open()
    await page.getByRole('tab', { name: /^Near misses/ }).click()
    const card = page.locator('[data-cause="condition"]').first()
    await card.waitFor()
    const step = await card.getAttribute('data-step')
    await card.locator('header').click()
    await card.focus()
    await page.keyboard.press('t')

    const tree = page.getByRole('tree', { name: `Clauses of step ${step}` })
    await tree.waitFor()
    const focused = page.locator('[data-truth-node]:focus')
    await focused.and(page.locator('[data-truth-node="0"]')).waitFor()
    await page.getByText(`The event does not satisfy step ${step}.`).waitFor()
    await page.keyboard.press('End')
    expect(await focused.innerText()).toMatch(/✕ false[^]*=/)
    if (name === 'wide') {
      const lit = (await page.locator('.cm-lit').allTextContents()).join(' ')
      expect(await focused.innerText()).toContain(lit.slice(0, 12))
    }
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowLeft')
    await tree.locator('[aria-expanded="false"]').waitFor()
    await page.keyboard.press('ArrowRight')
    expect(await journey.accessibilityFaults()).toEqual([])

    await page.keyboard.press('Escape')
    await tree.waitFor({ state: 'detached' })
    // On a phone the card is on another screen by now.
    if (name === 'wide') await card.and(page.locator(':focus')).waitFor()
  })

  test('any event, its near miss or its part in the sequences', async ({ journey }) => {
    const { page } = journey
    await page.setViewportSize(size)
    await journey.open()
    if (name === 'phone')
      await page.getByRole('navigation').getByRole('button', { name: 'Events' }).click()
    const grid = page.getByRole('grid', { name: 'Events' })
    await page.getByTitle('Only events that fit step 2').click()
    await grid.getByRole('row').nth(2).getByRole('gridcell').first().click()
    await page.keyboard.press('w')
    await page.getByText('The event satisfies step 2.').waitFor()
    await page.getByText(/^It satisfies step 2[ ,].*host\.id/).waitFor()
    await page.getByRole('radio', { name: /^Step 1/ }).click()
    await page.getByText('The event does not satisfy step 1.').waitFor()
    await page.getByRole('button', { name: /^Show all \d+ clauses$/ }).click()
    await page.getByRole('button', { name: 'Show the reason alone' }).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    const chooser = page.getByRole('combobox', { name: 'Judged by the rule' })
    await chooser.click()
    await page.keyboard.type('temporarily')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('tree').waitFor()
    expect(await chooser.inputValue()).toMatch(/^Temporarily/)
  })

  test('the rule in words, both ways', async ({ journey }) => {
    const { page } = journey
    await page.setViewportSize(size)
    await journey.open()
    if (name === 'phone')
      await page.getByRole('navigation').getByRole('button', { name: 'Rules' }).click()
    const phrase = page
      .locator('.phrase', { hasText: 'host.os.type is “windows”' })
      .first()
    await phrase.hover()
    const lit = page.locator('.cm-lit')
    await lit.first().waitFor()
    expect((await lit.allTextContents()).join('')).toBe('host.os.type == "windows"')
    await phrase.focus()
    await page.keyboard.press('Enter')
    await phrase.and(page.locator('.lit')).waitFor()
    const selected = page.getByRole('region', {
      name: 'The selected clause, asked alone',
    })
    await selected.getByRole('button', { name: /^true/ }).click()
    if (name === 'wide') {
      await page
        .getByRole('button', { name: /^host\.os\.type == "windows" true/ })
        .click()
      expect(await journey.accessibilityFaults()).toEqual([])
    }
    const words = page.getByRole('button', { name: 'In words' })
    await words.click()
    await phrase.waitFor({ state: 'hidden' })
    await words.click()
    await phrase.waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })
})
