import type { Query, Sequence } from '../language/ast'
import type { Finding } from './lint-finding'
import type { Rule } from './rule'
import { missChance, printPeriod, readSchedule, type Schedule } from './schedule'

const FROM = [
  ['rule', 'from'],
  ['rule', 'interval'],
  ['rule', 'query'],
]

/** Schedule, look-back and timestamp override, against what the query needs. */
export function lintSchedule(rule: Rule, query: Query | undefined): readonly Finding[] {
  const schedule = readSchedule(rule)
  const sequence = query?.body.kind === 'sequence' ? query.body : undefined
  const isEvent = query?.body.kind === 'event'
  return [
    ...(schedule ? lintWindow(schedule) : unreadable(rule)),
    ...(sequence ? lintSequence(sequence) : []),
    ...(sequence?.maxspan && schedule ? lintSpan(schedule, sequence) : []),
    ...(sequence?.maxspan && schedule ? lintPace(schedule, sequence.maxspan.ms) : []),
    ...(isEvent && rule.timestampOverride === undefined ? [NO_OVERRIDE] : []),
    ...(isTimedBlock(rule) && schedule ? lintBuildingBlock(schedule) : []),
  ]
}

const NO_OVERRIDE: Finding = {
  code: 'no-override',
  severity: 'warning',
  paths: [['rule', 'query']],
  values: [],
}

const unreadable = ({ from = '', interval = '', to = '' }: Rule): readonly Finding[] => [
  {
    code: 'odd-schedule',
    severity: 'hint',
    paths: FROM,
    values: [[interval, from, to].filter(Boolean).join(', ')],
  },
]

function lintWindow({ interval, lookBack, overlap }: Schedule): readonly Finding[] {
  const values = [printPeriod(lookBack), printPeriod(interval)]
  if (overlap < 0) {
    return [{ code: 'gap-between-runs', severity: 'error', paths: FROM, values }]
  }
  return overlap === 0
    ? [{ code: 'no-overlap', severity: 'warning', paths: FROM, values }]
    : []
}

/** The longest sequences against the window, then against what windows share. */
function lintSpan(schedule: Schedule, sequence: Sequence): readonly Finding[] {
  const { interval, lookBack, overlap } = schedule
  const span = sequence.maxspan?.ms ?? 0
  const needed = printPeriod(interval + span)
  const values = [printPeriod(span), printPeriod(lookBack), needed]
  if (span > lookBack) {
    return [{ code: 'span-over-look-back', severity: 'error', paths: FROM, values }]
  }
  const misses = sequence.steps.some(({ missing }) => missing)
  if (misses && lookBack < interval + span) {
    return [{ code: 'missing-over-window', severity: 'warning', paths: FROM, values }]
  }
  if (span <= overlap) return []
  const chance = `${Math.round(missChance(schedule, span) * 100)} %`
  return [
    {
      code: 'span-over-overlap',
      severity: 'warning',
      paths: FROM,
      values: [...values, chance],
    },
  ]
}

/** So long a sequence need not be looked for more often than twice in its time, ms. */
const LONG_SPAN = 150_000

function lintPace({ interval }: Schedule, span: number): readonly Finding[] {
  if (span <= LONG_SPAN || interval >= span / 2) return []
  const values = [printPeriod(interval), printPeriod(span)]
  return [{ code: 'busy-sequence', severity: 'hint', paths: PACE, values }]
}
const PACE = [
  ['rule', 'interval'],
  ['rule', 'query'],
]

function lintSequence({ maxspan, by, steps }: Sequence): readonly Finding[] {
  const paths = [['rule', 'query']]
  const isJoined = by.length > 0 || steps.every((step) => step.by.length > 0)
  return [
    ...(maxspan
      ? []
      : [{ code: 'no-maxspan', severity: 'warning', paths, values: [] } as const]),
    ...(isJoined
      ? []
      : [{ code: 'no-join-key', severity: 'warning', paths, values: [] } as const]),
  ]
}

/** A building block whose file does not say that it is to run more often. */
const isTimedBlock = ({ buildingBlockType, metadata }: Rule): boolean =>
  buildingBlockType !== undefined && metadata?.other['bypass_bbr_timing'] !== true

/** Published building blocks look back 119 minutes, once an hour. */
function lintBuildingBlock({ interval, lookBack }: Schedule): readonly Finding[] {
  const hour = 3_600_000
  if (interval >= hour && lookBack >= hour) return []
  return [{ code: 'busy-building-block', severity: 'hint', paths: FROM, values: [] }]
}
