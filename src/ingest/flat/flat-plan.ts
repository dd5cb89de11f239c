import type { FieldNode } from '../../events/field-node'
import { PairTable } from '../../events/pair-table'
import type { Copy } from '../ecs/data-rule'
import type { EventWriter } from '../ecs/event-writer'
import { hasOwnTime, type Log, logOf, type Step, STEPS } from '../ecs/map-windows'
import { datumOf, type Put, putClass, putDatum } from '../ecs/plan'
import { isToldLate } from '../ecs/source-clocks'
import { parseObject } from '../record-text'
import { unwrapRecord } from '../unwrap'
import { isSpelledOtherwise, meaningOf, readFlat } from '../windows/flat-json'
import { type FlatShape, flatShapeOf, type TextPart } from '../windows/flat-shapes'
import { isSysmon, nameVariant } from '../windows/providers'
import {
  draftEvent,
  type WindowsEvent,
  type WindowsEventDraft,
} from '../windows/windows-event'
import type { NodeCopy } from './captured'
import { EffectTable } from './effect-table'
import type { ValuePlace } from './value-place'
import type { SharedTables } from './shared-tables'
import { BLANK, EMPTY, LIST, MESSAGE, NULL, SCALAR, TIME } from './flat-rows'

/** What becomes of some values of a row, given their codes. */
export interface FlatStep {
  /** The values it depends on. Without any, it has the same effect in all rows. */
  readonly reads: ValuePlace[]
  /** What tells it from other steps that read the same value. */
  readonly by: unknown
  /** Effects by the code of the only one, or by the number of those of several. */
  table: EffectTable
  readonly joined: PairTable
  /** The table is that of other plans too: what is in it is made of that value alone. */
  isShared: boolean
  /** Its effect where it depends on nothing; 0 until that is known. */
  constant: number
  /** What it does, if that is no more than to copy the only value. */
  readonly copies: readonly NodeCopy[]
  /** A message is in the dictionary of its column already. */
  readonly isMessage: boolean
  readonly write: (out: EventWriter, text: string) => void
  /** Parts of the event to be set before. */
  readonly parts: readonly (readonly [TextPart, ValuePlace])[]
}

/** How rows with the same keys, of one number and log, become ECS. */
export interface FlatPlan {
  readonly shape: FlatShape
  readonly variant: string
  readonly event: WindowsEventDraft
  readonly data: ReadonlyMap<string, ValuePlace>
  readonly steps: readonly FlatStep[]
  /** Those of the rows at hand that are mapped by it, by their place among them. */
  readonly rows: number[]
  /** How many lines its message may have; with more, it says what the data lack. */
  readonly mostLines: number
  readonly message: ValuePlace | undefined
  readonly hasOwnTime: boolean
  readonly isLate: boolean
  /** Times of the event; undefined where it does not say them. */
  readonly utc: ValuePlace | undefined
  readonly logged: ValuePlace | undefined
  readonly received: ValuePlace | undefined
  readonly shipped: ValuePlace | undefined
  readonly computer: ValuePlace | undefined
}

/** Parts that are times, and read as such. */
const TIMES: ReadonlySet<string> = new Set(['timeCreated', 'receivedTime', 'shippedTime'])
const OWN_TIME = 'UtcTime'

/**
 * Makes a plan of one of its rows: of the text it was read from, and of where its values
 * are. Undefined for rows that are to be read otherwise.
 */
export function makePlan(
  text: string,
  places: readonly ValuePlace[],
  root: FieldNode,
  shared: SharedTables,
): FlatPlan | undefined {
  const record = parseObject(text)
  const unwrapped = record && unwrapRecord(record.found)
  if (unwrapped?.kind !== 'event' || unwrapped.source !== record?.found) return undefined
  const { found } = record
  const shape = flatShapeOf(found)
  if (!shape || (found['EventData'] ?? null) !== null) return undefined
  const keys = Object.keys(found)
  const isSame = keys.every((key, i) => places[i]?.name === key)
  if (!isSame || keys.length !== places.length) return undefined
  const parts = new Map<TextPart, ValuePlace>()
  const data = new Map<string, ValuePlace>()
  const numbers: ValuePlace[] = []
  for (const place of places) {
    const { name, kind } = place
    const part = meaningOf(shape, name, found[name]!)
    if (kind === SCALAR && typeof shape.keys.get(name) === 'function') numbers.push(place)
    if (part === 'nothing') continue
    if (kind === LIST || (part === 'message' && name !== MESSAGE)) return undefined
    if (part === 'datum') {
      const isNone = kind === NULL || (kind === EMPTY && shape.hasEmptyColumns)
      if (!isNone) data.set(name, place)
    } else if (kind === NULL) parts.delete(part)
    else parts.set(part, place)
    const isTime = TIMES.has(part) || (part === 'datum' && name === OWN_TIME)
    if (kind !== NULL && isTime !== (kind === TIME) && kind !== EMPTY && kind !== BLANK)
      return undefined
    if (TIMES.has(part) && kind !== TIME && kind !== NULL) return undefined
  }
  const read = readFlat(found, shape, text)
  return new PlanMaker(shape, logOf(read), parts, data, { root, shared, numbers }).make(
    read,
  )
}

