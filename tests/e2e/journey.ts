import axe from 'axe-core'
import { chromium } from 'playwright'
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright'
import { expect, inject, test } from 'vitest'

/** A file as one would drop it. */
export interface DroppedFile {
  readonly name: string
  readonly text: string | Uint8Array
}

const WIDE = { width: 1440, height: 900 }

/**
 * One person's way through the page, in a browser profile of its own. When it ends,
 * nothing may have been asked of another host and nothing may have gone wrong unseen.
 */
export class Journey {
  readonly #requests: Request[] = []
  readonly #errors: string[] = []

  private constructor(
    readonly browser: Browser,
    readonly context: BrowserContext,
    /** The tab one is in. */
    public page: Page,
    /** Where the page is served, without a slash at the end. */
    readonly origin: string,
  ) {
    context.on('request', (request) => this.#requests.push(request))
    context.on('weberror', (failure) => this.#errors.push(failure.error().message))
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#errors.push(message.text())
    })
  }

  static async begin(browser: Browser, origin = inject('origin')): Promise<Journey> {
    const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light' })
    context.setDefaultTimeout(20_000)
    return new Journey(browser, context, await context.newPage(), origin)
  }

  /** Opens the page and waits until the rules have their verdicts. */
  async open(): Promise<void> {
    await this.page.goto(`${this.origin}/`)
    await this.settle()
  }

  /** Waits until every rule has its verdict and nothing runs. */
  async settle(): Promise<void> {
    await this.page.locator('[data-rule]').first().waitFor()
    await this.page.waitForFunction(() => {
      const states = Array.from(document.querySelectorAll<HTMLElement>('[data-rule]'))
      const areDone = states.every((rule) =>
        ['done', 'error'].includes(rule.dataset['state'] ?? ''),
      )
      return areDone && !document.body.hasAttribute('data-busy')
    })
  }

  /** Opens the page in another tab of the same profile. */
  async openTab(): Promise<void> {
    this.page = await this.context.newPage()
    await this.open()
  }

  /** Waits until that many events are loaded. */
  async waitForEvents(count: number): Promise<void> {
    await this.page.locator(`[data-event-count="${count}"]`).first().waitFor()
  }

  /** Waits until the selected rule has that many matches, of the text as it stands. */
  async waitForMatches(count: number): Promise<void> {
    const done = this.page.locator(`[data-state="done"][data-matches="${count}"]`)
    await this.selectedRule().and(done).waitFor()
  }

  /** The rule in the editor, in the list of rules. */
  selectedRule(): Locator {
    return this.page.locator(
      '[data-rule][aria-current="true"], [data-rule][aria-selected="true"]',
    )
  }

  async selectedRuleId(): Promise<string> {
    return (await this.selectedRule().getAttribute('data-rule')) ?? ''
  }

  rule(id: string): Locator {
    return this.page.locator(`[data-rule="${id}"]`)
  }

  /** What the list says of each rule: matches and near misses. */
  async verdicts(): Promise<Readonly<Record<string, string>>> {
    const rules = await this.page.locator('[data-rule]').all()
    const entries = rules.map(async (rule): Promise<[string, string]> => [
      (await rule.getAttribute('data-rule')) ?? '',
      `${await rule.getAttribute('data-matches')} matches, ` +
        `${await rule.getAttribute('data-near-misses')} near misses`,
    ])
    return Object.fromEntries<string>(await Promise.all(entries))
  }

  /** Event ids of each match shown, step by step; `-` for a missing step. */
  async shownMatches(): Promise<readonly string[]> {
    return this.page
      .locator('[data-match]')
      .evaluateAll((matches) =>
        matches.map((match) =>
          Array.from(match.querySelectorAll<HTMLElement>('[data-step]'), (step) =>
            step.hasAttribute('data-missing') ? '-' : step.dataset['eventId'],
          ).join(' '),
        ),
      )
  }

  async eventCount(): Promise<number> {
    const count = this.page.locator('[data-event-count]').first()
    return Number(await count.getAttribute('data-event-count'))
  }

