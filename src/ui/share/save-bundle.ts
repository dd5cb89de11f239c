import { printBundle, type Bundle } from '../../share/bundle'
import type { Reproduction } from '../../share/reproduction'
import { saveBlob } from '../events/save-blob'
import type { OpenSource } from '../state/open-source.svelte'
import type { Sealed } from './seal'

type Original = Pick<OpenSource, 'name' | 'blob' | 'readAs' | 'keep'>

/** Gives what leaves as a bundle of that name; `files` as of `withOriginals`. */
export async function saveBundle(
  { reproduction }: Pick<Sealed, 'reproduction'>,
  name: string,
  files: readonly (Original | undefined)[] = [],
): Promise<void> {
  const bundle = await withOriginals(reproduction, files)
  saveBlob(await printBundle(bundle), `${name}.maxspan`)
}

/** The same with the file that each of its sources came from, and how that is to be read. */
export async function withOriginals(
  reproduction: Reproduction,
  files: readonly (Original | undefined)[],
): Promise<Bundle> {
  const originals: Bundle['originals'][number][] = []
  const sources: Reproduction['sources'] = []
  for (const [place, source] of reproduction.sources.entries()) {
    const file = files[place]
    if (!file) {
      sources.push(source)
      continue
    }
    const { blob, readAs, keep } = file
    sources.push({
      ...source,
      ...plainOf({ readAs, keep }),
      original: originals.length,
    })
    originals.push({ name: file.name, bytes: new Uint8Array(await blob.arrayBuffer()) })
  }
  return { reproduction: { ...reproduction, sources }, originals }
}

/** Plain data without what is absent, as the form of a bundle has it. */
const plainOf = (
  settings: Pick<Original, 'readAs' | 'keep'>,
): Pick<Reproduction['sources'][number], 'readAs' | 'keep'> =>
  JSON.parse(JSON.stringify(settings)) as Pick<
    Reproduction['sources'][number],
    'readAs' | 'keep'
  >
