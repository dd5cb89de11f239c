import type { Rule } from './rule'
import { valueUsed } from './assumptions'
import { wording } from './wording'

/** When a rule runs and how far back each run looks, in ms (rules.md 3.6). */
export interface Schedule {
  readonly interval: number
  /** From the start of the window to its end. */
  readonly lookBack: number
  /** What one window shares with the one before: Kibana's additional look-back time. */
  readonly overlap: number
}

/** The schedule a rule says or is assumed to have; undefined if it cannot be understood. */
export function readSchedule(rule: Rule): Schedule | undefined {
  const interval = readPeriod(String(valueUsed(rule, 'interval') ?? ''))
  const from = readOffset(String(valueUsed(rule, 'from') ?? ''))
  const to = readOffset(String(valueUsed(rule, 'to') ?? 'now'))
  if (interval === undefined || from === undefined || to === undefined) return undefined
  const lookBack = to - from
  return { interval, lookBack, overlap: lookBack - interval }
}

/** `5m` in ms. */
export function readPeriod(text: string): number | undefined {
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d|w)$/.exec(text.trim()) ?? []
  return amount === undefined || unit === undefined
    ? undefined
    : Number(amount) * (UNITS[unit] ?? NaN)
}

/** `now-9m` in ms from now, -540000. Roundings such as `now/d` have no fixed length. */
function readOffset(text: string): number | undefined {
  if (text === 'now') return 0
  const [, sign, amount, unit] = /^now([+-])(\d+)([yMwdhms])$/.exec(text.trim()) ?? []
  const length = unit === undefined ? undefined : UNITS[unit]
  if (length === undefined) return undefined
  return Number(amount) * length * (sign === '-' ? -1 : 1)
}

const SECOND = 1000
const DAY = 86_400 * SECOND
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: DAY,
  w: 7 * DAY,
  M: 30 * DAY,
  y: 365 * DAY,
}

/**
 * The share of start times for which a sequence that takes `span` ms is missed though all
 * of its events came at once: 0 to 1 (rules.md 3.6).
 */
export function missChance({ interval, lookBack }: Schedule, span: number): number {
  return Math.min(1, Math.max(0, 1 - (lookBack - span) / interval))
}

/** A schedule in words. */
export function describeSchedule({ interval, lookBack, overlap }: Schedule): string {
  const shared =
    overlap > 0
      ? wording.overlap(sayPeriod(overlap))
      : overlap < 0
        ? wording.gap(sayPeriod(-overlap))
        : wording.noOverlap()
  return wording.schedule(sayPeriod(interval), sayPeriod(lookBack), shared)
}

/** A time in ms as people say it: `5 minutes`. */
function sayPeriod(ms: number): string {
  const [, amount = '', unit = ''] = /^(\d+)(\w+)$/.exec(printPeriod(ms)) ?? []
  const word = WORDS[unit] ?? unit
  return `${amount} ${word}${amount === '1' ? '' : 's'}`
}
const WORDS: Readonly<Record<string, string>> = {
  ms: 'millisecond',
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
}

/** A time in ms as rules write it, in the largest unit that fits: `90s`, `5m`, `2h`. */
export function printPeriod(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const length = UNITS[unit] ?? 1
    if (ms !== 0 && ms % length === 0) return `${ms / length}${unit}`
  }
  return `${ms}ms`
}
