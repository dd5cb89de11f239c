import axe from 'axe-core'
import { chromium } from 'playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright'
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
  readonly #requests: string[] = []
  readonly #errors: string[] = []

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.on('request', (request) => this.#requests.push(request.url()))
    context.on('weberror', (failure) => this.#errors.push(failure.error().message))
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#errors.push(message.text())
    })
  }

  static async begin(browser: Browser): Promise<Journey> {
    const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light' })
    context.setDefaultTimeout(10_000)
    return new Journey(context, await context.newPage())
  }

  /** Opens the page and waits until the rules have their verdicts. */
  async open(): Promise<void> {
    await this.page.goto(inject('origin'))
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
    await this.page.getByLabel('EQL query').click()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(text)
  }

  /** What axe finds wrong with what is on screen, a line each. */
  async accessibilityFaults(): Promise<readonly string[]> {
    // As an argument of the driver, because the content policy lets no script in.
    const found = await this.page.evaluate<axe.AxeResults>(
      `(() => { ${axe.source}; return axe.run(document, ${AXE_OPTIONS}) })()`,
    )
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    )
  }

  /** Says that what the console tells from here on of a matter is meant to happen. */
  expectError(pattern: RegExp): void {
    this.#expected.push(pattern)
  }
  readonly #expected: RegExp[] = []

  async end(): Promise<void> {
    await this.context.close()
    const unexpected = this.#errors.filter(
      (error) => !this.#expected.some((pattern) => pattern.test(error)),
    )
    expect(unexpected).toEqual([])
    expect(this.#requests.filter((url) => !isOwn(url))).toEqual([])
  }
}

const AXE_OPTIONS = JSON.stringify({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
})

function isOwn(url: string): boolean {
  const origin = inject('origin')
  return url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`)
}

interface Fixtures {
  $file: { browser: Browser }
  $test: { journey: Journey }
}

/** A test that is given a journey of its own. */
export const journeyTest = test.extend<Fixtures>({
  browser: [
    async (_context, use) => {
      const browser = await chromium.launch({ executablePath: inject('chromium') })
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  journey: async ({ browser }, use) => {
    const journey = await Journey.begin(browser)
    await use(journey)
    await journey.end()
  },
})