  async choose(...files: DroppedFile[]): Promise<void> {
    await this.page.getByLabel('Open files').setInputFiles(
      files.map(({ name, text }) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(text),
      })),
    )
  }

  /** Lets files fall on the middle of the window. */
  async drop(...files: DroppedFile[]): Promise<void> {
    const plain = files.map(({ name, text }) => ({ name, text: String(text) }))
    const dataTransfer = await this.page.evaluateHandle((dropped) => {
      const data = new DataTransfer()
      for (const { name, text } of dropped) data.items.add(new File([text], name))
      return data
    }, plain)
    for (const type of ['dragenter', 'dragover', 'drop'])
      await this.page.dispatchEvent('body', type, { dataTransfer })
  }

  /** Replaces the text of the query editor, as by typing. */
  async writeQuery(text: string): Promise<void> {
    await this.page.getByLabel('EQL query').focus()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(text)
  }

  /** The text in the query editor. */
  async query(): Promise<string> {
    const lines = this.page.getByLabel('EQL query').locator('.cm-line')
    return (await lines.allTextContents()).join('\n')
  }

  /** Presses Tab until the focus is on what a selector names. */
  async tabTo(selector: string): Promise<void> {
    for (let n = 0; n < 40; n++) {
      const isThere = await this.page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) ?? false,
        selector,
      )
      if (isThere) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`The Tab key does not lead to ${selector}.`)
  }

  /** Opens the menu of a button and takes one of its entries. */
  async chooseInMenu(button: RegExp, entry: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).click()
    await this.page
      .getByRole('menuitem', { name: entry })
      .or(this.page.getByRole('menuitemradio', { name: entry }))
      .first()
      .click()
  }

  /** What axe finds wrong with what is on screen, in light and in dark, a line each. */
  async accessibilityFaults(): Promise<readonly string[]> {
    const faults: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await this.#drawAnew()
      for (const { id, nodes } of await this.#runAxe(colorScheme === 'dark'))
        for (const { html, failureSummary = '' } of nodes)
          faults.push(`${colorScheme}, ${id}: ${html} ${failureSummary}`)
    }
    return faults
  }

  /**
   * After a change of the scheme Chromium draws the new colours, but for elements it need
   * not lay out again it still tells the old ones when asked, which misleads axe.
   */
  async #drawAnew(): Promise<void> {
    await this.page.evaluate(() => {
      const { style } = document.documentElement
      style.display = 'none'
      document.body.getBoundingClientRect()
      style.display = ''
    })
  }

  async #runAxe(onlyColours: boolean): Promise<readonly axe.Result[]> {
    const page = this.page
    const isIn = await page.evaluate(() => 'axe' in window)
    if (!isIn) await page.evaluate(axe.source)
    const floats = (await page.locator('[role="menu"], .floating').count()) > 0
    const options: axe.RunOptions = {
      runOnly: onlyColours ? ['color-contrast'] : AXE_TAGS,
      // Menus and lists float above the landmarks, and are named by what opens them.
      rules: floats ? { region: { enabled: false } } : {},
    }
    for (let tries = 1; ; tries++) {
      const { violations, isOfOnePage } = await page.evaluate(runAxeOnce, options)
      if (isOfOnePage || violations.length === 0 || tries === 5) return violations
    }
  }

  /** Says that what the console tells from here on of a matter is meant to happen. */
  expectTrouble(pattern: RegExp): void {
    this.#expected.push(pattern)
  }
  readonly #expected: RegExp[] = []

  async end(): Promise<void> {
    await this.context.close()
    const unexpected = this.#errors.filter(
      (error) => !this.#expected.some((pattern) => pattern.test(error)),
    )
    expect(unexpected).toEqual([])
    const sent = this.#requests.filter((request) => !isRefused(request))
    const urls = sent.map((request) => request.url())
    expect(urls.filter((url) => !isOwn(url, this.origin))).toEqual([])
  }
}

/**
 * In the page: what axe finds, and whether the page stayed as it was meanwhile. Axe looks at
 * elements over a while, and takes one that has gone since for one without text, or one of
 * a long list, which is not seen until it was measured.
 */
async function runAxeOnce(options: axe.RunOptions) {
  const inPage = (window as unknown as { readonly axe: typeof axe }).axe
  const changes: MutationRecord[] = []
  const watch = new MutationObserver((more) => void changes.push(...more))
  const attributeFilter = ['style']
  watch.observe(document, { childList: true, subtree: true, attributeFilter })
  const { violations } = await inPage.run(document, options)
  changes.push(...watch.takeRecords())
  watch.disconnect()
  const hasChanged = changes.some(
    ({ type, removedNodes }) => type === 'attributes' || removedNodes.length > 0,
  )
  return { violations, isOfOnePage: !hasChanged }
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The browser reports what the content policy forbids too, though it never sends it. */
function isRefused(request: Request): boolean {
  return request.failure()?.errorText === 'csp'
}

/** Below the folder that the page is served from; what is beside it may be another's. */
function isOwn(url: string, origin: string): boolean {
  // A page from disk has no origin, and what it makes has none either.
  const blob = `blob:${new URL(origin).origin}/`
  const own = [`${origin}/`, blob, 'file:///', 'blob:null/']
  return own.some((start) => url.startsWith(start))
}

interface Fixtures {
  $worker: { browser: Browser }
  $test: { journey: Journey }
}

/** A test that is given a journey of its own. */
export const journeyTest = test.extend<Fixtures>({
  browser: [
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: inject('chromium') })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  journey: async ({ browser }, use) => {
    const journey = await Journey.begin(browser)
    await use(journey)
    await journey.end()
  },
})
