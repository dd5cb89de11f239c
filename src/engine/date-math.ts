import { parseWithFormat } from '../events/date-format'
import { daysOf, readEpochMs, type TimePrecision } from '../events/time'

/** The moments a date constant stands for, both included; epoch nanoseconds. */
export interface DateRange {
  readonly first: bigint
  readonly last: bigint
}

/** `y M w d h H m s`, as date math writes them. */
type MathUnit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm' | 's'

interface Step {
  /** How many units to add; undefined for `/unit`, which rounds. */
  readonly amount: number | undefined
  readonly unit: MathUnit
}

const DAY = 86_400_000
const defaultFormat = 'strict_date_optional_time||epoch_millis'

/**
 * Reads a date constant: a date by the field's format, or `now`, then date math such as
 * `+1d` and `/d`; a date is parted from it by `||` (language.md 3.7). An incomplete date
 * stands for its whole unit, a rounded one for the unit it was rounded to.
 * undefined when the text is none.
 */
export function readDateRange(
  text: string,
  format: string | undefined,
  now: number,
): DateRange | undefined {
  const [anchor, math] = text.startsWith('now') ? ['now', text.slice(3)] : splitMath(text)
  const steps = readSteps(math)
  if (!steps) return undefined
  if (anchor === 'now') return rangeOf(now, now, 0, 'fraction', steps)
  const instant = parseWithFormat(anchor, format ?? defaultFormat)
  if (!instant) return undefined
  const end = endOf(instant.ms, instant.precision)
  return rangeOf(instant.ms, end, instant.nanos, instant.precision, steps)
}

/** A number as a date constant: epoch milliseconds. */
export function readDateNumber(value: number | bigint): DateRange | undefined {
  const instant = readEpochMs(String(value))
  if (!instant) return undefined
  return rangeOf(instant.ms, instant.ms, instant.nanos, 'fraction', [])
}

const splitMath = (text: string): [string, string] => {
  const bar = text.indexOf('||')
  return bar < 0 ? [text, ''] : [text.slice(0, bar), text.slice(bar + 2)]
}

function readSteps(math: string): Step[] | undefined {
  const steps = [...math.matchAll(/([+-]\d*|\/)([yMwdhHms])/g)]
  if (steps.map(([step]) => step).join('') !== math) return undefined
  return steps.map(([, amount = '', unit = '']) => ({
    amount: amount === '/' ? undefined : readAmount(amount),
    unit: (unit === 'H' ? 'h' : unit) as MathUnit,
  }))
}

/** `+` and `-` alone mean one. */
const readAmount = (text: string): number =>
  text.length === 1 ? Number(`${text}1`) : Number(text)

/** `floor` and `ceiling` go through the same steps; rounding sends them apart. */
function rangeOf(
  floor: number,
  ceiling: number,
  nanos: number,
  precision: TimePrecision,
  steps: readonly Step[],
): DateRange {
  const isRounded = steps.some(({ amount }) => amount === undefined)
  const isOpen = isRounded || precision !== 'fraction'
  const first = steps.reduce((ms, step) => applyStep(ms, step, startOfUnit), floor)
  const last = steps.reduce((ms, step) => applyStep(ms, step, endOfUnit), ceiling)
  return {
    first: toNanos(first, isRounded ? 0 : nanos),
    last: toNanos(last, isOpen ? 999_999 : nanos),
  }
}

const toNanos = (ms: number, nanos: number): bigint =>
  BigInt(ms) * 1_000_000n + BigInt(nanos)

const applyStep = (
  ms: number,
  { amount, unit }: Step,
  round: (ms: number, unit: MathUnit) => number,
): number => (amount === undefined ? round(ms, unit) : addUnits(ms, amount, unit))

const fixedUnits = { w: 7 * DAY, d: DAY, h: 3_600_000, m: 60_000, s: 1000 }

function addUnits(ms: number, amount: number, unit: MathUnit): number {
  if (unit !== 'y' && unit !== 'M') return ms + amount * fixedUnits[unit]
  const date = new Date(ms)
  const months = date.getUTCMonth() + (unit === 'y' ? 12 * amount : amount)
  const year = date.getUTCFullYear() + Math.floor(months / 12)
  const month = (((months % 12) + 12) % 12) + 1
  return atDay(year, month, date.getUTCDate()) + (ms - startOfUnit(ms, 'd'))
}

/** A day that the month does not have becomes its last. */
function atDay(year: number, month: number, day: number): number {
  const days = daysOf(year, month, day)
  return Number.isNaN(days) ? atDay(year, month, day - 1) : days * DAY
}

function startOfUnit(ms: number, unit: MathUnit): number {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  if (unit === 'y') return atDay(year, 1, 1)
  if (unit === 'M') return atDay(year, date.getUTCMonth() + 1, 1)
  // Weeks begin on Monday; the epoch was a Thursday.
  const shift = unit === 'w' ? 3 * DAY : 0
  const length = fixedUnits[unit]
  return Math.floor((ms + shift) / length) * length - shift
}

const endOfUnit = (ms: number, unit: MathUnit): number =>
  addUnits(startOfUnit(ms, unit), 1, unit) - 1

/** The last millisecond of the unit that was left open. */
function endOf(ms: number, precision: TimePrecision): number {
  if (precision === 'fraction') return ms
  return addUnits(ms, 1, openUnits[precision]) - 1
}

const openUnits = {
  year: 'y',
  month: 'M',
  day: 'd',
  hour: 'h',
  minute: 'm',
  second: 's',
} as const
