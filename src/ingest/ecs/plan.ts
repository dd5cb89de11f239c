import type { Copy, DataRule, DataRules } from './data-rule'
import type { EventClass } from './event-class'
import { type EventWriter, isBlank } from './event-writer'

/** How the events of one log become ECS. */
export interface FamilyTable {
  /** What events are, by their number; what is not said there, is said for all others. */
  readonly events: Readonly<Record<string, EventClass>>
  readonly otherwise?: EventClass
  /** Values of EventData that mean the same in all of them. */
  readonly rules: DataRules
  /** Values that have a meaning of their own in some. */
  readonly rulesOf: (code: string) => DataRules
  /** Its pipeline takes values that are a dash or a GUID of zeros for none. */
  readonly dropsBlanks?: boolean
  /** The account that logs is the user. */
  readonly isLoggerTheUser?: boolean
  /** What is neither a value moved nor the same for all events of a number; each little. */
  readonly finish?: (code: string) => readonly Put[]
  /** What extended mode gives events of a number; before all else. */
  readonly extend?: (out: EventWriter, code: string) => void
}

/** Writes something of an event. */
export interface Put {
  (out: EventWriter): void
  /** The name of the only value it looks at, and what it does, if that is to copy it. */
  readonly copies?: Copy & { readonly name: string }
}

/** What becomes of a value of EventData, found once for each name in events of a number. */
export interface Datum {
  readonly field: string
  readonly from: string
  readonly rule: DataRule | undefined
}

/** Events of one number of one log. */
export interface Plan {
  readonly code: string
  readonly class: EventClass
  readonly data: Map<string, Datum>
  readonly rules: DataRules
  readonly table: FamilyTable
  readonly finish: readonly Put[]
}

/** Names beyond this number are made up; they are worked out again each time. */
const MOST_NAMES = 500
const MOST_PLANS = 2000

/** The plans of a log, made when events of a number first come. */
export function planner(table: FamilyTable): (code: string) => Plan {
  const plans = new Map<string, Plan>()
  return (code) => {
    const known = plans.get(code)
    if (known) return known
    const plan: Plan = {
      code,
      class: {
        ...table.otherwise,
        ...(Object.hasOwn(table.events, code) && table.events[code]),
      },
      data: new Map(),
      rules: { ...table.rules, ...table.rulesOf(code) },
      table,
      finish: table.finish?.(code) ?? NOTHING,
    }
    if (plans.size < MOST_PLANS) plans.set(code, plan)
    return plan
  }
}

const NOTHING: readonly Put[] = []

export function datumOf(plan: Plan, name: string): Datum {
  const known = plan.data.get(name)
  if (known) return known
  const rule = Object.hasOwn(plan.rules, name) ? plan.rules[name] : undefined
  const datum = {
    field: `winlog.event_data.${name}`,
    from: `EventData.${name}`,
    rule,
  }
  if (plan.data.size < MOST_NAMES) plan.data.set(name, datum)
  return datum
}

/** Writes what the values of EventData mean; those without a meaning stay what they are. */
function putData(out: EventWriter, plan: Plan): void {
  const { data } = out.event
  for (let i = 0; i < data.length; i++) {
    const { name, value } = data[i]!
    if (isDropped(plan, value)) continue
    putDatum(out, datumOf(plan, name ?? `param${i + 1}`), value)
  }
}

/** Whether a value of EventData counts as none in a log. */
const isDropped = ({ table }: Plan, value: string): boolean =>
  value === '' || (table.dropsBlanks === true && isBlank(value))

export function putDatum(out: EventWriter, datum: Datum, value: string): void {
  const { field, from, rule } = datum
  const shown = withoutReturns(value)
  rule?.write(out, shown, from)
  if (rule?.stays !== false) out.put(field, shown, from)
}

/** As Winlogbeat hands texts on: lines end with LF, and there are no empty last ones. */
export function withoutReturns(text: string): string {
  const plain = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text
  let end = plain.length
  while (end > 0 && plain.charCodeAt(end - 1) === 10) end--
  return end < plain.length ? plain.slice(0, end) : plain
}

/** Writes all that the tables of its log make of an event. */
export function putPlanned(out: EventWriter, plan: Plan): void {
  const { code, table } = plan
  if (out.isExtended) table.extend?.(out, code)
  putClass(out, plan.class)
  for (const put of plan.finish) put(out)
  putData(out, plan)
}

/** Writes category, type, action and outcome. */
export function putClass(
  out: EventWriter,
  { category, type, action, outcome }: EventClass,
): void {
  if (category) out.put('event.category', category as string[], CODE)
  if (type) out.put('event.type', type as string[], CODE)
  if (action !== undefined) out.put('event.action', action, CODE)
  if (outcome !== undefined) out.put('event.outcome', outcome, CODE)
}

/** What an event is, is told by its number. */
const CODE = 'System.EventID'
