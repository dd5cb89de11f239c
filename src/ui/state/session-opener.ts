import type { SessionData, StoredRule, StoredSource } from '../../session/session'
import { modeOf, withoutMode } from './map-mode'
import type { OpenRule } from './open-rule.svelte'
import type { RunLoop } from './run-loop.svelte'
import type { AddedSource, SourceLoader } from './source-loader.svelte'
import { openStoredRule } from './stored-rule'
import { Turns } from './turns'
import type { Workbench } from './workbench.svelte'

const UNNAMED_MAPPING = 'Index mapping'

/** Brings the content of a session into the workbench, and takes it out again. */
export class SessionOpener {
  readonly #bench: Workbench
  readonly #loop: RunLoop
  readonly #loader: SourceLoader
  readonly #turns = new Turns()
  /** What the rules of the workbench were opened of. */
  #shown: readonly StoredRule[] | undefined

  constructor(bench: Workbench, loop: RunLoop, loader: SourceLoader) {
    this.#bench = bench
    this.#loop = loop
    this.#loader = loader
  }

  async clear(): Promise<void> {
    const bench = this.#bench
    this.#shown = undefined
    for (const rule of bench.rules) await this.#loop.close(rule).catch(() => undefined)
    bench.rules = []
    bench.ruleId = undefined
    bench.row = undefined
    bench.showsEvent = false
    bench.lost = []
    await this.#loader.clear().catch(() => undefined)
  }

  /** Those that stand here already stay, with what was edited since. */
  async showRules(
    stored: readonly StoredRule[],
    selected: string | undefined,
  ): Promise<void> {
    if (stored === this.#shown) return
    this.#shown = stored
    const rules: OpenRule[] = []
    for (const rule of stored) {
      const open = openStoredRule(rule)
      if (open) rules.push(open)
      await this.#turns.next()
    }
    this.#bench.rules = rules
    const ids = rules.map(({ id }) => id)
    this.#bench.openRule(ids.find((id) => id === selected) ?? ids[0])
  }

  /**
   * Everything but the rules. The sources are in the workbench when this resolves, and
   * read only after: another session can be opened meanwhile.
   */
  async show(
    data: SessionData,
    getBlob: (id: string) => Promise<Blob | undefined>,
  ): Promise<void> {
    const bench = this.#bench
    bench.panes = Object.fromEntries(
      Object.entries(data.view.panes).map(([split, sizes]) => [split, [...sizes]]),
    )
    bench.tabs = { ...data.view.tabs }
    bench.memoryLimit = data.memoryLimit
    bench.mapMode = modeOf(data)
    bench.eventsOut = data.eventsOut ?? false
    const { files, lost } = await this.#readSources(data.sources, getBlob)
    bench.lost = lost
    const { mapping: text, mappingName = UNNAMED_MAPPING } = data
    if (text !== null) await this.#loader.setMapping({ name: mappingName, text })
    void this.#loader.add(files)
  }

  /** Opens what was not stored when the session was opened, and is now. */
  async findLost(getBlob: (id: string) => Promise<Blob | undefined>): Promise<void> {
    const { files } = await this.#readSources(this.#bench.lost, getBlob)
    void this.#loader.add(files)
  }

  async #readSources(
    sources: readonly StoredSource[],
    getBlob: (id: string) => Promise<Blob | undefined>,
  ): Promise<{
    readonly files: readonly AddedSource[]
    readonly lost: readonly StoredSource[]
  }> {
    const files: AddedSource[] = []
    const lost: StoredSource[] = []
    for (const source of sources) {
      const { id, name, active, keep } = source
      const blob = await getBlob(id)
      const readAs = withoutMode(source.readAs)
      if (blob) files.push({ file: { id, name, blob }, active, keep, readAs })
      else lost.push(source)
    }
    return { files, lost }
  }
}
