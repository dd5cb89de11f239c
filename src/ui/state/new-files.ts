import type { ReadAs } from '../../ingest/read-as'
import { mayBeOf, provisionalId, readContentId } from '../../session/content-id'
import type { AddedSource, SourceLoader } from './source-loader.svelte'
import { SAY, sayFileProblem, sayOpenAlready } from './wording'
import type { Workbench } from './workbench.svelte'

/** Bytes; the content id of a file of fewer is there in an instant. */
const LARGE = 16 * 1024 * 1024

/** A file with events whose content nobody has looked at yet. */
export interface NewFile {
  readonly file: File
  readonly readAs?: ReadAs | undefined
}

/**
 * Makes sources of files, of each content one. To hash a large file takes as long as to
 * read it, so that goes on meanwhile, unless its size is that of another: only then it may
 * be open already, or have been, and come back to what was decided about it. What was not
 * hashed when the page went away is known again by its name and size.
 */
export class NewFiles {
  readonly #bench: Workbench
  readonly #loader: Pick<SourceLoader, 'add'>

  constructor(bench: Workbench, loader: Pick<SourceLoader, 'add'>) {
    this.#bench = bench
    this.#loader = loader
  }

  /** Resolves when all are read. `onAdded` is told of files when they are sources. */
  async add(
    files: readonly NewFile[],
    onAdded: (files: readonly File[]) => void = () => undefined,
  ): Promise<void> {
    const reading: Promise<void>[] = []
    let sources: AddedSource[] = []
    let taken: File[] = []
    // Of large ones nothing is waited for between the look at the others and this: those
    // that are looked at next may be of the same size.
    const addThem = (): void => {
      reading.push(this.#loader.add(sources))
      onAdded(taken)
      sources = []
      taken = []
    }
    for (const { file, readAs } of files) {
      taken.push(file)
      const source = this.#isUnique(file)
        ? hashMeanwhile(file)
        : await this.#identify(file)
      if (source) sources.push({ ...source, readAs })
      if (file.size >= LARGE) addThem()
    }
    addThem()
    await Promise.all(reading)
  }

  #isUnique(file: File): boolean {
    const { sources, lost } = this.#bench
    return (
      file.size >= LARGE &&
      !sources.some(({ blob }) => blob.size === file.size) &&
      !lost.some(({ id }) => id !== provisionalId(file.name, file) && mayBeOf(id, file))
    )
  }

  /** Undefined when it cannot be read. */
  async #identify(file: File): Promise<AddedSource | undefined> {
    const { name, size } = file
    try {
      const id = await readContentId(file)
      const alike = this.#bench.sources.filter(({ blob }) => blob.size === size)
      await Promise.all(alike.map(({ identified }) => identified))
      const known = alike.find(({ contentId }) => contentId === id)
      if (known) this.#bench.notices.info(sayOpenAlready(name, known.name))
      return { file: { id, name, blob: file } }
    } catch {
      // It was moved, changed or locked since it was chosen.
      this.#bench.notices.fail(sayFileProblem(name, undefined, SAY.unreadable))
      return undefined
    }
  }
}

const hashMeanwhile = (file: File): AddedSource => ({
  file: { id: provisionalId(file.name, file), name: file.name, blob: file },
  contentId: readContentId(file),
})
