import { readFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'
import type { Journey } from './journey'

const toml = (query: string, severity = 'medium') => `# Ours, and to be kept.
[metadata]
maturity = "production"

[rule]
name = "Shell from a lock" # why it is named so
risk_score = 47
rule_id = "3f0c5a52-8a27-4f6c-9a1f-0d2f7f1b9c11"
severity = "${severity}"
type = "eql"
query = '''
${query}
'''
`
const LOCK = { name: 'lock.toml', text: toml('process where process.name == "sh"') }
const NEWER = { name: 'lock.toml', text: toml('process where true', 'high') }

const versions = ({ page }: Journey) => page.locator('[data-version]')
const notices = ({ page }: Journey) => page.getByRole('region', { name: 'Notices' })
const openTab = async ({ page }: Journey, name: string): Promise<void> =>
  page.getByRole('tab', { name, exact: true }).click()

async function openAndEdit(journey: Journey): Promise<void> {
  await journey.open()
  await journey.choose(LOCK)
  await journey.page.getByRole('heading', { name: 'Shell from a lock' }).waitFor()
  await journey.settle()
  await journey.writeQuery('process where process.name == "powershell.exe"')
  await journey.settle()
  await openTab(journey, 'Versions')
}

describe('the history of a rule', () => {
  test('keeps edits by themselves, and a name over a reload', async ({ journey }) => {
    const { page } = journey
    await openAndEdit(journey)
    await versions(journey).getByText('Query: 1 line changed.').waitFor()
    expect(await versions(journey).count()).toBe(2)
    await page
      .getByRole('button', { name: 'More about this version: Edited' })
      .press('Enter')
    await page.getByRole('menuitem', { name: 'Name…' }).press('Enter')
    await page.getByRole('textbox', { name: 'Name' }).fill('Only PowerShell')
    await page.keyboard.press('Enter')
    await versions(journey).getByText('“Only PowerShell”').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await expect
      .poll(async () => {
        await page.reload()
        await journey.settle()
        return versions(journey).getByText('“Only PowerShell”').count()
      })
      .toBe(1)
    await page
      .getByRole('button', { name: 'More about this version: As opened' })
      .press('Enter')
    await page.getByRole('menuitem', { name: 'Go back to it' }).press('Enter')
    await notices(journey)
      .getByText(/is as it was in this version/)
      .waitFor()
    await openTab(journey, 'Query')
    expect(await journey.query()).toContain('"sh"')
  })

  test('takes another file of the rule, and loses nothing of the old one', async ({
    journey,
  }) => {
    const { page } = journey
    await openAndEdit(journey)
    const count = await page.locator('[data-rule]').count()
    await journey.choose(NEWER)
    await notices(journey)
      .getByText(/was open already. This is its newest version/)
      .waitFor()
    await journey.settle()
    expect(await page.locator('[data-rule]').count()).toBe(count)
    await versions(journey)
      .getByText('Severity: medium → high. Query: 1 line changed.')
      .waitFor()
    await versions(journey).getByText('Opened before').waitFor()
    await page.getByRole('button', { name: 'Compare: Edited' }).click()
    await page.locator('[data-change="gained"]').first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('button', { name: 'Open as another rule' }).click()
    await journey.settle()
    expect(await page.locator('[data-rule]').count()).toBe(count + 1)
    await openTab(journey, 'Query')
    expect(await journey.query()).toContain('process where true')
    await page.locator('[data-rule]', { hasText: 'Shell from a lock' }).first().click()
    await expect.poll(() => journey.query()).toContain('powershell.exe')
  })

  test('fits a phone', async ({ journey }) => {
    const { page } = journey
    await openAndEdit(journey)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Rules', exact: true }).first().click()
    await versions(journey).first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    const overflow = () => document.documentElement.scrollWidth - innerWidth
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0)
  })
})

test('what the form sets stands in the file, and the rest of it as it was', async ({
  journey,
}) => {
  const { page } = journey
  await journey.open()
  await journey.choose(LOCK)
  await page.getByRole('heading', { name: 'Shell from a lock' }).waitFor()
  await journey.settle()
  await openTab(journey, 'About')
  await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Add tactic' }).press('Enter')
  await page.getByRole('combobox', { name: 'Tactic' }).fill('TA0003')
  await page.keyboard.press('Tab')
  await page.getByText('Its alerts', { exact: true }).press('Enter')
  await page.getByLabel('Joined by fields').fill('host.id')
  await page.keyboard.press('Tab')
  expect(await journey.accessibilityFaults()).toEqual([])
  await page.getByRole('button', { name: 'Rule menu' }).click()
  await page.getByRole('menuitem', { name: /^Export$/ }).press('ArrowRight')
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /TOML/ }).press('Enter')
  const text = await readFile(await (await downloading).path(), 'utf8')
  expect(text.startsWith(LOCK.text)).toBe(true)
  const added = text.slice(LOCK.text.length)
  expect(added).toContain('reference = "https://attack.mitre.org/tactics/TA0003/"')
  expect(added).toContain('[rule.alert_suppression]\ngroup_by = ["host.id"]')
})
