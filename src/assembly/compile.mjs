// Compiles the AssemblyScript beside this file, as a Vite plugin:
//
//     import simd from '../assembly/encoder.ts?assembly=simd'     // base64 of the module
//     import scalar from '../assembly/encoder.ts?assembly=scalar'
//
// The compiler is loaded only when a source has changed since it last ran.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(fileURLToPath(import.meta.url))
const cache = join(folder, '../../node_modules/.cache/maxspan/assembly')
const ENTRY = 'encoder.ts'

const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--maximumMemory', '65535']
const BUILDS = {
  simd: [...FLAGS, '--enable', 'simd'],
  scalar: FLAGS,
}

const sourceFiles = () => readdirSync(folder).filter((name) => /(?<!\.d)\.ts$/.test(name))

/** The module of a build, from the cache if nothing has changed. */
async function compile(build) {
  const sources = new Map(
    sourceFiles().map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  const { version } = createRequire(import.meta.url)('assemblyscript/package.json')
  const key = JSON.stringify([version, BUILDS[build], ...sources])
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 20)
  const kept = join(cache, `${build}-${hash}.wasm`)
  if (existsSync(kept)) return readFileSync(kept)
  const module = await runCompiler(BUILDS[build], sources)
  mkdirSync(cache, { recursive: true })
  // Made aside and moved in whole: another process may be looking for it.
  writeFileSync(`${kept}.${process.pid}`, module)
  renameSync(`${kept}.${process.pid}`, kept)
  return module
}

async function runCompiler(flags, sources) {
  const { default: asc } = await import('assemblyscript/asc')
  let module
  const files = {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (_, contents) => void (module = contents),
    listFiles: () => [],
  }
  const { error, stderr } = await asc.main([ENTRY, '-o', 'encoder.wasm', ...flags], files)
  if (error || module === undefined) throw new Error(`${stderr}${error?.message ?? ''}`)
  return module
}

const QUERY = /[\\/]encoder\.ts\?assembly=(simd|scalar)$/

export function assembly() {
  return {
    name: 'assembly',
    enforce: 'pre',
    async load(id) {
      const build = QUERY.exec(id)?.[1]
      if (build === undefined) return undefined
      for (const name of sourceFiles()) this.addWatchFile(join(folder, name))
      const base64 = Buffer.from(await compile(build)).toString('base64')
      return { code: `export default '${base64}'`, map: null }
    },
  }
}
