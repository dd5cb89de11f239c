import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { build, preview } from 'vite'
import { findChromium } from '../../support/chromium'
import type { Measured } from '../measure'
import type { Answered } from './bench-worker'
import type { Question } from './page'
import { readRendererPeak } from './renderer-memory'
import { readWorkerTime } from './worker-time'

const root = join(process.cwd(), 'tests/bench/browser')
/** That of the playground: the same plugins, and the worker under the same policy. */
const configFile = join(process.cwd(), 'vite.config.ts')

export interface MeasuredInChromium {
  readonly measured: Measured
  /** What the page's process grew by at most while the file was read, bytes. */
  readonly peak: number | undefined
}

/**
 * Measures a file on disk in Chromium: read by a worker from the File, as the page does. A
 * second file holds the same events as flat JSON. With `cpuTime` long times are those of the
 * processor on the worker's thread.
 */
export async function measureInChromium(
  files: readonly { readonly path: string }[],
  work: Question,
  cpuTime: boolean,
): Promise<MeasuredInChromium> {
  const outDir = await mkdtemp(join(tmpdir(), 'maxspan-bench-page-'))
  try {
    await buildPage(outDir)
    return await withBrowser(outDir, async (open, browser) => {
      const before = await readPeakAfter(await open(), browser)
      const paths = files.map(({ path }) => path)
      const peak = await readPeakAfter(await open(paths), browser)
      const page = await open(paths)
      if (cpuTime)
        await page.exposeFunction('readWorkerTime', () => readWorkerTime(browser))
      const measured = await ask(page, work)
      if (!measured) throw new Error('Chromium measured nothing')
      return { measured, peak: peak && before && peak - before }
    })
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

const ask = (page: Page, asked: Question): Promise<Answered> =>
  page.evaluate((request) => window.measureFile(request), asked)

/** The peak of the page's process, once its file, if it has one, is loaded. */
async function readPeakAfter(page: Page, browser: Browser): Promise<number | undefined> {
  const hasFile = await page.evaluate(
    () => (document.querySelector('input')?.files?.length ?? 0) > 0,
  )
  if (hasFile) await ask(page, { queries: [], repeats: 0 })
  const peak = await readRendererPeak(browser)
  await page.close()
  return peak
}

const buildPage = (outDir: string): Promise<unknown> =>
  build({ root, configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } })

/** Opens the page anew, with files chosen or without. */
type Open = (paths?: readonly string[]) => Promise<Page>

async function withBrowser<T>(
  outDir: string,
  use: (open: Open, browser: Browser) => Promise<T>,
): Promise<T> {
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir },
    preview: { host: '127.0.0.1' },
  })
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--js-flags=--expose-gc'],
  })
  const open: Open = async (paths) => {
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    if (paths) await page.setInputFiles('input', paths)
    return page
  }
  try {
    return await use(open, browser)
  } finally {
    await browser.close()
    await server.close()
  }
}
