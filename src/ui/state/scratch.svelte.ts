import type {
  ChangedMatch,
  ChangeKind,
  CompareAnswer,
  Comparison,
  RepairAnswer,
  RepairApi,
  RepairView,
} from '../../worker/repair-api'
import type { OpenRule } from './open-rule.svelte'
import { limitsOf, textOf } from './rule-text'
import type { RunLoop } from './run-loop.svelte'
import { textBefore, type ScratchStep, type ScratchVersion } from './scratch-version'
import type { Workbench } from './workbench.svelte'

/** So many more matches are fetched at a time. */
const PAGE = 50

interface Compared {
  readonly ruleId: string
  /** Of which texts and events. */
  readonly name: string
  readonly isPending: boolean
  /** While others are compared, that of those before. */
  readonly answer?: CompareAnswer | undefined
}

type Engine = Pick<RepairApi, 'compare' | 'comparedMatches'>

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
  readonly #engine: Engine
  #compared = $state.raw<Compared | undefined>()

  constructor(bench: Workbench, loop: RunLoop, engine: Engine) {
    this.#bench = bench
    this.#loop = loop
    this.#engine = engine
  }

  /** The scratch version of the open rule. */
  get current(): ScratchVersion | undefined {
    return this.#bench.rule?.scratch
  }

  /** What the text and the one before it match; of these very texts unless `isComparing`. */
  get comparison(): CompareAnswer | undefined {
    const { rule } = this.#bench
    return rule?.id === this.#compared?.ruleId ? this.#compared?.answer : undefined
  }
  get isComparing(): boolean {
    const { rule } = this.#bench
    return (
      this.#compared?.isPending === true ||
      rule?.freshAnswer === undefined ||
      this.#compared?.name !== nameOf(rule)
    )
  }

  /** Puts the edited text into the rule and runs it, and turns to what that changes. */
  apply(rule: OpenRule, { wanted }: RepairAnswer, { text }: RepairView): void {
    const { chosen, resultView: view } = this.#bench
    const step = { text: rule.text, chosen, view }
    const [first, ...others] = rule.scratch?.steps ?? []
    if (!first) this.#compared = undefined
    const steps = first ? ([first, ...others, step] as const) : ([step] as const)
    rule.scratch = { steps, tried: text, wanted }
    this.#bench.chosen = undefined
    this.#bench.resultView = 'diff'
    this.#run(rule, text)
  }

  /** The text stays as it is. */
  keep(): void {
    const { rule } = this.#bench
    if (!rule) return
    this.#bench.resultView = 'all'
    rule.scratch = undefined
  }

  /** The text, its results and what was chosen are as before the first repair. */
  discard(): void {
    const { rule } = this.#bench
    const first = rule?.scratch?.steps[0]
    if (!rule || !first) return
    rule.scratch = undefined
    this.#return(rule, first)
  }

  /** The last of several repairs is taken out again. */
  back(): void {
    const { rule } = this.#bench
    const { steps, wanted } = rule?.scratch ?? {}
    const last = steps?.at(-1)
    const [first, ...others] = steps?.slice(0, -1) ?? []
    if (!rule || !last || !first || !wanted) return
    rule.scratch = { steps: [first, ...others], tried: last.text, wanted }
    this.#return(rule, last)
  }

  /** Compares the two texts, unless that was done for these texts and events. */
  async compare(): Promise<void> {
    const { rule } = this.#bench
    const name = rule && nameOf(rule)
    if (!rule?.scratch || name === undefined || name === this.#compared?.name) return
    const { id: ruleId, scratch } = rule
    const asked = { ruleId, name, isPending: true, answer: this.comparison }
    this.#compared = asked
    const request = { before: textBefore(scratch), wanted: scratch.wanted }
    const answer = await this.#engine
      .compare({ ...textOf(rule), ...limitsOf(rule), ...request })
      .catch(() => undefined)
    if (this.#compared !== asked) return
    this.#compared = { ...asked, isPending: false, answer }
    this.#chooseWanted(rule)
  }

  /** Fetches more of one list of the comparison. */
  async more(comparison: Comparison, kind: ChangeKind): Promise<void> {
    const { id, lists } = comparison
    const page = await this.#engine
      .comparedMatches(id, kind, lists[kind].length, PAGE)
      .catch(() => undefined)
    const shown = this.#compared
    if (!page || !shown?.answer?.ok || shown.answer.comparison !== comparison) return
    const list: readonly ChangedMatch[] = [...lists[kind], ...page]
    const longer = { ...comparison, lists: { ...lists, [kind]: list } }
    this.#compared = { ...shown, answer: { ok: true, comparison: longer } }
  }

  /** The match that was wanted is what the timeline shows. */
  #chooseWanted({ answer, scratch }: OpenRule): void {
    if (!scratch || !answer || this.#bench.chosen) return
    const index = answer.matches.findIndex(({ steps }) =>
      scratch.wanted.every((row) =>
        steps.some((each) => 'row' in each && each.row === row),
      ),
    )
    if (index >= 0) this.#bench.chosen = { kind: 'match', index }
  }

  #return(rule: OpenRule, { text, chosen, view }: ScratchStep): void {
    this.#run(rule, text)
    this.#bench.chosen = chosen
    this.#bench.resultView = rule.scratch ? 'diff' : view
  }

  #run(rule: OpenRule, text: string): void {
    this.#loop.edit(rule, text)
    this.#loop.runNow(rule)
  }
}

/** Undefined while the text has not run. */
function nameOf({ id, text, outcome, scratch }: OpenRule): string | undefined {
  if (!scratch || !outcome) return undefined
  const { version, ticket } = outcome
  return [version, ticket, id, text, textBefore(scratch)].join('\n')
}
