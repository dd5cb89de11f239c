import { shrinkMapping } from '../../share/small-mapping'
import type { WitnessParts } from '../../share/find-witness'
import type { PersonalKind } from '../../share/personal-data'
import type { Reproduction } from '../../share/reproduction'
import { engineVersion } from '../../language/known-differences'
import type { EngineClient } from '../../worker/client'
import type { WitnessContext } from '../../worker/share-api'
import type { OpenRule } from '../state/open-rule.svelte'
import { limitsOf, textOf } from '../state/rule-text'
import { matchAt, nearMissAt } from '../state/shown-answer'
import type { Workbench } from '../state/workbench.svelte'
import { lookForWitness } from './look-for-witness'
import { packSmallRule, packWholeRule, textsAskingFor } from './pack-rule'
import type { Result } from './same-result'
import { seal, type Parcel, type Sealed } from './seal'
import {
  gather,
  nameCell,
  type HowMuch,
  type Leaving,
  type LeavingEvent,
} from './what-leaves'
import { SHARE } from './wording'
import { WitnessEngine } from './witness-engine'
import { withoutWords } from './without-words'

type Engine = Pick<
  EngineClient,
  'exportEvents' | 'activeRows' | 'events' | 'witnessContext'
>

/** So many events around the result go along unless told otherwise. */
const AROUND = 20
export const MOST_AROUND = 2_000

/**
 * What is passed on of the chosen result: found, named anew if so wished, sealed, and run
 * again in an engine of its own. Lives as long as its sheet is open.
 */
export class Sharing {
  isWorking = $state(true)
  /** Why there is nothing to pass on; empty while there is. */
  problem = $state('')
  /** Why it can only be all; empty while there is a choice. */
  hint = $state('')
  howMuch = $state<HowMuch>('witness')
  /** As it is typed. */
  around = $state<number | null | undefined>(AROUND)
  wholeEvents = $state(false)
  otherNames = $state(false)
  /** Under other names, rules leave with their words all the same. */
  ruleWords = $state(false)
  title = $state('')
  note = $state('')
  /** What was ticked off. */
  rowsOff = $state.raw<readonly number[]>([])
  fieldsOff = $state.raw<readonly string[]>([])
  cellsOff = $state.raw<readonly string[]>([])
  /** What could leave; not listed when that is too much. */
  events = $state.raw<readonly LeavingEvent[]>([])
  fields = $state.raw<readonly string[]>([])
  /** Names that stay, because a rule asks for them. */
  namesKept = $state.raw<readonly string[]>([])
  sealed = $state.raw<Sealed | undefined>()
  /** Rules as they leave, the one the result is of first. */
  leavingRules = $state.raw<readonly OpenRule[]>([])
  /** Of each source that leaves, the one of the page; empty where they are mixed. */
  sourceIds = $state.raw<readonly string[]>([])
  /** Events in what leaves. */
  eventCount = $state(0)
  rule = $state.raw<OpenRule | undefined>()
  readonly #own: WitnessEngine
  #around: WitnessContext | undefined
  #witness: WitnessParts | undefined
  #result: Result | undefined
  #step: number | undefined
  #asked = 0
  /** Settled when the result's events are known, or that there are none. */
  #found: Promise<void> = Promise.resolve()

  constructor(
    private readonly bench: Workbench,
    private readonly engine: Engine,
    private readonly started: EngineClient,
  ) {
    this.#own = new WitnessEngine(started)
  }

  dispose(): void {
    this.#asked++
    this.started.dispose()
  }

  /** Looks for the witness of what is chosen, and seals it; without one, all there is. */
  async begin(): Promise<void> {
    const { rule } = this.bench
    if (!rule) {
      this.#fail(SHARE.nothing)
      return
    }
    this.rule = rule
    this.#found = this.#find(rule)
    await this.update()
  }

  async #find(rule: OpenRule): Promise<void> {
    const chosen = this.#chosen(rule)
    if (chosen) await this.#look(rule, chosen)
    if (this.#witness) return
    this.hint = chosen ? SHARE.noWitness : SHARE.noResult
    this.howMuch = 'all'
  }

