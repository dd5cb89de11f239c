// Runs one of our TypeScript entries in Node: `node src/node.mjs ENTRY [arguments]`.
// The bundle is made by Vite when a source is newer than it, so a fresh clone needs no
// build step and a warm start costs only a walk over the modification times.
// `node src/node.mjs --prepare ENTRY` only makes the bundle, so that the first run is warm.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const words = process.argv.slice(2)
const onlyPrepare = words[0] === '--prepare'
const [entry = 'src/headless.ts', ...args] = onlyPrepare ? words.slice(1) : words
const name = basename(entry, '.ts')
const outDir = join(root, 'node_modules/.cache/maxspan', name)
const bundle = join(outDir, `${name}.mjs`)

const newest = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce(
        (latest, child) => Math.max(latest, newest(join(path, child))),
        statSync(path).mtimeMs,
      )
    : statSync(path).mtimeMs

async function build() {
  const [{ build }, { lezer }, { assembly }] = await Promise.all([
    import('vite'),
    import('@lezer/generator/rollup'),
    import('./assembly/compile.mjs'),
  ])
  // Made aside and moved in whole: another run may be reading the old one.
  const making = `${outDir}.${process.pid}`
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [lezer(), assembly()],
    // Those a bench drives a browser with stay outside; what runs there is ours.
    ssr: { noExternal: true, external: ['playwright', 'vite'] },
    build: {
      ssr: entry,
      outDir: making,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        output: {
          entryFileNames: `${name}.mjs`,
          chunkFileNames: '[name].mjs',
        },
      },
    },
  })
  rmSync(outDir, { recursive: true, force: true })
  renameSync(making, outDir)
}

const sources = ['src', 'rules', dirname(entry), 'package-lock.json'].map((path) =>
  join(root, path),
)
const isStale =
  !existsSync(bundle) || statSync(bundle).mtimeMs < Math.max(...sources.map(newest))
if (isStale) await build()

if (!onlyPrepare) {
  process.argv = [process.argv[0], bundle, ...args]
  await import(pathToFileURL(bundle).href)
}
