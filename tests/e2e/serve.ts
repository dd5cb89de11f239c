import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { preview } from 'vite'
import type { TestProject } from 'vitest/node'
import { findChromium } from '../support/chromium'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built page is served, without a slash at the end. */
    origin: string
    /** The folder of the built page. */
    site: string
    /** Path of the browser to drive it with. */
    chromium: string
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the page once, as `npm run build` does, and serves it to all journeys. */
export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const chromium = findChromium()
  const cache = join(root, '.cache')
  await mkdir(cache, { recursive: true })
  // A folder of its own, so that two runs at a time do not pull it from under each other.
  const outDir = await mkdtemp(join(cache, 'e2e-'))
  await build(outDir)
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 4273 },
  })
  project.provide('origin', server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '')
  project.provide('site', outDir)
  project.provide('chromium', chromium)
  return async () => {
    await server.close()
    await rm(outDir, { recursive: true })
  }
}

// In a process of its own: this one is in test mode, and Vite would build for that.
async function build(outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const options = ['build', '--logLevel', 'warn', '--outDir', outDir]
  const { VITEST: _vitest, ...env } = process.env
  await promisify(execFile)(process.execPath, [vite, ...options], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production' },
  })
}
