import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { readFeltTasks, watchTasks } from './felt-tasks'
import { writeFleet } from './fleet'
import { journeyTest as test } from './journey'
import type { Journey } from './journey'

let folder = ''
const large = { path: '', events: 0 }
const middling = { path: '', events: 0 }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
  large.path = join(folder, 'large.ndjson')
  large.events = await writeFleet(large.path, 100_000_000)
  middling.path = join(folder, 'middling.ndjson')
  middling.events = await writeFleet(middling.path, 12_000_000)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const openFile = async ({ page }: Journey, path: string): Promise<void> =>
  page.getByLabel('Open files').setInputFiles(path)

describe('while a large file is read', () => {
  test('the page says how far it is, and what rules come to so far', async ({
    journey,
  }) => {
    await journey.open()
    const before = await journey.eventCount()
    await startNotes(journey)
    await openFile(journey, large.path)
    await journey.waitForEvents(before + large.events)
    await journey.settle()
    const { readings, provisional } = await readNotes(journey)
    expect(readings).toContainEqual(
      expect.stringMatching(/^Reading \d+ of \d+ MB, [\d,]+ events, \d+ MB\/s/),
    )
    expect(provisional.length).toBeGreaterThan(0)
    expect(Math.max(...provisional)).toBeLessThan(before + large.events)
    expect(await journey.page.locator('[data-provisional]').count()).toBe(0)
  })
})

/** What one could read while something was being read. */
interface Notes {
  /** Of the bar. */
  readonly readings: string[]
  /** Over how many events a rule's verdict was, while it was not the last. */
  readonly provisional: number[]
}

async function startNotes({ page }: Journey): Promise<void> {
  await page.evaluate(() => {
    const notes: Notes = { readings: [], provisional: [] }
    Object.assign(window, { notes })
    const note = (): void => {
      for (const bar of document.querySelectorAll('[role="progressbar"]'))
        notes.readings.push(bar.getAttribute('aria-valuetext') ?? '')
      for (const rule of document.querySelectorAll<HTMLElement>('[data-provisional]'))
        notes.provisional.push(Number(rule.dataset['provisional']))
    }
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-provisional', 'aria-valuetext'],
    })
  })
}

const readNotes = ({ page }: Journey): Promise<Notes> =>
  page.evaluate(() => (window as unknown as { notes: Notes }).notes)

