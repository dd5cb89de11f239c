import { personalKind, type PersonalKind } from '../../share/personal-data'
import type { WitnessParts } from '../../share/find-witness'
import { printRuleToml } from '../../rules/print-rule-toml'
import type { EngineClient } from '../../worker/client'
import type { WitnessContext } from '../../worker/share-api'
import type { OpenRule } from '../state/open-rule.svelte'
import { textOf } from '../state/rule-text'
import { nearMissAt } from '../state/shown-answer'
import type { Workbench } from '../state/workbench.svelte'
import { lookForWitness } from './look-for-witness'
import type { Result } from './same-result'
import { giveOtherNames, seal, type Parcel, type Sealed } from './seal'
import { printSmallRule } from './small-rule'
import { SHARE } from './wording'
import { WitnessEngine } from './witness-engine'

/** The smallest that keeps the result, some events around it, or all that is open. */
export type HowMuch = 'witness' | 'context' | 'all'

/** One event of what leaves, as it leaves. */
export interface LeavingEvent {
  readonly row: number
  readonly fields: readonly {
    readonly name: string
    readonly value: string
    readonly kind: PersonalKind | undefined
  }[]
}

/** So many events around the result go along with `context`. */
const AROUND = 20
/** A bundle holds no more events. */
const MOST_EVENTS = 100_000
/** So many are asked for at a time. */
const PIECE = 2_000

type Engine = Pick<EngineClient, 'exportEvents' | 'activeRows' | 'witnessContext'>

/**
 * What is passed on of the chosen result: found, named anew if so wished, sealed, and run
 * again in an engine of its own. Lives as long as its sheet is open.
 */
export class Sharing {
  isWorking = $state(true)
  /** Why there is nothing to pass on; empty while there is. */
  problem = $state('')
  howMuch = $state<HowMuch>('witness')
  otherNames = $state(false)
  /** What was ticked off. */
  rowsOff = $state.raw<readonly number[]>([])
  fieldsOff = $state.raw<readonly string[]>([])
  /** What could leave; not listed when that is all. */
  events = $state.raw<readonly LeavingEvent[]>([])
  fields = $state.raw<readonly string[]>([])
  sealed = $state.raw<Sealed | undefined>()
  /** Events in what leaves. */
  eventCount = $state(0)
  rule = $state.raw<OpenRule | undefined>()
  readonly #own: WitnessEngine
  #around: WitnessContext | undefined
  #witness: WitnessParts | undefined
  #result: Result | undefined
  #asked = 0

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