  async #look(rule: OpenRule, { result, place, step, ticket }: Chosen): Promise<void> {
    const of = { kind: result.kind, place }
    this.#result = result
    this.#step = step
    this.#around = await this.engine.witnessContext(rule.id, ticket, of)
    this.#witness =
      this.#around &&
      (await lookForWitness({
        engine: this.engine,
        own: this.#own,
        rule: { ...textOf(rule), ...limitsOf(rule) },
        mapping: this.bench.mapping?.text,
        result,
        around: this.#around,
      }))
  }

  /** Seals what is to leave now; of changes in a row the last counts. */
  async update(): Promise<void> {
    const asked = ++this.#asked
    this.isWorking = true
    this.problem = ''
    try {
      // What is chosen while it is looked for counts, too.
      await this.#found
      if (asked !== this.#asked) return
      const leaving = await this.#gather()
      if (asked !== this.#asked) return
      if (!leaving) {
        this.#fail(SHARE.tooMany)
        return
      }
      const rules = this.#nameRules(leaving)
      const sealed = await this.#seal(leaving, rules)
      if (asked !== this.#asked) return
      this.events = leaving.events
      this.fields = leaving.fields
      this.namesKept = leaving.names?.kept ?? []
      this.eventCount = leaving.rows.length
      this.sourceIds = leaving.sourceIds
      this.leavingRules = rules
      this.sealed = sealed
      this.isWorking = false
      if (!sealed) this.problem = SHARE.doesNotRun
    } catch {
      if (asked === this.#asked) this.#fail(SHARE.stopped)
    }
  }

  /** Whether that field of an event is ticked, as the event is. */
  isOn(row: number, name: string): boolean {
    return (
      !this.rowsOff.includes(row) &&
      !this.fieldsOff.includes(name) &&
      !this.cellsOff.includes(nameCell(row, name))
    )
  }

  /** What leaves tells of, as far as it is ticked. */
  get personalKinds(): readonly PersonalKind[] {
    const kinds = this.events.flatMap(({ row, fields }) =>
      fields.flatMap(({ name, kind }) => (kind && this.isOn(row, name) ? [kind] : [])),
    )
    return [...new Set(kinds)]
  }

  /** What a cluster is to make of the fields: all of the mapping, but under other names. */
  get mappingText(): string | undefined {
    const { mapping } = this.otherNames ? (this.sealed?.reproduction ?? {}) : this.bench
    return mapping?.text
  }

  toggleRow(row: number): void {
    this.rowsOff = toggled(this.rowsOff, row)
    void this.update()
  }

  toggleField(name: string): void {
    this.fieldsOff = toggled(this.fieldsOff, name)
    void this.update()
  }

  toggleCell(row: number, field: string): void {
    this.cellsOff = toggled(this.cellsOff, nameCell(row, field))
    void this.update()
  }

  #fail(problem: string): void {
    this.problem = problem
    this.sealed = undefined
    this.isWorking = false
  }

  #chosen(rule: OpenRule): Chosen | undefined {
    const { selection } = this.bench
    const answer = rule.freshAnswer
    if (!answer || !selection || rule.outcome === undefined) return undefined
    const { kind, index: place, step } = selection
    const view = (kind === 'match' ? matchAt : nearMissAt)(answer, place)
    if (!view) return undefined
    const result = { kind, view } as Result
    return { result, place, step, ticket: rule.outcome.ticket }
  }

  async #gather(): Promise<Leaving | undefined> {
    const { bench, engine } = this
    const { howMuch, wholeEvents, otherNames } = this
    const around = countOf(this.around)
    const { rowsOff, fieldsOff, cellsOff } = this
    const witness = this.#witness ?? { rows: [], fields: [] }
    const context = this.#around ?? NO_CONTEXT
    return gather(
      {
        engine,
        witness,
        context,
        sources: bench.sources,
        listed: bench.listed,
        ruleTexts: this.#rules.flatMap(textsAskingFor),
      },
      { howMuch, around, wholeEvents, otherNames, rowsOff, fieldsOff, cellsOff },
    )
  }

  /** Those that leave, the one the result is of first. */
  get #rules(): readonly OpenRule[] {
    const { rule } = this
    if (!rule) return []
    const others = this.bench.rules.filter((other) => other !== rule)
    return this.howMuch === 'all' ? [rule, ...others] : [rule]
  }

  /** The rules as they leave. */
  #nameRules({ names }: Leaving): readonly OpenRule[] {
    if (!names || this.ruleWords) return this.#rules
    return this.#rules.map((rule) => withoutWords(rule, (text) => names.renameText(text)))
  }

  /** With as little beside the events as keeps the result, where that is not all. */
  async #seal(leaving: Leaving, rules: readonly OpenRule[]): Promise<Sealed | undefined> {
    const isAll = this.howMuch === 'all'
    const small = isAll ? undefined : await this.#sealWith(leaving, rules, true)
    return small?.holds ? small : ((await this.#sealWith(leaving, rules, false)) ?? small)
  }

  async #sealWith(
    leaving: Leaving,
    rules: readonly OpenRule[],
    isBare: boolean,
  ): Promise<Sealed | undefined> {
    const isAll = this.howMuch === 'all'
    const { mapping } = this.bench
    const plain = isBare ? this.#smallMapping(leaving) : mapping?.text
    // It may say in words whose it is.
    const [text = plain] = plain ? ((await leaving.names?.rename([plain])) ?? []) : []
    const parcel: Parcel = {
      reproduction: {
        ...this.#head(),
        rules: isAll
          ? await Promise.all(rules.map((each) => packWholeRule(each, !this.otherNames)))
          : rules.map((rule) => packSmallRule(rule, isBare)),
        sources: leaving.sources,
        ...(mapping && text && { mapping: { name: this.#nameOf(mapping), text } }),
      },
      result: this.#result,
      step: this.#step,
      rows: leaving.rows,
      otherCounts: countsOf(this.#rules.slice(1)),
    }
    return seal(parcel, this.#own, isAll)
  }

  /** What is said besides rules and events. */
  #head(): Pick<Reproduction, 'engine' | 'title' | 'note' | 'mapMode'> {
    const [title, note] = [this.title.trim(), this.note.trim()]
    const { mapMode } = this.bench
    return {
      engine: engineVersion,
      ...(title && { title }),
      ...(note && { note }),
      ...(this.howMuch === 'all' && mapMode === 'extended' && { mapMode }),
    }
  }

  /** Files are called after places, too. */
  #nameOf({ name }: { readonly name: string }): string {
    return this.otherNames ? 'mapping.json' : name
  }

  #smallMapping({ fields }: Leaving): string | undefined {
    const { mapping } = this.bench
    return mapping && fields.length > 0
      ? shrinkMapping(mapping.text, [...fields, ...(this.rule?.named ?? [])])
      : mapping?.text
  }
}

/** A number as it was typed, or nothing at all. */
const countOf = (typed: number | null | undefined): number =>
  Math.min(MOST_AROUND, Math.max(0, Math.floor(typed ?? 0)))

/** As far as all have been answered: what is not told is not held against anybody. */
function countsOf(rules: readonly OpenRule[]): Reproduction['opensTo'] {
  const counts: Reproduction['opensTo'] = []
  for (const { freshAnswer } of rules) {
    const { matchCount: matches, nearMissCount: nearMisses } = freshAnswer ?? {}
    if (matches === undefined || nearMisses === undefined) break
    counts.push({ matches, nearMisses })
  }
  return counts
}

interface Chosen {
  readonly result: Result
  /** In the list of its kind. */
  readonly place: number
  readonly step: number | undefined
  readonly ticket: number
}

const NO_CONTEXT: WitnessContext = {
  chosen: [],
  context: [],
  fields: [],
  otherFields: [],
}

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item]
