// Emits the service worker that keeps the built page, as a Vite plugin. It is built last,
// because it names every file with a hash of what it holds.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('service-worker.ts', import.meta.url))
/** Reproductions and older versions beside the page are many, and are kept by nobody. */
const NOT_KEPT = /^(?:r|v)\/|(?:^|\/)\.|^sw\.js$/

const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !NOT_KEPT.test(name))
    .sort()

const revisionOf = (file) =>
  createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)

/** @returns {import('vite').Plugin} */
export const offline = () => ({
  name: 'offline',
  apply: 'build',
  // Not when all is closed: that comes after a build that failed, too, and would hide why.
  writeBundle: {
    sequential: true,
    order: 'post',
    handler: ({ dir }) => emitServiceWorker(dir),
  },
})

async function emitServiceWorker(outDir) {
  const { build } = await import('vite')
  const files = filesUnder(outDir).map((name) => ({
    url: name === 'index.html' ? './' : name,
    revision: revisionOf(join(outDir, name)),
  }))
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      FILES_OF_THE_PAGE: JSON.stringify(files),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: { entry, formats: ['iife'], name: 'serviceWorker', fileName: () => 'sw.js' },
    },
  })
}
