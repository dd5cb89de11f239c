import { strFromU8 } from 'fflate'
import * as v from 'valibot'
import { packFiles, type PackedFile } from './bundle-files'
import { type LinkProblem, problems } from './link-problem'
import { checkReproduction, readJson, type Reproduction } from './reproduction'
import { UnpackedFiles } from './unpacked-files'

/*
 *   maxspan.json          first and stored, so that the file is known by its first bytes
 *   rules/1 name.toml
 *   events/1 name.ndjson
 *   tests/1 name.toml     of the rule of the same number
 *   mapping.json
 *   originals/1 name      files as they were opened, where that was asked for
 */

/** A reproduction with what only fits into a file (experience.md 4.3 C). */
export interface Bundle {
  readonly reproduction: Reproduction
  /** Tests as text, at the place of their rule; empty where it has none. */
  readonly tests: readonly string[]
  readonly originals: readonly { readonly name: string; readonly bytes: Bytes }[]
}
type Bytes = Uint8Array<ArrayBuffer>

export type BundleRead =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly problem: LinkProblem }

const MANIFEST = 'maxspan.json'
const VERSION = 1

const manifestForm = v.object({
  maxspan: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** A reproduction whose texts are paths in the bundle. */
  reproduction: v.looseObject({}),
  tests: v.array(v.string()),
  originals: v.array(v.object({ name: v.string(), path: v.string() })),
})

/** Whether a zip is a bundle, by its first bytes: its first file is the manifest. */
export const looksLikeBundle = (head: Bytes): boolean =>
  strFromU8(head.subarray(0, 4), true) === 'PK\x03\x04' &&
  strFromU8(head.subarray(30, 30 + MANIFEST.length), true) === MANIFEST

/** Packs a bundle as a zip. The same bundle gives the same bytes. */
export function printBundle({ reproduction, tests, originals }: Bundle): Promise<Blob> {
  const files: PackedFile[] = []
  const keep = (path: string, content: string | Bytes): string => {
    files.push({ path, content })
    return path
  }
  const { rules, sources, mapping } = reproduction
  const manifest: v.InferOutput<typeof manifestForm> = {
    maxspan: VERSION,
    reproduction: {
      ...reproduction,
      rules: rules.map(({ name, text }, i) => ({
        name,
        text: keep(`rules/${placed(i, name, '.toml')}`, text),
      })),
      sources: sources.map((source, i) => ({
        ...source,
        text: keep(`events/${placed(i, source.name, '.ndjson')}`, source.text),
      })),
      ...(mapping && {
        mapping: { ...mapping, text: keep('mapping.json', mapping.text) },
      }),
    },
    tests: tests.map((text, i) =>
      text === '' ? '' : keep(`tests/${placed(i, rules[i]?.name ?? '', '.toml')}`, text),
    ),
    originals: originals.map(({ name, bytes }, i) => ({
      name,
      path: keep(`originals/${placed(i, name, '')}`, bytes),
    })),
  }
  const first = { path: MANIFEST, content: JSON.stringify(manifest, null, 2) }
  return packFiles([first, ...files])
}

/** Reads a bundle, whoever made it. Nothing is thrown. */
export async function readBundle(blob: Blob): Promise<BundleRead> {
  const files = await UnpackedFiles.open(blob)
  if (!(files instanceof UnpackedFiles)) return { ok: false, problem: files }
  if (!files.has(MANIFEST)) return { ok: false, problem: problems.noManifest() }
  const told = readJson(await files.text(MANIFEST))
  if (isNewer(told)) return { ok: false, problem: problems.newerBundle() }
  const manifest = v.safeParse(manifestForm, told)
  if (!manifest.success) {
    const place = v.getDotPath(manifest.issues[0]) ?? MANIFEST
    return { ok: false, problem: problems.content(place) }
  }
  return fillIn(manifest.output, files)
}

const isNewer = (told: unknown): boolean => {
  const found = v.safeParse(v.object({ maxspan: v.number() }), told)
  return found.success && found.output.maxspan > VERSION
}

/** Puts texts where the manifest has paths. */
async function fillIn(
  manifest: v.InferOutput<typeof manifestForm>,
  files: UnpackedFiles,
): Promise<BundleRead> {
  const read = checkReproduction(manifest.reproduction)
  if (!read.ok) return read
  const { rules, sources, mapping, ...rest } = read.reproduction
  const filled = async <T extends { readonly text: string }>(part: T) => ({
    ...part,
    text: await files.text(part.text),
  })
  const bundle: Bundle = {
    reproduction: {
      ...rest,
      rules: await inTurn(rules, filled),
      sources: await inTurn(sources, filled),
      ...(mapping && { mapping: await filled(mapping) }),
    },
    tests: await inTurn(manifest.tests, (path) => (path === '' ? '' : files.text(path))),
    originals: await inTurn(manifest.originals, async ({ name, path }) => ({
      name,
      bytes: await files.bytes(path),
    })),
  }
  return files.problem ? { ok: false, problem: files.problem } : { ok: true, bundle }
}

async function inTurn<From, To>(
  list: readonly From[],
  change: (from: From) => To | Promise<To>,
): Promise<To[]> {
  const changed: To[] = []
  for (const from of list) changed.push(await change(from))
  return changed
}

/** A name of its own for each, that every file system takes. */
function placed(i: number, name: string, end: string): string {
  const base = name
    .replace(/^.*[\\/]/, '')
    .replace(/[^\p{L}\p{N}._ -]/gu, '-')
    .slice(0, 80)
  const stem = end === '' ? base : base.replace(/\.[a-z]{1,6}$/i, '')
  return `${i + 1} ${stem.trim() || 'unnamed'}${end}`
}
