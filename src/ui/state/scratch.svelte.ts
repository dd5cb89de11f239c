import type {
  ChangedMatch,
  ChangeKind,
  CompareAnswer,
  Comparison,
  RepairAnswer,
  RepairApi,
  RepairView,
} from '../../worker/repair-api'
import type { Selection } from '../result/selection'
import type { OpenRule } from './open-rule.svelte'
import { textOf } from './rule-text'
import type { RunLoop } from './run-loop.svelte'
import type { Workbench } from './workbench.svelte'

/** A text that is tried out, and what it takes to go back. */
interface ScratchVersion {
  readonly rule: OpenRule
  /** The text to go back to. */
  readonly before: string
  readonly chosen: Selection | undefined
  /** The events that are to match. */
  readonly wanted: readonly number[]
  readonly changes: number
}

/** So many more matches are fetched at a time. */
const PAGE = 50

/**
 * A rule whose text is only tried out, beside the text it had:
 *
 *     text ──apply──► scratch text ──keep──► text
 *       ▲                  │
 *       └─────discard──────┘
 */
export class Scratch {
  readonly #bench: Workbench
  readonly #loop: RunLoop
  readonly #engine: RepairApi
  #version = $state.raw<ScratchVersion | undefined>()
  /** What the two texts match, once both have run. */
  comparison = $state.raw<CompareAnswer | undefined>()
  #compared = ''

  constructor(bench: Workbench, loop: RunLoop, engine: RepairApi) {
    this.#bench = bench
    this.#loop = loop
    this.#engine = engine
  }

  /** The scratch version of the open rule; none once its text is the old one again. */
  get current(): ScratchVersion | undefined {
    const version = this.#version
    const { rule } = this.#bench
    return version && version.rule === rule && rule.text !== version.before
      ? version
      : undefined
  }

  /** Puts the edited text into the rule and runs it; what was before can be had again. */
  apply(rule: OpenRule, { wanted }: RepairAnswer, { text }: RepairView): void {
    const { before, chosen, changes } = this.current ?? {
      before: rule.text,
      chosen: this.#bench.selection,
      changes: 0,
    }
    this.#version = { rule, before, chosen, wanted, changes: changes + 1 }
    this.comparison = undefined
    this.#run(rule, text)
  }

  /** The text stays as it is. */
  keep(): void {
    this.#forget()
  }

  /** The text, its results and what was chosen are as before. */
  discard(): void {
    const version = this.current
    if (!version) return
    this.#forget()
    this.#run(version.rule, version.before)
    this.#bench.chosen = version.chosen
  }

  /** Compares the two texts, unless that was done for these texts and events. */
  async compare(): Promise<void> {
    const version = this.current
    const outcome = version?.rule.outcome
    if (!version || !outcome) return
    const { rule, before, wanted } = version
    const name = `${outcome.version} ${rule.id} ${rule.text}`
    if (name === this.#compared) return
    this.#compared = name
    const answer = await this.#engine
      .compare({ ...textOf(rule), before, wanted })
      .catch(() => undefined)
    if (name === this.#compared) this.comparison = answer
  }

  /** Fetches more of one list of the comparison. */
  async more(comparison: Comparison, kind: ChangeKind): Promise<void> {
    const { id, lists } = comparison
    const page = await this.#engine
      .comparedMatches(id, kind, lists[kind].length, PAGE)
      .catch(() => undefined)
    const { comparison: shown } = this
    if (!page || !shown?.ok || shown.comparison !== comparison) return
    const list: readonly ChangedMatch[] = [...lists[kind], ...page]
    const longer = { ...comparison, lists: { ...lists, [kind]: list } }
    this.comparison = { ok: true, comparison: longer }
  }

  #run(rule: OpenRule, text: string): void {
    this.#loop.edit(rule, text)
    this.#loop.runNow(rule)
  }

  #forget(): void {
    this.#version = undefined
    this.comparison = undefined
    this.#compared = ''
  }
}
