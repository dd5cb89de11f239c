import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Where the compiled modules are kept, one file a build and state of its source. */
const FOLDER = join(process.cwd(), 'node_modules/.cache/maxspan/assembly')

/** Bytes of the newest WebAssembly module, as it is downloaded; undefined without one. */
export function readEngineSize(): { bytes: number; gzipped: number } | undefined {
  if (!existsSync(FOLDER)) return undefined
  const [newest] = readdirSync(FOLDER)
    .filter((name) => name.startsWith('simd') && name.endsWith('.wasm'))
    .map((name) => join(FOLDER, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  if (newest === undefined) return undefined
  const module = readFileSync(newest)
  return { bytes: module.length, gzipped: gzipSync(module, { level: 9 }).length }
}
