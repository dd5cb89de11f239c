import { gzipSync } from 'node:zlib'
import { describe, expect } from 'vitest'
import { journeyTest as test } from './journey'

const event = (name: string, second: number) =>
  JSON.stringify({
    '@timestamp': `2026-03-01T10:00:0${second}.000Z`,
    event: { category: 'process', type: 'start' },
    host: { id: 'h-own' },
    process: { name },
  })
const OWN = [event('own-a.exe', 1), event('own-b.exe', 2), event('own-c.exe', 3)]

describe('files of one’s own', () => {
  test('dropped, are counted and searched by every rule', async ({ journey }) => {
    await journey.open()
    const before = await journey.eventCount()
    await journey.drop({ name: 'own.ndjson', text: OWN.join('\n') })
    await journey.waitForEvents(before + 3)
    expect(await journey.page.getByText('own.ndjson').first().isVisible()).toBe(true)

    await journey.writeQuery('process where process.name : "own-*.exe"')
    await journey.waitForMatches(3)
  })

  test('are switched off and on without being read again', async ({ journey }) => {
    await journey.open()
    const before = await journey.eventCount()
    await journey.drop({ name: 'own.ndjson', text: OWN.join('\n') })
    await journey.waitForEvents(before + 3)
    await journey.page.getByRole('switch', { name: 'Use own.ndjson' }).click()
    await journey.waitForEvents(before)
    await journey.page.getByRole('switch', { name: 'Use own.ndjson' }).click()
    await journey.waitForEvents(before + 3)
  })

  test('chosen by the button, gzipped, are the same events', async ({ journey }) => {
    await journey.open()
    const before = await journey.eventCount()
    await journey.choose({ name: 'own.ndjson.gz', text: gzipSync(OWN.join('\n')) })
    await journey.waitForEvents(before + 3)
  })

  test('hold text and nothing but text', async ({ journey }) => {
    await journey.open()
    const { page } = journey
    const before = await journey.eventCount()
    const hostile = '<img src=x onerror="document.title=1">\u202Egpj.exe\u0000'
    const text = JSON.stringify({
      '@timestamp': '2026-03-01T10:00:00Z',
      event: { category: 'process' },
      process: { name: hostile, executable: '\ud800' },
      ['__proto__']: { polluted: 'yes' },
      constructor: { name: 'c' },
    })
    await journey.choose({ name: 'hostile.ndjson', text })
    await journey.waitForEvents(before + 1)
    await journey.writeQuery('process where process.name : "<img*"')
    await journey.waitForMatches(1)
    const match = page.locator('[data-match]').first()
    await match.getByText('<img src=x').first().waitFor()
    expect(await match.innerText()).not.toContain('\u202E')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  })

  test('with broken lines: the rest is used, the lines are told', async ({ journey }) => {
    await journey.open()
    const before = await journey.eventCount()
    const text = [OWN[0], '{"broken":', OWN[1], 'not json', OWN[2]].join('\n')
    await journey.choose({ name: 'broken.ndjson', text })
    await journey.waitForEvents(before + 3)
    const { page } = journey
    await page.getByRole('button', { name: '2 bad records of broken.ndjson' }).click()
    const problems = page.getByRole('dialog', { name: 'broken.ndjson' })
    await problems.getByText('line 2', { exact: true }).waitFor()
    await problems.getByText('line 4', { exact: true }).waitFor()
  })

  test.for([
    [
      'a picture',
      /a PNG picture/,
      'shot.png',
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01',
    ],
    ['nothing', /file is empty/, 'empty.ndjson', ''],
    ['prose', /2 bad records/, 'letter.txt', 'Dear reader,\n\nthis is not an event.\n'],
  ] as const)(
    'with %s in it: said plainly, nothing breaks',
    async ([, said, name, text], { journey }) => {
      await journey.open()
      const before = await journey.eventCount()
      const verdicts = await journey.verdicts()
      await journey.choose({ name, text: Buffer.from(text, 'latin1') })
      await journey.page.getByText(said).first().waitFor()
      await journey.settle()
      expect(await journey.eventCount()).toBe(before)
      expect(await journey.verdicts()).toEqual(verdicts)
    },
  )
})
