import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { describe, expect } from 'vitest'
import { type Journey, journeyTest as test } from './journey'

const EVENTS = [
  ['a', 1, 'process', 'h1', 'a.exe'],
  ['b', 2, 'network', 'h1', 'a.exe'],
  ['c', 3, 'process', 'h2', 'a.exe'],
  ['d', 4, 'network', 'h2', 'a.exe'],
  ['e', 5, 'process', 'h3', 'x.exe'],
  ['f', 6, 'network', 'h3', 'x.exe'],
] as const
const hitOf = (id: string) => {
  const [, second, category, host, name] = EVENTS.find(([known]) => known === id) ?? []
  return {
    _index: 'maxspan-lab',
    _id: id,
    _source: {
      '@timestamp': `2026-01-01T10:00:0${second}Z`,
      event: { category },
      host: { id: host },
      process: { name },
    },
  }
}
const events = {
  name: 'own.ndjson',
  text: EVENTS.map(([id]) => JSON.stringify(hitOf(id))).join('\n'),
}
const rule = {
  name: 'lab.eql',
  text: '// title: Lab\nsequence by host.id with maxspan=10s\n  [process where process.name == "a.exe"]\n  [network where true]\n',
}
/** Each a sequence, as ids. */
const answerOf = (...sequences: (readonly string[])[]) => ({
  name: 'answer.json',
  text: JSON.stringify({
    is_partial: false,
    timed_out: false,
    hits: {
      total: { value: sequences.length, relation: 'eq' },
      sequences: sequences.map((ids) => ({ events: ids.map(hitOf) })),
    },
  }),
})

async function openLab(journey: Journey): Promise<void> {
  await journey.open()
  await journey.choose(events, rule)
  await journey.selectedRule().filter({ hasText: 'Lab' }).waitFor()
  await journey.settle()
  await journey.waitForMatches(2)
}

const sums = (journey: Journey) =>
  journey.page
    .locator('[data-sum]')
    .evaluateAll((chips) =>
      chips.map((chip) => chip.textContent.replace(/\s+/g, ' ').trim()),
    )

describe('the answer of a cluster', () => {
  test('is dropped, compared, explained, and leads to the event', async ({ journey }) => {
    await openLab(journey)
    const before = await journey.eventCount()
    await journey.drop(answerOf(['a', 'b'], ['e', 'f']))
    const dialog = journey.page.getByRole('dialog')
    await dialog.getByText('2 results of 4 events, all of them open here.').waitFor()
    expect(await sums(journey)).toEqual([
      '= 1 equal',
      '− 1 missing here',
      '+ 1 extra here',
    ])
    const missing = dialog.locator('[data-difference="missing"]')
    await missing.getByText('only `process.name == "a.exe"` is false (x.exe)').waitFor()
    const extra = dialog.locator('[data-difference="extra"]')
    await extra.getByText('The answer says nothing of #c and #d.').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.page.setViewportSize({ width: 390, height: 844 })
    expect(await journey.accessibilityFaults()).toEqual([])
    await journey.page.setViewportSize({ width: 1440, height: 900 })

    await missing.getByRole('button', { name: 'Why' }).click()
    await dialog.waitFor({ state: 'detached' })
    await journey.page.getByRole('tab', { name: 'Why', selected: true }).waitFor()
    expect(await journey.eventCount()).toBe(before)
  })

  test('is the same as ours, pasted; or is opened as events instead', async ({
    journey,
  }) => {
    await openLab(journey)
    const before = await journey.eventCount()
    await journey.page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        document.body.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true }),
        )
      },
      answerOf(['a', 'b'], ['c', 'd']).text,
    )
    const dialog = journey.page.getByRole('dialog')
    await dialog.getByText('Both answers are the same.').waitFor()
    await dialog.getByRole('button', { name: 'Open it as events' }).click()
    await journey.waitForEvents(before + 4)
  })

  test('whose events are not open is opened as events, and may be compared yet', async ({
    journey,
  }) => {
    await journey.open()
    const before = await journey.eventCount()
    await journey.drop(answerOf(['a', 'b']))
    await journey.waitForEvents(before + 2)
    await journey.page.getByRole('button', { name: 'Compare it with ours' }).click()
    const dialog = journey.page.getByRole('dialog')
    await dialog.getByText('1 result of 2 events, all of them open here.').waitFor()
  })

  test('comes back from what was exported for it', async ({ journey }) => {
    await openLab(journey)
    await journey.page.keyboard.press('ControlOrMeta+s')
    await journey.page.getByLabel('checked').waitFor()
    const saving = journey.page.waitForEvent('download')
    await journey.page.getByRole('button', { name: 'Save for a cluster' }).click()
    const files = unzipSync(await readFile(await (await saving).path()))
    const lines = new TextDecoder()
      .decode(files['events.bulk.ndjson'])
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    const hits = lines.flatMap((line, at) =>
      at % 2 === 1
        ? [{ ...(lines[at - 1]!['create'] as object), _index: 'kit', _source: line }]
        : [],
    )
    const text = JSON.stringify({ hits: { sequences: [{ events: hits }] } })
    const file = {
      name: 'answer.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    }
    const choosing = journey.page.waitForEvent('filechooser')
    await journey.page.getByText('Compare a cluster’s answer…').click()
    await (await choosing).setFiles([file])
    await journey.page.locator('[data-sum="equal"]', { hasText: '1' }).waitFor()
    expect((await sums(journey))[1]).toBe('− 0 missing here')
  })
})
