import type { GrowingTable } from '../../events/growing-table'
import { isBlank } from '../ecs/event-writer'
import type { ToldTimes } from '../ecs/source-clocks'
import { spellPart } from '../windows/flat-json'
import { isRounded, textOfJson } from '../windows/json-text'
import { withoutEntities } from '../windows/spelling'
import type { WindowsMapper } from '../windows-mapper'
import { Capture } from './capture'
import { EffectTable } from './effect-table'
import { type FlatPlan, type FlatStep, makePlan } from './flat-plan'
import { SharedTables } from './shared-tables'
import { BLANK, EMPTY, type FlatRows, SCALAR, TEXT } from './flat-rows'
import type { Place } from './place-in-row'
import { RowEffects } from './row-effects'
import { RowPlans } from './row-plans'

/** In place of an effect: the row is to be read otherwise. */
const ODD = -1
/** Times outside of these years are read otherwise, epoch ms. */
const EARLIEST = 0
const LATEST = Date.UTC(9998, 0)
/** Words of effects after which all is forgotten. */
const MOST_WORDS = 1 << 24

/** What a row became. */
export interface MappedRow {
  readonly variant: string
  /** Its time, epoch ms; NaN if it says none. */
  readonly ms: number
}

/**
 * Maps rows of flat events to ECS by the codes of their values: each value is read once,
 * not once for each row that has it. What it makes of a row is what `mapWindowsEvent` makes
 * of its event, which it asks for every value that is new.
 */
export class FlatMapper {
  private effects!: RowEffects
  private plans!: RowPlans
  private shared = new SharedTables()
  private readonly capture: Capture
  /** Of the rows whose codes tables are by. */
  private generation = -1
  private found = new Int32Array(64)
  /** The row that is mapped: where its words begin, its text, what becomes of it. */
  private base = 0
  private textOfRow: () => string = () => ''
  private plan: FlatPlan | undefined = undefined
  /** While something is written: how often it asked for data, and which there were. */
  private asked = 0
  private consulted: Place[] = []
  private isOdd = false

  constructor(
    private readonly table: GrowingTable,
    private readonly rows: FlatRows,
    private readonly mapper: WindowsMapper,
  ) {
    this.capture = new Capture(table.root, mapper.options, {
      has: (name) => this.hasDatum(name),
      read: (name) => this.readDatum(name),
    })
    this.reset()
  }

  private reset(): void {
    this.effects = new RowEffects(this.table, this.rows.store)
    this.shared = new SharedTables()
    this.plans = new RowPlans(this.rows, (places) =>
      makePlan(this.textOfRow(), places, this.table.root, this.shared),
    )
  }

  /** To be done before rows are mapped. */
  begin(): void {
    const { generation } = this.rows
    if (!this.effects.isStale && generation === this.generation) return
    this.generation = generation
    this.reset()
  }

  /** Forgets what takes too much room; when all rows that were read have been mapped. */
  endRows(): void {
    if (!this.rows.isLarge && this.effects.size < MOST_WORDS) return
    this.rows.clear()
  }

  /**
   * Gives the next row of the table what the row has whose words begin at `base`, so many
   * pairs; undefined if that is to be read otherwise.
   */
  map(base: number, pairs: number, text: () => string): MappedRow | undefined {
    this.base = base
    this.textOfRow = text
    const plan = this.plans.find(base, pairs)
    this.plan = plan
    if (!plan || !this.findEffects(plan)) return undefined
    const told = this.timesOf(plan)
    if (!told) return undefined
    const row = this.table.rowCount
    const ms = this.putTimes(plan, told, row)
    const { effects, found } = this
    for (let i = 0; i < plan.steps.length; i++) {
      const step = plan.steps[i]!
      if (!step.isMessage) effects.apply(found[i]!, row)
      else effects.applyCode(step.copies[0]!.node, this.codeAt(step.reads[0]!), row)
    }
    effects.applyLists(row)
    return { variant: plan.variant, ms }
  }

  private codeAt({ at }: Place): number {
    return this.rows.words[this.base + at]!
  }

