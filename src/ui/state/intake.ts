import type { InnerFiles } from '../../ingest/look-inside'
import type { ReadAs } from '../../ingest/read-as'
import { looksLikeRules } from '../../rules/rule-file'
import type { RuleFile } from '../../rules/rule-folder'
import { looksLikeTests } from '../../rules/rule-tests'
import { listEventPaths } from '../../rules/rule-tree'
import { looksLikeBundle } from '../../share/bundle'
import type { EngineClient } from '../../worker/client'
import type { ClusterAnswers } from './cluster-answers.svelte'
import { type Dropped, filesIn, pathOf } from './dropped-files'
import type { Guests } from './guests.svelte'
import { type NewFile, NewFiles } from './new-files'
import type { OpenRules } from './open-rules.svelte'
import { readFoundRules } from './read-found-rules'
import type { SessionKeeper } from './session-keeper.svelte'
import type { SourceLoader } from './source-loader.svelte'
import { Turns } from './turns'
import { SAY, sayFileProblem, sayFileProblems, sayLeftAside } from './wording'
import type { LoadedMapping, Workbench } from './workbench.svelte'

/** So much of a file is looked at to tell rules and mappings from events, bytes. */
const HEAD = 16 * 1024
/** Rules and mappings are read whole on the page; nobody writes larger ones. */
const LARGEST = 32 * 1024 * 1024
/**
 * Archives up to this size are searched for rules, bytes. To look at the beginnings of all
 * files in a zip takes no time; what is gzipped has to be unpacked whole.
 */
const LARGEST_ARCHIVE = 64 * 1024 * 1024
const LARGEST_GZIP = 8 * 1024 * 1024

/**
 * Whatever is dropped, chosen or pasted: rules are opened, an index mapping is put in
 * force, and everything else is events. The same holds for what is in archives.
 */
export class Intake {
  readonly #bench: Workbench
  readonly #engine: Pick<EngineClient, 'lookInside'>
  readonly #rules: OpenRules
  readonly #loader: SourceLoader
  readonly #files: NewFiles
  readonly #guests: Pick<Guests, 'openBundle'>
  readonly #answers: Pick<ClusterAnswers, 'takes'>
  readonly #keeper: Pick<SessionKeeper, 'whenThrough'>
  readonly #turns = new Turns()

  constructor(
    bench: Workbench,
    engine: Pick<EngineClient, 'lookInside'>,
    rules: OpenRules,
    loader: SourceLoader,
    guests: Pick<Guests, 'openBundle'>,
    answers: Pick<ClusterAnswers, 'takes'>,
    keeper: Pick<SessionKeeper, 'whenThrough'>,
  ) {
    this.#bench = bench
    this.#engine = engine
    this.#rules = rules
    this.#loader = loader
    this.#files = new NewFiles(bench, loader)
    this.#guests = guests
    this.#answers = answers
    this.#keeper = keeper
  }

  async open(files: readonly File[]): Promise<void> {
    await this.#open(files, new Set())
  }