describe('a file that does not fit', () => {
  /** Sets a limit by the button beside the sources. */
  const limitTo = async ({ page }: Journey, megabytes: number): Promise<void> => {
    await page.getByRole('button', { name: 'Memory for events' }).click()
    await page.getByRole('spinbutton', { name: 'My own limit, MB' }).fill(`${megabytes}`)
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }

  const openTooBig = async (journey: Journey): Promise<void> => {
    await journey.open()
    await limitTo(journey, 2)
    await openFile(journey, middling.path)
    await journey.page.getByRole('dialog').waitFor()
  }

  test.for([
    {
      choice: 'Only the fields that rules use',
      badge: /^\d+ fields only$/,
      isLess: false,
    },
    { choice: 'of the values of', badge: /^\d+ % of keys$/, isLess: true },
    { choice: 'The first', badge: / only$/, isLess: true },
  ] as const)(
    'can be read in part ($choice); every number says so, after a reload too',
    async ({ choice, badge, isLess }, { journey }) => {
      const { page } = journey
      const showsBadge = async (): Promise<void> => {
        for (const region of ['Rules', 'Sources', 'Result', 'Status', /^Events/]) {
          const place = page.getByRole('region', { name: region })
          await place.getByText(badge).first().waitFor()
        }
      }
      await openTooBig(journey)
      const before = await journey.eventCount()
      expect(await journey.accessibilityFaults()).toEqual([])
      await page.getByRole('radio', { name: choice }).check()
      await page.getByRole('button', { name: 'Read', exact: true }).click()
      await showsBadge()
      await journey.settle()
      const count = await journey.eventCount()
      expect(count).toBeGreaterThan(before)
      expect(count < before + middling.events).toBe(isLess)
      await journey.open()
      await showsBadge()
      expect(await journey.eventCount()).toBe(count)
    },
  )

  test('all of it can be read anyway', async ({ journey }) => {
    const { page } = journey
    await openTooBig(journey)
    const before = await journey.eventCount()
    await page.getByRole('radio', { name: 'All of it, anyway' }).check()
    await page.keyboard.press('Enter')
    await journey.waitForEvents(before + middling.events)
    await journey.settle()
    expect(await page.getByText('partial', { exact: true }).count()).toBe(0)
  })

  test('is not read; or later, when one has decided', async ({ journey }) => {
    const { page } = journey
    await openTooBig(journey)
    const before = await journey.eventCount()
    await page.keyboard.press('Escape')
    await journey.settle()
    expect(await journey.eventCount()).toBe(before)
    await page.getByRole('button', { name: 'Decide… on middling.ndjson' }).click()
    await page.getByRole('button', { name: 'Do not read it' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await page.getByText('middling.ndjson').count()).toBe(0)
  })

  test('a field that was left out is read when a rule asks for it', async ({
    journey,
  }) => {
    const { page } = journey
    await openTooBig(journey)
    await page.getByRole('radio', { name: 'Only the fields that rules use' }).check()
    await page.getByRole('button', { name: 'Read', exact: true }).click()
    await page.getByRole('progressbar').first().waitFor({ state: 'detached' })
    await journey.writeQuery(
      'process where process.parent.pid == 640 and process.name : "tool-*"',
    )
    await page.getByText('The rule names process.parent.pid, which was not').waitFor()
    await page.getByRole('button', { name: 'Read from the file' }).click()
    await journey.waitForMatches(middling.events)
  })
})

describe('a heavy rule', () => {
  /** So many clauses over a field that differs from event to event. */
  const HEAVY = `process where ${Array.from(
    { length: 400 },
    (_, n) => `length(concat(process.entity_id, "${n}")) == 1`,
  ).join(' or ')}`

  test('is stopped alone, and run again', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await openFile(journey, middling.path)
    await journey.waitForEvents(before + middling.events)
    await journey.settle()
    const id = await journey.selectedRuleId()
    const others = page.locator(`[data-rule]:not([data-rule="${id}"])`)
    await journey.writeQuery(HEAVY)
    await page.getByRole('button', { name: /^Stop Scheduled Task Created/ }).click()
    await journey.rule(id).and(page.locator('[data-state="stopped"]')).waitFor()
    const states = await others.evaluateAll((rules) =>
      rules.map((rule) => (rule as HTMLElement).dataset['state']),
    )
    expect(new Set(states)).toEqual(new Set(['done']))
    await journey.chooseInMenu(/^Rule menu/, /Back to the query/)
    await journey.rule(id).and(page.locator('[data-state="done"]')).waitFor()
  })
})

describe('a thousand rules', () => {
  const COUNT = 1000
  const rules = Array.from({ length: COUNT }, (_, n) => ({
    rule_id: `made-${n}`,
    name: `Made rule ${n}`,
    type: 'eql',
    language: 'eql',
    risk_score: 21,
    severity: 'low',
    query: `process where process.name == "tool-${n % 211}.exe" and user.name : "user${n % 61}*"`,
  }))

  test('are dropped and run while the page stays quick', async ({ journey }) => {
    const { page } = journey
    const path = join(folder, 'made.ndjson')
    await writeFile(path, rules.map((rule) => JSON.stringify(rule)).join('\n'))
    await journey.open()
    const before = await journey.eventCount()
    await openFile(journey, middling.path)
    await journey.waitForEvents(before + middling.events)
    await journey.settle()
    await watchTasks(journey)
    await openFile(journey, path)
    await page
      .getByRole('region', { name: 'Rules' })
      .getByText(String(COUNT + 5), { exact: true })
      .waitFor()
    await journey.settle()
    expect(await readFeltTasks(journey)).toEqual([])
    await journey.rule('made-0').and(page.locator('[data-near-misses]')).waitFor()
  })
})
