import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { findChromium } from '../../support/chromium'
import type { Answered, Asked } from './bench-worker'

const root = join(process.cwd(), 'tests/bench/browser')
/** That of the playground: the same plugins, and the worker under the same policy. */
const configFile = join(process.cwd(), 'vite.config.ts')

/** Measures a file on disk in Chromium: read by a worker from the File, as the page does. */
export async function measureInChromium(
  path: string,
  asked: Omit<Asked, 'blob'>,
): Promise<Answered> {
  const outDir = await mkdtemp(join(tmpdir(), 'maxspan-bench-page-'))
  try {
    await buildPage(outDir)
    return await measureServed(outDir, path, asked)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

const buildPage = (outDir: string): Promise<unknown> =>
  build({ root, configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } })

async function measureServed(
  outDir: string,
  path: string,
  asked: Omit<Asked, 'blob'>,
): Promise<Answered> {
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir },
    preview: { host: '127.0.0.1' },
  })
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.setInputFiles('input', path)
    return await page.evaluate((request) => window.measureFile(request), asked)
  } finally {
    await browser.close()
    await server.close()
  }
}
