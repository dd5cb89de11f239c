import { strFromU8 } from 'fflate'
import * as v from 'valibot'
import { packFiles, type PackedFile } from './bundle-files'
import { type LinkProblem, problems } from './link-problem'
import { checkReproduction, readJson, type Reproduction } from './reproduction'
import { UnpackedFiles } from './unpacked-files'

/*
 *   maxspan.json               first and stored, so that the file is known by its first bytes
 *   rules/1 name.toml
 *   exceptions/1 name.toml     of the rule of the same number, as the next three
 *   tests/1 name.toml
 *   tests/1 name.ndjson        events beside the tests
 *   tests/1 name/1 late.ndjson where the tests name several files
 *   versions/1 name/1.toml     the oldest first
 *   events/1 name.ndjson
 *   mapping.json
 *   originals/1 name           files as they were opened, where that was asked for
 */

/** A reproduction with what only fits into a file (experience.md 4.3 C). */
export interface Bundle {
  readonly reproduction: Reproduction
  readonly originals: readonly { readonly name: string; readonly bytes: Bytes }[]
}
type Bytes = Uint8Array<ArrayBuffer>

export type BundleRead =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly problem: LinkProblem }

const MANIFEST = 'maxspan.json'
/** Version 1 had its tests beside the reproduction. It is read for ever. */
const VERSION = 2

const manifestForm = v.object({
  maxspan: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** A reproduction whose texts are paths in the bundle. */
  reproduction: v.looseObject({}),
  /** Of version 1: tests at the place of their rule; empty where it has none. */
  tests: v.exactOptional(v.array(v.string())),
  originals: v.array(v.object({ name: v.string(), path: v.string() })),
})
type Manifest = v.InferOutput<typeof manifestForm>

/** Whether a zip is a bundle, by its first bytes: its first file is the manifest. */
export const looksLikeBundle = (head: Bytes): boolean =>
  strFromU8(head.subarray(0, 4), true) === 'PK\x03\x04' &&
  strFromU8(head.subarray(30, 30 + MANIFEST.length), true) === MANIFEST

/** Packs a bundle as a zip. The same bundle gives the same bytes. */
export async function printBundle({ reproduction, originals }: Bundle): Promise<Blob> {
  const files: PackedFile[] = []
  const keep = (path: string, content: string | Bytes): string => {
    files.push({ path, content })
    return path
  }
  const manifest: Manifest = {
    maxspan: VERSION,
    reproduction: await changeTexts(reproduction, keep),
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
  if (files.problem) return { ok: false, problem: files.problem }
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
async function fillIn(manifest: Manifest, files: UnpackedFiles): Promise<BundleRead> {
  const read = checkReproduction(manifest.reproduction)
  if (!read.ok) return read
  const reproduction = await changeTexts(
    withTests(read.reproduction, manifest.tests ?? []),
    (_, path) => files.text(path),
  )
  const originals = await inTurn(manifest.originals, async ({ name, path }) => ({
    name,
    bytes: await files.bytes(path),
  }))
  return files.problem
    ? { ok: false, problem: files.problem }
    : { ok: true, bundle: { reproduction, originals } }
}

const withTests = (
  reproduction: Reproduction,
  tests: readonly string[],
): Reproduction => ({
  ...reproduction,
  rules: reproduction.rules.map((rule, i) =>
    tests[i] ? { ...rule, tests: { text: tests[i] } } : rule,
  ),
})

/** `path`: where the text belongs in a bundle. */
type Change = (path: string, text: string) => string | Promise<string>

/** The reproduction with others in place of all texts that have a file of their own. */
async function changeTexts(
  reproduction: Reproduction,
  change: Change,
): Promise<Reproduction> {
  const { rules, sources, mapping, ...rest } = reproduction
  return {
    ...rest,
    rules: await inTurn(rules, (rule, i) =>
      changeRule(rule, placed(i, rule.name, '.toml').slice(0, -'.toml'.length), change),
    ),
    sources: await inTurn(sources, async (source, i) => ({
      ...source,
      text: await change(`events/${placed(i, source.name, '.ndjson')}`, source.text),
    })),
    ...(mapping && {
      mapping: { ...mapping, text: await change('mapping.json', mapping.text) },
    }),
  }
}

type SharedRule = Reproduction['rules'][number]

async function changeRule(
  { text, exceptions, tests, versions, ...rest }: SharedRule,
  name: string,
  change: Change,
): Promise<SharedRule> {
  return {
    ...rest,
    text: await change(`rules/${name}.toml`, text),
    ...(exceptions !== undefined && {
      exceptions: await change(`exceptions/${name}.toml`, exceptions),
    }),
    ...(tests && {
      tests: {
        text: await change(`tests/${name}.toml`, tests.text),
        ...(tests.events !== undefined && {
          events: await change(`tests/${name}.ndjson`, tests.events),
        }),
        ...(tests.files && {
          files: await inTurn(tests.files, async (file, i) => ({
            ...file,
            text: await change(
              `tests/${name}/${placed(i, file.name, '.ndjson')}`,
              file.text,
            ),
          })),
        }),
      },
    }),
    ...(versions && {
      versions: await inTurn(versions, async (version, i) => ({
        ...version,
        text: await change(`versions/${name}/${i + 1}.toml`, version.text),
      })),
    }),
  }
}

async function inTurn<From, To>(
  list: readonly From[],
  change: (from: From, place: number) => To | Promise<To>,
): Promise<To[]> {
  const changed: To[] = []
  for (const [place, from] of list.entries()) changed.push(await change(from, place))
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
