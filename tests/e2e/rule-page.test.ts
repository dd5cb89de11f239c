import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Download } from 'playwright'
import { describe, expect } from 'vitest'
import { tacticToml, techniqueToml } from '../support/rule-toml'
import { journeyTest as test } from './journey'
import type { Journey } from './journey'

const TOML = `# Ours, and to be kept.
[metadata]
creation_date = "2026/03/01"
maturity = "production"

[rule]
author = ["Ours"]
description = "A shell that a screen lock starts."
from = "now-9m"
index = ["logs-endpoint.events.process-*"]
license = "Apache-2.0"
name = "Shell from a lock"
note = """## How to look into it

Who sat at the machine?

$investigate_0

$osquery_0
"""
references = ["https://example.org/lock", "javascript:alert(1)"]
risk_score = 47
rule_id = "3f0c5a52-8a27-4f6c-9a1f-0d2f7f1b9c11"
severity = "medium"
tags = ["OS: Linux", "Tactic: Execution"]
type = "eql"
query = '''
process where process.name == "sh"
'''

${tacticToml('TA0002', 'Execution')}
${techniqueToml('T1059', 'Command and Scripting Interpreter')}
${techniqueToml('T1059.004', 'Unix Shell')}

[[transform.investigate]]
label = "What else ran there"
providers = [[{ excluded = false, field = "event.category", queryType = "phrase", value = "process", valueType = "string" }]]

[[transform.osquery]]
label = "Who is there"
query = "SELECT * FROM logged_in_users"
`

const ENDPOINT = `[rule]
id = "e-1"
name = "Ends a shell"
description = "Ours."
os_list = ["linux"]
version = "1.0.3"
query = "process where true"

[[actions]]
action = "kill_process"
field = "process.entity_id"
state = 0
`

async function openTab({ page }: Journey, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
}

async function save(journey: Journey, menu: RegExp, format: RegExp): Promise<Download> {
  const { page } = journey
  await page.getByRole('button', { name: 'Rule menu' }).click()
  await page.getByRole('menuitem', { name: menu }).press('ArrowRight')
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: format }).press('Enter')
  return downloading
}
const textOf = async (file: Download): Promise<string> =>
  readFile(await file.path(), 'utf8')

const source = ({ page }: Journey) => page.getByLabel('TOML source of the rule')
const writeSource = async (journey: Journey, text: string): Promise<void> => {
  await source(journey).focus()
  await journey.page.keyboard.press('ControlOrMeta+a')
  await journey.page.keyboard.insertText(text)
}

describe('the page of a rule', () => {
  test('shows all it says, and what is assumed', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'ours.toml', text: TOML })
    await journey.settle()
    await openTab(journey, 'About')
    const about = page.getByRole('tabpanel', { name: 'About' })
    await about.getByText('Severity: medium').waitFor()
    await about.getByRole('link', { name: 'Execution (TA0002)' }).waitFor()
    await about.getByRole('link', { name: 'Unix Shell (T1059.004)' }).waitFor()
    await about
      .getByText(/present in (less than )?\d+ % of your events/)
      .first()
      .waitFor()
    await about.getByText(/^5m/).waitFor()
    expect(await about.getByText('assumed', { exact: false }).count()).toBeGreaterThan(2)
    expect(await about.getByRole('link', { name: /javascript/ }).count()).toBe(0)
    await about.getByText('SELECT * FROM logged_in_users').waitFor()
    await about.getByText('any where event.category == "process"').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await about.getByRole('button', { name: 'Open as a rule' }).click()
    await journey.settle()
    expect(await journey.query()).toContain('any where event.category == "process"')
  })

  test('is a form and a source that say the same', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'ours.toml', text: TOML })
    await journey.settle()
    await openTab(journey, 'About')
    await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter')
    await page.getByLabel('Severity').selectOption('high')
    await page.getByLabel('Risk score').fill('99')
    await page.getByLabel('Risk score').press('Tab')
    const problems = page.getByRole('region', { name: 'Problems' })
    await problems.getByText(/99/).first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])

    await problems.getByRole('button', { name: /99/ }).click()
    await source(journey).waitFor()
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('99')
    await writeSource(journey, TOML.replace('"sh"', '"bash"').replace('47', '21'))
    expect(await journey.accessibilityFaults()).toEqual([])
    await openTab(journey, 'Query')
    expect(await journey.query()).toContain('process.name == "bash"')
    await journey.writeQuery('any where true')
    await openTab(journey, 'Source')
    await source(journey).getByText('any where true').waitFor()
    await source(journey).press('ControlOrMeta+z')
    await openTab(journey, 'Query')
    await expect.poll(() => journey.query()).toContain('"bash"')
  })

  test('keeps a source that cannot be read, over a reload', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'ours.toml', text: TOML })
    await journey.settle()
    await openTab(journey, 'Source')
    await writeSource(journey, `${TOML}\n[rule\n`)
    const broken = page.getByText(/This is no TOML of a rule as it stands/)
    await broken.waitFor()
    await page
      .getByRole('region', { name: 'Problems' })
      .getByText(`${TOML.split('\n').length + 1}:`)
      .waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await expect
      .poll(async () => {
        await page.reload()
        await journey.settle()
        return broken.count()
      })
      .toBe(1)
    await page.getByRole('button', { name: 'Back to the rule as opened' }).click()
    await broken.waitFor({ state: 'detached' })
  })

  test('is saved as TOML, for Kibana, as a query and as a folder', async ({
    journey,
  }) => {
    await journey.open()
    await journey.choose({ name: 'ours.toml', text: TOML })
    await journey.settle()
    const toml = await save(journey, /^Export$/, /TOML/)
    expect(toml.suggestedFilename()).toBe('shell-from-a-lock.toml')
    expect(await textOf(toml)).toBe(TOML)
    const lines = (await textOf(await save(journey, /^Export$/, /NDJSON/)))
      .trim()
      .split('\n')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ severity: 'medium', type: 'eql' })
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ exported_rules_count: 1 })
    const query = await textOf(await save(journey, /^Export$/, /Query only/))
    expect(query.trim()).toBe('process where process.name == "sh"')
    const all = await save(journey, /^Export all/, /folder/)
    const files = unzipSync(new Uint8Array(await readFile(await all.path())))
    expect(strFromU8(files['shell-from-a-lock/rule.toml']!)).toBe(TOML)
    const names = Object.keys(files).map((path) => path.split('/')[1])
    expect(new Set(names)).toEqual(new Set(['rule.toml', 'tests.toml', 'events.ndjson']))
  })

  test('fits a phone; what the endpoint does is only read', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'endpoint.toml', text: ENDPOINT })
    await journey.settle()
    await page.setViewportSize({ width: 390, height: 844 })
    await page
      .getByRole('link', { name: 'Rules' })
      .or(page.getByRole('button', { name: 'Rules', exact: true }))
      .first()
      .click()
    await openTab(journey, 'About')
    await page.getByText('kill_process: process.entity_id of step 1').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Description').waitFor()
    expect(await page.getByLabel('Index patterns').count()).toBe(0)
    expect(await journey.accessibilityFaults()).toEqual([])
    await openTab(journey, 'Source')
    await source(journey).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    const overflow = () => document.documentElement.scrollWidth - innerWidth
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0)
  })
})
