import type { GrowingTable } from '../../events/growing-table'
import type { Row } from '../../events/row-set'
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
import type { ValuePlace } from './value-place'
import { ODD, RowEffects } from './row-effects'
import { GRID_ROWS, IS_NEW, IS_ODD } from './row-grid'
import { RowPlans } from './row-plans'

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
  /** The rows at hand: where their words begin, and what they are mapped by. */
  private bases: Uint32Array = new Uint32Array(0)
  private readonly plansOfRows: (FlatPlan | undefined)[] = []
  private readonly present: FlatPlan[] = []
  /** Of one step, by row. */
  private readonly found = new Int32Array(GRID_ROWS)
  /** The row that is mapped: where its words begin, its text, what becomes of it. */
  private base = 0
  private textOfRow: () => string = () => ''
  private plan: FlatPlan | undefined = undefined
  /** While something is written: how often it asked for data, and which there were. */
  private asked = 0
  private consulted: ValuePlace[] = []
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
   * Begins with so many rows, at most GRID_ROWS: finds what their values mean, step by step
   * for all rows of a plan. By row, `bases` is where its words begin, behind their count.
   */
  prepare(bases: Uint32Array, count: number, text: (row: number) => string): void {
    this.bases = bases
    this.effects.clear()
    this.findPlans(count, text)
    for (const plan of this.present) {
      this.plan = plan
      for (const step of plan.steps) this.mapStep(step, plan.rows)
    }
  }

  private findPlans(count: number, text: (row: number) => string): void {
    const { words } = this.rows
    for (const plan of this.present) plan.rows.length = 0
    this.present.length = 0
    for (let row = 0; row < count; row++) {
      const base = this.bases[row]!
      this.textOfRow = () => text(row)
      const plan = this.plans.find(base, words[base - 1]!)
      const isMapped = plan && !this.hasLongMessage(plan, base)
      this.plansOfRows[row] = isMapped ? plan : undefined
      if (!isMapped) continue
      if (plan.rows.length === 0) this.present.push(plan)
      plan.rows.push(row)
    }
  }

  /** Whether the message has more lines than there are data, and says what they lack. */
  private hasLongMessage({ message, mostLines }: FlatPlan, base: number): boolean {
    // The number of lines stands behind it.
    return message !== undefined && this.rows.words[base + message.at + 2]! > mostLines
  }

  private mapStep(step: FlatStep, rows: readonly number[]): void {
    const { found, effects } = this
    if (step.isMessage) {
      const { at } = step.reads[0]!
      for (let i = 0; i < rows.length; i++)
        found[i] = this.rows.words[this.bases[rows[i]!]! + at]!
      return effects.applyCodes(step.copies[0]!.node, found, rows)
    }
    for (let i = 0; (i = this.lookUp(step, rows, i)) < rows.length; i++) {
      this.base = this.bases[rows[i]!]!
      found[i] = this.findEffect(step)
    }
    if (step.constant > 0) effects.applySame(step.constant, rows)
    else effects.apply(found, rows)
  }

  /** Notes what is known of a step for rows from one on; the first of which nothing is. */
  private lookUp(step: FlatStep, rows: readonly number[], from: number): number {
    const { found, bases } = this
    const { reads, table, constant } = step
    const { words } = this.rows
    let i = from
    if (constant > 0) return rows.length
    if (reads.length === 0) {
      for (; constant !== 0 && i < rows.length; i++) found[i] = constant
    } else if (reads.length === 1) {
      const { at } = reads[0]!
      for (; i < rows.length; i++) {
        const effect = table.get(words[bases[rows[i]!]! + at]!)
        if (effect === 0) break
        found[i] = effect
      }
    } else {
      for (; i < rows.length; i++) {
        this.base = bases[rows[i]!]!
        const effect = table.get(this.keyOf(step))
        if (effect === 0) break
        found[i] = effect
      }
    }
    return i
  }

  /**
   * Gives the next row of the table what one of the rows has, all but what is written with
   * others; undefined if that is to be read otherwise.
   */
  map(gridRow: number): MappedRow | undefined {
    const plan = this.plansOfRows[gridRow]
    const mark = this.effects.grid.marks[gridRow]!
    if (!plan || (mark & IS_ODD) !== 0) return undefined
    this.plan = plan
    this.base = this.bases[gridRow]!
    if ((mark & IS_NEW) !== 0 && !this.findEffects(plan)) return undefined
    const told = this.timesOf(plan)
    if (!told) return undefined
    const row = this.table.rowCount
    const ms = this.putTimes(plan, told, row)
    if ((mark & IS_NEW) !== 0) this.mapNew(plan, gridRow, row)
    this.effects.applyLists(gridRow, row)
    return { variant: plan.variant, ms }
  }

  /** Gives the columns the values of rows from and to, which are the last of the table. */
  write(from: number, to: number): void {
    this.effects.write(from, to, this.table.rowCount - (to - from))
  }

  /** Maps a row anew for which columns have to be made, in their order. */
  private mapNew({ steps }: FlatPlan, gridRow: number, row: Row): void {
    const { effects } = this
    effects.beginNew(gridRow, row)
    for (const step of steps) {
      if (step.isMessage) this.mapStep(step, [gridRow])
      else effects.apply(Int32Array.of(this.effectOf(step)), [gridRow])
    }
    effects.endNew()
  }

  /** Finds the effect of every step for one row; false if one has none. */
  private findEffects({ steps }: FlatPlan): boolean {
    return steps.every((step) => step.isMessage || this.effectOf(step) !== ODD)
  }

  private codeAt({ at }: ValuePlace): number {
    return this.rows.words[this.base + at]!
  }

  private effectOf(step: FlatStep): number {
    const { reads, table } = step
    const known = reads.length === 0 ? step.constant : table.get(this.keyOf(step))
    return known || this.findEffect(step)
  }

  /** The code of the value that a step reads, or a number for those of several. */
  private keyOf({ reads, joined }: FlatStep): number {
    let key = this.codeAt(reads[0]!)
    for (let i = 1; i < reads.length; i++) key = joined.id(key, this.codeAt(reads[i]!))
    return key
  }

  private findEffect(step: FlatStep): number {
    const effect = this.copyValue(step) || this.writeStep(step)
    if (step.reads.length === 0) step.constant = effect
    else step.table.set(this.keyOf(step), effect)
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
    if (reads.length > 1) step.table = new EffectTable()
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

  private datumAt(place: ValuePlace): string {
    const text = this.textAt(place)
    if (!this.plan!.shape.mayHaveEntities) return text
    const plain = withoutEntities(text)
    if (isBlank(plain) !== isBlank(text)) this.isOdd = true
    return plain
  }

  private textAt(place: ValuePlace): string {
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

  private msAt(place: ValuePlace | undefined): number {
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

  private putTime(field: string, place: ValuePlace, shiftMs: number, row: number): void {
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