  /** Looks for the witness of what is chosen, and seals it. */
  async begin(): Promise<void> {
    const asked = ++this.#asked
    const found = this.#chosen()
    if (!found) {
      this.#fail(SHARE.nothing)
      return
    }
    const { rule, result, place, ticket } = found
    this.rule = rule
    this.#result = result
    try {
      await this.#own.useMapping(this.bench.mapping?.text)
      const of = { kind: result.kind, place }
      this.#around = await this.engine.witnessContext(rule.id, ticket, of)
      this.#witness =
        this.#around &&
        (await lookForWitness({
          engine: this.engine,
          own: this.#own,
          rule: textOf(rule),
          result,
          around: this.#around,
        }))
      if (asked !== this.#asked) return
      if (this.#witness) await this.update()
      else this.#fail(SHARE.noWitness)
    } catch {
      if (asked === this.#asked) this.#fail(SHARE.stopped)
    }
  }

  /** Seals what is to leave now; of changes in a row the last counts. */
  async update(): Promise<void> {
    const asked = ++this.#asked
    this.isWorking = true
    this.problem = ''
    try {
      const parcel = await this.#pack()
      if (asked !== this.#asked) return
      const sealed = parcel && (await seal(parcel, this.#own))
      if (asked !== this.#asked) return
      this.sealed = sealed
      this.eventCount = parcel?.rows.length ?? 0
      this.isWorking = false
      if (!sealed) this.problem ||= SHARE.doesNotRun
    } catch {
      if (asked === this.#asked) this.#fail(SHARE.stopped)
    }
  }

  toggleRow(row: number): void {
    this.rowsOff = toggled(this.rowsOff, row)
    void this.update()
  }

  toggleField(name: string): void {
    this.fieldsOff = toggled(this.fieldsOff, name)
    void this.update()
  }

  #fail(problem: string): void {
    this.problem = problem
    this.sealed = undefined
    this.isWorking = false
  }

  #chosen() {
    const { rule, selection } = this.bench
    const answer = rule?.freshAnswer
    if (!rule || !answer || !selection || rule.outcome === undefined) return undefined
    const { kind, index: place } = selection
    const view = kind === 'match' ? answer.matches[place] : nearMissAt(answer, place)
    if (!view) return undefined
    const result = { kind, view } as Result
    return { rule, result, place, ticket: rule.outcome.ticket }
  }

  /** Undefined when there is too much of it. */
  async #pack(): Promise<Parcel | undefined> {
    const { rule } = this
    const result = this.#result
    if (!rule || !result) return undefined
    const isAll = this.howMuch === 'all'
    const { rows, fields } = isAll ? await this.#all() : this.#some()
    if (rows.length > MOST_EVENTS) {
      this.problem = SHARE.tooMany
      return undefined
    }
    const plain = await this.#read(rows, fields)
    const others = isAll ? this.bench.rules.filter((other) => other !== rule) : []
    const texts = [rule, ...others].map(({ text }) => text)
    const lines = this.otherNames ? giveOtherNames(plain, texts) : plain
    if (fields === 'whole') this.#list([], [], [])
    else this.#list(rows, lines, fields)
    const ticked = rows.flatMap((row, at) =>
      isAll || !this.rowsOff.includes(row) ? [[row, lines[at] ?? '{}'] as const] : [],
    )
    const left = new Set(isAll ? [] : this.fieldsOff)
    return {
      rule: textOf(rule),
      result,
      rules: [
        { name: fileNameOf(rule), text: isAll ? printWhole(rule) : printSmallRule(rule) },
        ...others.map((other) => ({ name: fileNameOf(other), text: printWhole(other) })),
      ],
      rows: ticked.map(([row]) => row),
      lines:
        left.size === 0
          ? ticked.map(([, line]) => line)
          : await this.#without(ticked, fields, left, texts),
      mapping: this.bench.mapping,
      otherCounts: others.map(({ answer }) => ({
        matches: answer?.matchCount ?? 0,
        nearMisses: answer?.nearMissCount ?? 0,
      })),
    }
  }

  /** Asked for again, as numbers would suffer on the way through the page. */
  async #without(
    ticked: readonly (readonly [number, string])[],
    fields: readonly string[] | 'whole',
    left: ReadonlySet<string>,
    texts: readonly string[],
  ): Promise<readonly string[]> {
    const rows = ticked.map(([row]) => row)
    const names = fields === 'whole' ? [] : fields.filter((name) => !left.has(name))
    const lines = await this.#read(rows, names)
    return this.otherNames ? giveOtherNames(lines, texts) : lines
  }

  #some(): { readonly rows: readonly number[]; readonly fields: readonly string[] } {
    const witness = this.#witness ?? { rows: [], fields: [] }
    if (this.howMuch === 'witness' || !this.#around) return witness
    const around = [...new Set(this.#around.context.flat())].slice(0, AROUND)
    const rows = [...new Set([...witness.rows, ...around])].sort((a, b) => a - b)
    return { rows, fields: [...new Set([...this.#around.fields, ...witness.fields])] }
  }

  async #all(): Promise<{ readonly rows: readonly number[]; readonly fields: 'whole' }> {
    return { rows: await this.engine.activeRows(0, MOST_EVENTS + 1), fields: 'whole' }
  }

  async #read(
    rows: readonly number[],
    fields: readonly string[] | 'whole',
  ): Promise<readonly string[]> {
    const lines: string[] = []
    for (let from = 0; from < rows.length; from += PIECE)
      for (const line of await this.engine.exportEvents(
        rows.slice(from, from + PIECE),
        fields,
      ))
        lines.push(line)
    return lines
  }

  #list(
    rows: readonly number[],
    lines: readonly string[],
    fields: readonly string[],
  ): void {
    this.fields = fields
    this.events = rows.map((row, at) => ({ row, fields: cellsOf(lines[at] ?? '{}') }))
  }
}

function cellsOf(line: string): LeavingEvent['fields'] {
  const event = JSON.parse(line) as Readonly<Record<string, unknown>>
  return Object.entries(event).map(([name, content]) => {
    const values = Array.isArray(content) ? content.map(String) : [String(content)]
    const kind = values.map((value) => personalKind(name, value)).find(Boolean)
    return { name, value: values.join(', '), kind }
  })
}

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item]

const fileNameOf = ({ id }: OpenRule): string => `${id}.toml`

/** All that the rule says, with its name and query as they stand. */
const printWhole = ({ rule, name, text }: OpenRule): string =>
  printRuleToml({ ...rule, name, query: text })
