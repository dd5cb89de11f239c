import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { gzipSync } from 'node:zlib'
import { makeTar, makeZip } from '../ingest/make-archives'
import { writeFleet } from './fleet'
import { journeyTest as test } from './journey'
import type { Journey } from './journey'

const EVTX = new URL('../ingest/samples/evtx/incident.evtx', import.meta.url)
const EVENT =
  '{"@timestamp":"2026-03-01T10:00:00Z","event":{"category":"process"},"n":1}\n'
const RULE =
  '[rule]\nname = "Packed with others"\ntype = "eql"\nquery = "any where n == 1"\n'

/** The sheet of a source, from the chip that says what it is. */
async function openSheet({ page }: Journey, name: string) {
  await page.getByRole('button', { name: new RegExp(`^${name}: `) }).click()
  await page.getByRole('menuitem', { name: 'Details…' }).click()
  const sheet = page.getByRole('dialog', { name })
  await sheet.waitFor()
  return sheet
}

describe('an archive', () => {
  test('of a log, lines and a picture is one source; its sheet tells of each', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    const zip = makeZip([
      { name: 'logs/incident.evtx', bytes: await readFile(EVTX) },
      { name: 'logs/own.ndjson', bytes: EVENT },
      { name: 'logs/shot.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
    ])
    await journey.choose({ name: 'case.zip', text: zip })
    await page.getByText(/^3 files, /).waitFor()
    await journey.settle()
    expect(await journey.eventCount()).toBeGreaterThan(before + 1)
    const sheet = await openSheet(journey, 'case.zip')
    for (const name of [/^incident\.evtx EVTX \d+/, /^own\.ndjson NDJSON 1/])
      await sheet.getByRole('row', { name }).waitFor()
    await sheet.getByText(/This looks like a PNG picture/).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.keyboard.press('Escape')

    await journey.writeQuery('any where event.code == "1" and winlog.channel != null')
    await page.locator('[data-match]').first().waitFor()
  })

  test('of rules opens as rules; with events beside them both are opened', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    const sources = await page.getByRole('switch').count()
    const rule = { name: 'rules/r.toml', bytes: RULE }
    await journey.choose({ name: 'rules.zip', text: makeZip([rule]) })
    await page.getByText('Packed with others').first().waitFor()
    expect(await page.getByRole('switch').count()).toBe(sources)
    const packed = gzipSync(makeTar([{ name: 'e.ndjson', bytes: EVENT }, rule]))
    await journey.choose({ name: 'both.tar.gz', text: packed })
    await journey.waitForEvents(before + 1)
    const sheet = await openSheet(journey, 'both.tar.gz')
    await sheet.getByText('It was opened for what it is').waitFor()
  })
})