  /**
   * What was dropped. Of a folder, also what is neither events nor rules is told: in one
   * notice, not as sources that cannot be read.
   */
  async openDropped({ files, folders }: Dropped): Promise<void> {
    if (folders.length === 0) return this.open(files)
    try {
      const inFolders = await filesIn(folders)
      await this.#open([...files, ...inFolders], new Set(inFolders))
    } catch {
      const [folder] = folders
      this.#bench.notices.fail(
        sayFileProblem(folder?.name ?? '', undefined, SAY.unreadable),
      )
    }
  }

  async #open(files: readonly File[], inFolders: ReadonlySet<File>): Promise<void> {
    const bench = this.#bench
    bench.opening = [...bench.opening, ...files]
    await this.#keeper.whenThrough()
    const events: NewFile[] = []
    const found: RuleFile[] = []
    const beside = new Map<string, File>()
    const others: string[] = []
    const done = new Set<File>()
    for (const file of files) {
      try {
        const taken = await this.#take(file, found, beside, inFolders.has(file))
        if (taken === 'other') others.push(file.name)
        else if (taken !== 'text') {
          events.push({ file, readAs: taken.readAs })
          beside.set(pathOf(file), file)
        }
      } catch {
        // A file that was moved, changed or locked since it was chosen.
        bench.notices.fail(sayFileProblem(file.name, undefined, SAY.unreadable))
      }
      if (events.at(-1)?.file !== file) done.add(file)
      if (await this.#turns.next()) this.#tellOpened(done)
    }
    if (found.length > 0) others.push(...(await this.#openRules(found, beside)))
    if (others.length > 0) bench.notices.info(sayLeftAside(others))
    this.#tellOpened(done)
    await this.#files.add(events, (added) => this.#tellOpened(new Set(added)))
  }

  /** Opens what was found of rules, and gives the names of what belongs to none. */
  async #openRules(
    found: readonly RuleFile[],
    beside: ReadonlyMap<string, File>,
  ): Promise<readonly string[]> {
    const { rules, problems, others } = await readFoundRules(
      found,
      beside,
      (exceptions) => this.#rules.takeExceptions(exceptions),
    )
    if (rules.length > 0) await this.#rules.add(rules)
    this.#bench.notices.warnOfAll(
      problems.map(({ path, line, message }) =>
        sayFileProblem(nameOf(path), line, message),
      ),
      (count) => sayFileProblems(count, new Set(problems.map(({ path }) => path)).size),
    )
    return others.map(nameOf)
  }

  /** Takes rules and mappings out of a file, and says what else it is. */
  async #take(
    file: File,
    rules: RuleFile[],
    beside: Map<string, File>,
    isInFolder: boolean,
  ): Promise<Taken> {
    if (await this.#takesAsText(file, rules)) return 'text'
    if (await isBundle(file)) {
      await this.#guests.openBundle(file)
      return 'text'
    }
    if (!isInFolder && (await this.#answers.takes(file))) return 'text'
    const isSearched = file.size <= (await largestToSearch(file))
    if (!isSearched && !isInFolder) return EVENTS
    const wants = isSearched ? isOfRules : () => false
    const found = await this.#engine
      .lookInside(file, wants)
      .catch((): InnerFiles => ({ texts: [], events: 1 }))
    const texts = found.texts.map(({ path, text }) => ({ path: path || file.name, text }))
    rules.push(...texts)
    for (const events of await this.#eventsBeside(file, texts))
      beside.set(events.name, events)
    if (found.texts.length > 0) {
      if (found.events === 0) return 'text'
      return { readAs: { leaveOut: found.texts.map(({ place }) => place) } }
    }
    return found.events > 0 || !isInFolder ? EVENTS : 'other'
  }

  /** The events in an archive that lie beside tests in it. They are a source, too. */
  async #eventsBeside(
    archive: File,
    texts: readonly RuleFile[],
  ): Promise<readonly File[]> {
    const paths = listEventPaths(texts)
    if (paths.size === 0) return []
    const found = await this.#engine
      .lookInside(archive, (_, path) => paths.has(path))
      .catch((): InnerFiles => ({ texts: [], events: 0 }))
    return found.texts.map(({ path, text }) => new File([text], path))
  }

  /** Not after each of a thousand files: the page would do nothing but draw. */
  #tellOpened(done: Set<File>): void {
    this.#bench.opening = this.#bench.opening.filter((file) => !done.has(file))
    done.clear()
  }

  /** Opens a file as events, whatever else it may be. */
  async openAsEvents(file: File): Promise<void> {
    await this.#files.add([{ file }])
  }

  /** Text from the clipboard, under a name that tells when it came. */
  async paste(text: string): Promise<void> {
    const time = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    // A name that is made up is none to know a rule by.
    const name = this.#rules.freeName(`Pasted at ${time}`)
    await this.open([new File([text], name)])
  }

  async #takesAsText(file: File, rules: RuleFile[]): Promise<boolean> {
    if (file.size === 0 || file.size > LARGEST) return false
    const head = await file.slice(0, HEAD).text()
    if (!isOfRules(head)) return looksLikeMapping(head) && this.#takeMapping(file)
    const text = file.size <= HEAD ? head : await file.text()
    rules.push({ path: pathOf(file), text })
    return true
  }

  async #takeMapping(file: File): Promise<boolean> {
    const mapping: LoadedMapping = { name: file.name, text: await file.text() }
    if (!isMapping(mapping.text)) return false
    const problem = await this.#loader.setMapping(mapping)
    if (problem) this.#bench.notices.fail(sayFileProblem(file.name, undefined, problem))
    return true
  }
}

/** A rule, exceptions of rules, or tests of one. */
const isOfRules = (head: string): boolean => looksLikeRules(head) || looksLikeTests(head)

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What became of a file: its text was taken, it is events, or nothing that is known. */
type Taken = 'text' | 'other' | { readonly readAs: ReadAs | undefined }
const EVENTS: Taken = { readAs: undefined }

const isBundle = async (file: File): Promise<boolean> =>
  looksLikeBundle(new Uint8Array(await file.slice(0, 64).arrayBuffer()))

/** By the first bytes of gzip and zip, and the mark of tar; -1 for what packs nothing. */
async function largestToSearch(file: File): Promise<number> {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer())
  const [a, b] = head
  if (a === 0x1f && b === 0x8b) return LARGEST_GZIP
  const isZip = a === 0x50 && b === 0x4b
  const isTar = String.fromCharCode(...head.subarray(257, 262)) === 'ustar'
  return isZip || isTar ? LARGEST_ARCHIVE : -1
}

const looksLikeMapping = (head: string): boolean =>
  /^\uFEFF?\s*\{/.test(head) && /"(?:mappings|properties)"/.test(head)

/** `{"properties":…}`, `{"mappings":{…}}`, or the latter under the name of an index. */
function isMapping(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return isMappingBody(value) || (isObject(value) && allOf(value, isMappingBody))
  } catch {
    return false
  }
}

// Events may have a field `properties` too; a mapping's holds nothing but objects.
const isMappingBody = (value: unknown): boolean =>
  isObject(value) &&
  ((isObject(value['properties']) && allOf(value['properties'], isObject)) ||
    (isObject(value['mappings']) && isMappingBody(value['mappings'])))

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const allOf = (
  value: Readonly<Record<string, unknown>>,
  test: (part: unknown) => boolean,
) => Object.keys(value).length > 0 && Object.values(value).every(test)
