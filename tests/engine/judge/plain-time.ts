const shape =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/

/** First and last nanosecond of what a date text stands for. */
export type PlainRange = readonly [first: bigint, last: bigint]

const MS = 1_000_000n

/** An ISO text or epoch milliseconds; an incomplete one stands for its whole unit. */
export function readPlainDate(text: string): PlainRange | undefined {
  const parts = shape.exec(text)
  if (!parts) {
    const epoch = /^(-?\d+)$/.exec(text)
    return epoch ? [BigInt(text) * MS, BigInt(text) * MS] : undefined
  }
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(numberOr)
  const start = (shift: number, unit: number): bigint => {
    const given = [year!, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0]
    given[unit]! += shift
    const date = new Date(0)
    date.setUTCFullYear(given[0]!, given[1], given[2])
    date.setUTCHours(given[3]!, given[4], given[5])
    return BigInt(date.getTime() - offsetOf(parts[8])) * MS
  }
  if (!isOnCalendar(year!, month ?? 1, day ?? 1, hour, minute, second)) return undefined
  const fraction = parts[7]
  if (fraction !== undefined) {
    const at = start(0, 5) + BigInt(fraction.padEnd(9, '0'))
    return [at, at]
  }
  const finest = [year, month, day, hour, minute, second].findLastIndex(
    (part) => part !== undefined,
  )
  return [start(0, finest), start(1, finest) - 1n]
}

const numberOr = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

function isOnCalendar(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): boolean {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return (
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  )
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

/** A date constant with math after `||`, such as `2024-01-31||+1M/d` (language.md 3.7). */
export function readPlainMath(text: string): PlainRange | undefined {
  const [anchor = '', math = ''] = text.split('||')
  const range = readPlainDate(anchor)
  if (!range) return undefined
  let [first, last] = range
  for (const [, sign, count, unit] of math.matchAll(/([+-/])(\d*)([yMwdhHms])/g)) {
    if (sign === '/') {
      first = roundDown(first, unit!)
      last = move(roundDown(last, unit!), 1, unit!) - 1n
    } else {
      const amount = Number(count === '' ? 1 : count) * (sign === '-' ? -1 : 1)
      first = move(first, amount, unit!)
      last = move(last, amount, unit!)
    }
  }
  return [first, last]
}

const steps = ['y', 'M', 'd', 'h', 'm', 's']
const partsOf = (date: Date): number[] => [
  date.getUTCFullYear(),
  date.getUTCMonth(),
  date.getUTCDate(),
  date.getUTCHours(),
  date.getUTCMinutes(),
  date.getUTCSeconds(),
]

function roundDown(nanos: bigint, unit: string): bigint {
  const date = new Date(floorMs(nanos))
  const given = partsOf(date)
  const kept = unit === 'w' ? 2 : steps.indexOf(unit === 'H' ? 'h' : unit)
  const rounded = given.map((part, at) => (at <= kept ? part : at === 2 ? 1 : 0))
  if (unit === 'w') rounded[2]! -= (date.getUTCDay() + 6) % 7
  return fromParts(rounded)
}

function move(nanos: bigint, amount: number, unit: string): bigint {
  const length = { w: 604_800, d: 86_400, h: 3600, H: 3600, m: 60, s: 1 }[unit]
  if (length !== undefined) return nanos + BigInt(amount * length) * 1_000_000_000n
  const given = partsOf(new Date(floorMs(nanos)))
  const rest = nanos - fromParts(given)
  given[unit === 'y' ? 0 : 1]! += amount
  const lastDay = new Date(Date.UTC(given[0]!, given[1]! + 1, 0)).getUTCDate()
  given[2] = Math.min(given[2]!, lastDay)
  return fromParts(given) + rest
}

const fromParts = ([year, month, day, hour, minute, second]: readonly number[]): bigint =>
  BigInt(Date.UTC(year!, month, day, hour, minute, second)) * MS

const floorMs = (nanos: bigint): number =>
  Number((nanos - (((nanos % MS) + MS) % MS)) / MS)

export const floorToMs = (nanos: bigint): bigint => BigInt(floorMs(nanos)) * MS

/** As Java prints an instant; `date_nanos` to the nanosecond. */
export function printPlainInstant(nanos: bigint): string {
  const second = new Date(floorMs(nanos)).toISOString().slice(0, 19)
  const rest = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  if (rest === 0n) return `${second}Z`
  const digits = String(rest).padStart(9, '0')
  return `${second}.${digits.replace(/^(...)000000$/, '$1').replace(/^(...)(.*?)0*$/, '$1$2')}Z`
}