describe('what a source is', () => {
  test('unknown: how it begins, and what it might be', async ({ journey }) => {
    await journey.open()
    const line =
      '<134>Mar  1 10:00:00 fw CEF:0|Maker|Wall|1|100|deny|5|src=10.0.0.1 dst=10.0.0.2\n'
    await journey.choose({ name: 'wall.log', text: line.repeat(40) })
    const sheet = await openSheet(journey, 'wall.log')
    await sheet.getByText(/^CEF or LEEF/).waitFor()
    await sheet.getByText('00000000  3c 31 33 34 3e').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('can be said by hand, and is remembered', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await journey.choose({ name: 'own.json', text: `${EVENT}${EVENT}` })
    await journey.waitForEvents(before + 2)
    await journey.chooseInMenu(/^own\.json: NDJSON, 2 events/, /^JSON objects$/)
    await page
      .getByRole('button', { name: /^own\.json: JSON objects, 2 events/ })
      .waitFor()
    await journey.settle()
    await journey.open()
    await page.getByRole('button', { name: /^own\.json: JSON objects, 2 events/ }).click()
    await page
      .getByRole('menuitemradio', { name: 'JSON objects', checked: true })
      .waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })

  test('by how much its clock is off is decided on its sheet', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'incident.evtx', text: await readFile(EVTX) })
    await page.getByRole('button', { name: /^incident\.evtx: EVTX, / }).waitFor()
    const sheet = await openSheet(journey, 'incident.evtx')
    await sheet.getByRole('textbox', { name: 'Add to every time' }).fill('an hour')
    await sheet.getByText(/^Write hours and minutes/).waitFor()
    expect(await sheet.getByRole('button', { name: 'Read again' }).isDisabled()).toBe(
      true,
    )
    await sheet.getByRole('textbox', { name: 'Add to every time' }).fill('+1:00')
    expect(await journey.accessibilityFaults()).toEqual([])
    await sheet.getByRole('button', { name: 'Read again' }).click()
    await sheet.waitFor({ state: 'hidden' })
    await page.getByText('+1:00:00', { exact: true }).first().waitFor()
    await journey.settle()
    const again = await openSheet(journey, 'incident.evtx')
    expect(
      await again.getByRole('textbox', { name: 'Add to every time' }).inputValue(),
    ).toBe('+1:00:00')
  })

  test('all Windows events are mapped in the mode of the session', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'incident.evtx', text: await readFile(EVTX) })
    await page.getByRole('button', { name: /^incident\.evtx: EVTX, / }).waitFor()
    await page.getByText('Extended', { exact: true }).click()
    await page.getByText(/^Windows events with more than/).waitFor()
    await journey.writeQuery('library where dll.name : "taskschd.dll"')
    await page.getByText('only in extended mode').first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.settle()
    await journey.open()
    await page.getByText('only in extended mode').first().waitFor()
    expect(await page.getByRole('radio', { name: 'Extended' }).isChecked()).toBe(true)
    await page.getByText('Faithful', { exact: true }).click()
    await page.getByText('only in extended mode').first().waitFor({ state: 'detached' })
  })

  test('its bad records can be had as a file', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose({ name: 'own.ndjson', text: `${EVENT}{"n":\n${EVENT}no\n` })
    await page.getByRole('button', { name: '2 bad records of own.ndjson' }).click()
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the bad records' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('own.ndjson.rejects.ndjson')
    const text = await readFile(await saved.path(), 'utf8')
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      expect.objectContaining({ line: 2, text: '{"n":' }),
      expect.objectContaining({ line: 4, text: 'no' }),
    ])
  })
})

describe('a large archive', () => {
  let folder = ''
  let path = ''
  let events = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
    const plain = join(folder, 'fleet.ndjson')
    events = await writeFleet(plain, 100_000_000)
    path = join(folder, 'fleet.zip')
    await writeFile(
      path,
      makeZip([{ name: 'fleet.ndjson', bytes: await readFile(plain) }]),
    )
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is cancelled, and what came is kept', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    const before = await journey.eventCount()
    await page.getByLabel('Open files').setInputFiles(path)
    await page
      .getByText(/^Reading .* [\d,]+ events/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Cancel reading fleet.zip' }).click()
    await page.getByText('partial', { exact: true }).first().waitFor()
    await journey.settle()
    const count = await journey.eventCount()
    expect(count).toBeGreaterThan(before)
    expect(count).toBeLessThan(before + events)
    await journey.writeQuery('process where process.name : "tool-*"')
    await page.locator('[data-match]').first().waitFor()
  })
})

test('a folder is opened whole', async ({ journey }) => {
  const { page } = journey
  await journey.open()
  const before = await journey.eventCount()
  const folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
  for (const [name, text] of [
    ['a.ndjson', EVENT],
    ['b.ndjson.gz', gzipSync(EVENT)],
    ['notes.md', '# Notes\n'],
    ['r.toml', RULE],
  ] as const)
    await writeFile(join(folder, name), text)
  await dropFolder(journey, folder)
  await journey.waitForEvents(before + 2)
  await page.getByText('Packed with others').first().waitFor()
  await page
    .getByText('Neither events nor rules, and left aside: notes.md.')
    .first()
    .waitFor()
  await rm(folder, { recursive: true })
})

/** As the browser itself does when a folder is dragged in. */
async function dropFolder({ page }: Journey, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data })
}
