import scalar from '../assembly/encoder.ts?assembly=scalar'
import simd from '../assembly/encoder.ts?assembly=simd'

/** Which build of the encoder is used; none where WebAssembly is refused. */
export type EncoderBuild = 'simd' | 'scalar' | 'none'

const SOURCES = { simd, scalar }
const compiled = new Map<EncoderBuild, Promise<WebAssembly.Module | undefined>>()

/**
 * The compiled encoder, the best the browser takes; undefined when it takes none, for
 * want of WebAssembly or because a content policy forbids it. Then events are read in
 * TypeScript, to the same end.
 */
export async function loadEncoderModule(
  build?: EncoderBuild,
): Promise<WebAssembly.Module | undefined> {
  if (build !== undefined) return compileOnce(build)
  return (await compileOnce('simd')) ?? compileOnce('scalar')
}

function compileOnce(build: EncoderBuild): Promise<WebAssembly.Module | undefined> {
  const known = compiled.get(build)
  if (known) return known
  const module = compile(build)
  compiled.set(build, module)
  return module
}

async function compile(build: EncoderBuild): Promise<WebAssembly.Module | undefined> {
  if (build === 'none' || typeof WebAssembly !== 'object') return undefined
  const bytes = Uint8Array.from(atob(SOURCES[build]), (c) => c.charCodeAt(0))
  return WebAssembly.compile(bytes).catch(() => undefined)
}