  /** Finds the effect of every step; false if one has none. */
  private findEffects(plan: FlatPlan): boolean {
    const { steps, message } = plan
    // The number of lines stands behind it.
    if (message && this.rows.words[this.base + message.at + 2]! > plan.mostLines)
      return false
    if (this.found.length < steps.length) this.found = new Int32Array(steps.length * 2)
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!
      if (step.isMessage) continue
      const effect = this.effectOf(step)
      if (effect === ODD) return false
      this.found[i] = effect
    }
    return true
  }

  private effectOf(step: FlatStep): number {
    const { reads } = step
    if (reads.length === 1) {
      const code = this.codeAt(reads[0]!)
      return step.table.get(code) || this.findEffect(step)
    }
    if (reads.length === 0) return step.constant || this.findEffect(step)
    return step.joined.get(this.keyOf(step)) ?? this.findEffect(step)
  }

  private keyOf({ reads }: FlatStep): string {
    let key = ''
    for (const place of reads) key += `${this.codeAt(place)} `
    return key
  }

  private findEffect(step: FlatStep): number {
    const effect = this.copyValue(step) || this.writeStep(step)
    const { reads } = step
    if (reads.length === 1) step.table.set(this.codeAt(reads[0]!), effect)
    else if (reads.length === 0) step.constant = effect
    else step.joined.set(this.keyOf(step), effect)
    return effect
  }

  /** The effect of a value that is copied as bytes, 0 where that cannot be done. */
  private copyValue({ copies, reads }: FlatStep): number {
    if (copies.length === 0 || reads.length !== 1) return 0
    const [place] = reads
    const { kind, column } = place!
    if (kind !== TEXT && kind !== SCALAR) return 0
    const { dictionary } = this.rows.keyOf(column)
    return this.effects.addCopy(copies, dictionary, this.codeAt(place!))
  }

  private writeStep(step: FlatStep): number {
    const { event } = this.plan!
    const { parts, reads } = step
    this.asked = 0
    this.isOdd = false
    this.consulted = []
    for (const [part, place] of parts) event[part] = spellPart(part, this.textAt(place))
    const text = parts.length === 0 && reads[0] ? this.datumAt(reads[0]) : ''
    const captured = this.capture.run(event, (out) => step.write(out, text))
    this.widen(step)
    if (!captured || this.hasOddText()) return ODD
    return this.effects.add(captured.values, captured.related)
  }

  private hasOddText(): boolean {
    return this.isOdd
  }

  /** Makes a step depend on what it asked for. */
  private widen(step: FlatStep): void {
    const { reads, by } = step
    const others = this.consulted.filter((place) => !reads.includes(place))
    const isOfOne = reads.length === 0 && others.length === 1 && this.asked === 1
    if (isOfOne) step.table = this.shared.find(by, others[0]!, this.plan!.shape.name)
    else if (step.isShared && this.asked > this.consulted.length - others.length) {
      // What else it asked for may be another in other plans.
      step.isShared = false
      step.table = new EffectTable()
    }
    if (others.length === 0) return
    reads.push(...others)
    step.joined.clear()
  }

  private hasDatum(name: string): boolean {
    const place = this.plan!.data.get(name)
    this.asked++
    return place !== undefined && place.kind !== EMPTY && place.kind !== BLANK
  }

  private readDatum(name: string): string | undefined {
    if (!this.hasDatum(name)) return undefined
    const place = this.plan!.data.get(name)!
    if (!this.consulted.includes(place)) this.consulted.push(place)
    return this.datumAt(place)
  }

  private datumAt(place: Place): string {
    const text = this.textAt(place)
    if (!this.plan!.shape.mayHaveEntities) return text
    const plain = withoutEntities(text)
    if (isBlank(plain) !== isBlank(text)) this.isOdd = true
    return plain
  }

  private textAt(place: Place): string {
    const { dictionary } = this.rows.keyOf(place.column)
    const [scalar = null] = dictionary.scalars(this.codeAt(place))
    // What their digits are is asked of the line; that they are a text then may matter.
    const isLong = typeof scalar === 'bigint' || isRounded(scalar)
    if (isLong && typeof this.plan!.shape.keys.get(place.name) === 'function')
      this.isOdd = true
    return textOfJson(scalar) ?? ''
  }

  private timesOf(plan: FlatPlan): ToldTimes | undefined {
    const { computer, isLate } = plan
    const times = {
      computer: computer && spellPart('computer', this.textAt(computer)),
      isLate,
      utc: this.msAt(plan.utc),
      logged: this.msAt(plan.logged),
      received: this.msAt(plan.received),
      shipped: this.msAt(plan.shipped),
    }
    const { utc, logged, received, shipped } = times
    const isFine =
      isUsual(utc) && isUsual(logged) && isUsual(received) && isUsual(shipped)
    return isFine ? times : undefined
  }

  private msAt(place: Place | undefined): number {
    return place ? this.rows.msAt(this.codeAt(place)) : NaN
  }

  /** Writes the times of a row; the one it has, epoch ms. */
  private putTimes(plan: FlatPlan, told: ToldTimes, row: number): number {
    const { isOwn, shiftMs } = this.mapper.decide(told, plan.shape.clock === 'doubtful')
    const { utc, logged } = plan
    if (isOwn && utc) this.putTime(STAMP, utc, 0, row)
    else if (logged) this.putTime(STAMP, logged, shiftMs, row)
    if (plan.hasOwnTime && logged) this.putTime(CREATED, logged, shiftMs, row)
    return isOwn ? told.utc : told.logged + shiftMs
  }

  private putTime(field: string, place: Place, shiftMs: number, row: number): void {
    const { rows, effects } = this
    const time = this.codeAt(place)
    const node = this.table.root.child(field)
    const ms = rows.msAt(time) + shiftMs
    effects.applyTime(node, row, ms, rows.nanosAt(time), rows.digitsAt(time))
  }
}

const STAMP = '@timestamp'
const CREATED = 'event.created'

/** NaN stands for no time. */
const isUsual = (ms: number): boolean => !(ms < EARLIEST || ms > LATEST)
