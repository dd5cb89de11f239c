import { expect } from 'vitest'
import { journeyTest as test, type DroppedFile, type Journey } from './journey'

const QUERY = [
  'sequence by host.id with maxspan=10s',
  '  [process where process.name == "maker.exe"]',
  '  [network where destination.port == 443]',
].join('\n')

const event = (second: number, host: string, more: object): string =>
  JSON.stringify({
    '@timestamp': new Date(Date.UTC(2026, 10, 20, 10) + second * 1000).toISOString(),
    host: { id: host },
    ...more,
  })

const pair = (host: string, start: number, gap: number, port: number): string[] => [
  event(start, host, {
    event: { category: 'process' },
    process: { name: 'maker.exe' },
  }),
  event(start + gap, host, {
    event: { category: 'network' },
    destination: { port },
  }),
]

/** One host matches, two are late by little, and 60 go to another port. */
const hosts: DroppedFile = {
  name: 'hosts.ndjson',
  text: [
    ...pair('whole', 0, 2, 443),
    ...pair('late', 100, 12, 443),
    ...pair('later', 200, 14, 443),
    ...Array.from({ length: 60 }, (_, n) => pair(`other-${n}`, 1000 + 60 * n, 3, 8443)),
  ]
    .flat()
    .join('\n'),
}

interface Size {
  readonly width: number
  readonly height: number
}

/** The example and these hosts, with a rule of its own, in a window of that size. */
async function openHosts(journey: Journey, size: Size): Promise<void> {
  await journey.open()
  await journey.choose({ name: 'ports.eql', text: `// title: Ports\n${QUERY}` }, hosts)
  await journey.waitForEvents(670 + 126)
  await journey.settle()
  await journey.page.setViewportSize(size)
  await journey.waitForMatches(1)
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  const isWide = size.width > 1000

  test(`near misses of one reason, opened and walked by keys at ${size.width} px`, async ({
    journey,
  }) => {
    const { page } = journey
    await openHosts(journey, size)
    await page.getByRole('tab', { name: /^Near misses/ }).press('Enter')
    const group = page.getByRole('button', { name: /^60 hosts miss for the same reason/ })
    await group.waitFor()
    expect(await group.innerText()).toContain('only `destination.port == 443` is false')
    expect(await page.locator('[data-near-miss]').count()).toBe(2)
    expect(await journey.accessibilityFaults()).toEqual([])

    // Its nearest is there; the keys of a card open it, and lead through its pages.
    await page.locator('article[tabindex="0"]').focus()
    await page.keyboard.press('End')
    const focused = page.locator('[data-near-miss]:focus')
    await focused.and(page.locator('[data-cause="condition"]')).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-group][aria-expanded="true"]').waitFor()
    const more = page.getByRole('button', { name: /^Show more: 9 left$/ })
    await page.keyboard.press('End')
    await page.keyboard.press('End')
    await more.press('Enter')
    await more.waitFor({ state: 'detached' })
    await page.locator('article[tabindex="0"]').focus()
    await page.keyboard.press('ArrowLeft')
    await page.locator('[data-group="1"][aria-expanded="false"]').waitFor()
    await focused.waitFor()
  })

  test(`a near miss is mended, tried out, and put back at ${size.width} px`, async ({
    journey,
  }) => {
    const { page } = journey
    await openHosts(journey, size)
    await page.locator('article[tabindex="0"]').focus()
    await page.keyboard.press('n')
    const nearest = page.locator('[data-near-miss="0"][aria-current="true"]')
    const best = nearest.locator('[data-repair="0"]')
    await best.waitFor()
    expect(await best.innerText()).toMatch(/maxspan=12s[^]*\+1 wanted[^]*\+0 others/)
    expect(await journey.accessibilityFaults()).toEqual([])

    await page.keyboard.press('f')
    const diff = page.getByRole('region', { name: 'What the change does' })
    await diff.and(page.locator(':focus')).waitFor()
    await diff.getByText('+ 1 match gained').waitFor()
    await diff.getByText('Before: Step 2 came 2 s after the 10 s limit').waitFor()
    expect(await page.getByRole('status').allInnerTexts()).toContainEqual(
      expect.stringMatching(/\+1 wanted[^]*Nothing else changes/),
    )
    await journey.waitForMatches(2)
    if (isWide) expect(await journey.query()).toContain('maxspan=12s')
    expect(await journey.accessibilityFaults()).toEqual([])

    // What is unchanged, by keys; then back to where one was.
    await page.keyboard.press('Tab')
    await page.locator('[data-change="gained"]:focus').waitFor()
    await journey.tabTo('[data-diff] [aria-expanded]')
    await page.keyboard.press('Enter')
    await diff.locator('[data-change="unchanged"]').waitFor()
    await page.getByRole('tab', { name: 'Diff' }).focus()
    await journey.tabTo('[data-region="result"] [data-act="discard"]')
    await page.keyboard.press('Enter')
    await journey.waitForMatches(1)
    await nearest.and(page.locator(':focus')).waitFor()
    await best.waitFor()
    expect(await page.getByRole('tab', { name: 'Diff' }).count()).toBe(0)
    if (isWide) expect(await journey.query()).toContain(QUERY)
  })

  test(`an edit that lets more in says so, and is kept at ${size.width} px`, async ({
    journey,
  }) => {
    const { page } = journey
    await openHosts(journey, size)
    await page.locator('article[tabindex="0"]').focus()
    await page.keyboard.press('End')
    const best = page.locator('[data-cause="condition"] [data-repair="0"]')
    await best.waitFor()
    expect(await best.innerText()).toMatch(/8443[^]*\+1 wanted[^]*\+59 others/)
    await journey.tabTo('[data-repair="0"]')
    await page.keyboard.press('Enter')
    const diff = page.getByRole('region', { name: 'What the change does' })
    await diff.getByText('+ 60 matches gained').waitFor()
    await page.getByText('More changes than was wanted').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await diff.getByRole('button', { name: 'Show more: 10 left' }).press('Enter')
    await page.locator('[data-change="gained"][data-place="59"]').waitFor()
    await diff.focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('End')
    await page.locator('[data-change="gained"][data-place="59"]:focus').waitFor()

    // Above the text it can be kept as well.
    await page.keyboard.press('Alt+2')
    await journey.tabTo('[data-scratch] [data-act="keep"]')
    await page.keyboard.press('Enter')
    await page.locator('[data-scratch]').waitFor({ state: 'detached' })
    await page.locator('[data-region="editor"]:focus').waitFor()
    expect(await journey.query()).toContain('8443')
    await journey.waitForMatches(61)
  })
}