class PlanMaker {
  private readonly steps: FlatStep[] = []

  constructor(
    private readonly shape: FlatShape,
    private readonly log: Log,
    private readonly parts: ReadonlyMap<TextPart, ValuePlace>,
    private readonly data: ReadonlyMap<string, ValuePlace>,
    private readonly of: {
      readonly root: FieldNode
      readonly shared: SharedTables
      /** Values that may have more digits than a number has, and are others then. */
      readonly numbers: readonly ValuePlace[]
    },
  ) {}

  /** `sample`: one of the events. */
  make(sample: WindowsEvent): FlatPlan | undefined {
    const { shape, log, parts, data } = this
    const { plan } = log
    const utc = data.get(OWN_TIME)
    const isOwn = hasOwnTime(plan)
    if (utc?.kind === TIME && !isOwn) return undefined
    const event = draftEvent()
    event.provider = sample.provider
    event.channel = sample.channel
    event.eventId = sample.eventId
    this.addSteps()
    const message = parts.get('message')
    const isFilled = isSysmon(sample) && message !== undefined
    return {
      shape,
      variant: nameVariant(sample, shape.name),
      event,
      data,
      steps: this.steps,
      rows: [],
      mostLines: isFilled ? data.size : Infinity,
      message,
      hasOwnTime: isOwn,
      isLate: isToldLate(sample.eventId),
      utc: utc?.kind === TIME ? utc : undefined,
      logged: parts.get('timeCreated'),
      received: parts.get('receivedTime'),
      shipped: parts.get('shippedTime'),
      computer: parts.get('computer'),
    }
  }

  private addSteps(): void {
    const { plan } = this.log
    const { table, code } = plan
    this.add(plan, undefined, (out) => {
      if (out.isExtended) table.extend?.(out, code)
      putClass(out, plan.class)
    })
    // They are looked at, and nothing is made of them.
    for (const place of this.of.numbers) this.add('digits', place, () => undefined)
    for (const put of plan.finish) this.addPut(put)
    for (const place of this.data.values()) this.addDatum(place)
    for (const step of STEPS) this.addPart(step)
  }

  private addDatum(place: ValuePlace): void {
    const { plan } = this.log
    const { kind, name } = place
    const isNone = kind === EMPTY || (kind === BLANK && plan.table.dropsBlanks === true)
    if (isNone || kind === TIME) return
    const datum = datumOf(plan, name)
    const { rule, field } = datum
    const stays = rule?.stays !== false
    const isCopy = rule === undefined || rule.copies !== undefined
    const copies = rule?.copies ? [rule.copies] : []
    if (stays) copies.push({ field, isNumber: false })
    const write = (out: EventWriter, text: string) => putDatum(out, datum, text)
    this.add(rule ?? 'stays', place, write, isCopy ? copies : [])
  }

  /** What copies a value that says nothing does nothing. */
  private addPut(put: Put): void {
    const { copies } = put
    if (!copies) return this.add(put, undefined, put)
    const place = this.data.get(copies.name)
    const isSaid = place && place.kind !== EMPTY && place.kind !== BLANK
    if (isSaid) this.add(put, place, put, [copies])
  }

  private addPart(step: Step): void {
    const parts = step.reads.flatMap((part) => {
      const place = this.parts.get(part)
      return place ? [[part, place] as const] : []
    })
    if (step.reads.length > 0 && parts.length === 0) {
      // What is said in the log, or in all events of the plan.
      this.add(undefined, undefined, (out) => step.put(out, this.log))
      return
    }
    const [first, ...others] = parts
    const isSpelled = first !== undefined && isSpelledOtherwise(first[0])
    const copies = step.copies !== undefined && !isSpelled ? [step.copies] : []
    const write = (out: EventWriter) => step.put(out, this.log)
    const isMessage = first?.[0] === 'message'
    const isPlain = first !== undefined && first[1].kind !== EMPTY
    this.add(step, first?.[1], write, isPlain ? copies : [], { parts, isMessage })
    const { reads } = this.steps.at(-1)!
    reads.push(...others.map(([, place]) => place))
    if (others.length > 0) this.steps.at(-1)!.table = new EffectTable()
  }

  private add(
    by: unknown,
    place: ValuePlace | undefined,
    write: FlatStep['write'],
    copies: readonly Copy[] = [],
    more: Partial<Pick<FlatStep, 'parts' | 'isMessage'>> = {},
  ): void {
    const { root } = this.of
    const scope = `${this.log.channel.family} ${this.shape.name}`
    this.steps.push({
      reads: place ? [place] : [],
      by,
      table: place ? this.of.shared.find(by, place, scope) : new EffectTable(),
      joined: new PairTable(),
      isShared: true,
      constant: 0,
      copies: copies.map(({ field, isNumber }) => ({
        node: root.child(field),
        isNumber,
      })),
      parts: more.parts ?? [],
      isMessage: more.isMessage === true,
      write,
    })
  }
}
