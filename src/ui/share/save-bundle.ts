import { printBundle, type Bundle } from '../../share/bundle'
import type { Reproduction } from '../../share/reproduction'
import { saveBlob } from '../events/save-blob'
import type { OpenSource } from '../state/open-source.svelte'
import type { Sealed } from './seal'

type Original = Pick<OpenSource, 'name' | 'blob' | 'active' | 'readAs' | 'keep'>

/** Gives what leaves as a bundle of that name, with the files of `originals` as they were opened. */
export async function saveBundle(
  { reproduction }: Pick<Sealed, 'reproduction'>,
  name: string,
  originals: readonly Original[] = [],
): Promise<void> {
  const bundle = await withOriginals(reproduction, originals)
  saveBlob(await printBundle(bundle), `${name}.maxspan`)
}

/**
 * The same with the files that its sources came from, and how those are to be read. Files
 * that nothing leaves of stay here.
 */
export async function withOriginals(
  reproduction: Reproduction,
  files: readonly Original[],
): Promise<Bundle> {
  const originals: Bundle['originals'][number][] = []
  const rest = files.filter(({ active }) => active)
  const sources: Reproduction['sources'] = []
  for (const source of reproduction.sources) {
    const at = rest.findIndex(({ name }) => name === source.name)
    const [file] = at < 0 ? [] : rest.splice(at, 1)
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
