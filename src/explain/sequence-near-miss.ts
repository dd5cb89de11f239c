import type { KeyTuple } from '../engine/observer'
import type { CompiledStep } from '../engine/plan'
import { spanMs } from '../engine/time-span'
import type { Row } from '../events/row-set'
import type { Span, Step } from '../language/ast'
import { explainTerm } from './failed-term'
import type { Fault, Finding } from './finding'
import { failedTerm } from './one-short'
import type { Fate } from './sequence-fates'
import {
  isCutBetween,
  isTooFar,
  printKey,
  without,
  type SequenceWorld,
} from './sequence-world'

// How many events around a pending sequence are looked at for one cause.
const NEARBY = 200

/** Why this pending sequence has not become a match: all that was just short of it. */
export const examineFate = (world: SequenceWorld, fate: Fate): readonly Finding[] => {
  const ended = findEnd(world, fate)
  if (fate.kind === 'violated') return ended
  const waited = fate.kind === 'replaced' ? [] : findElsewhere(world, fate)
  const findings = [...ended, ...findOneShort(world, fate), ...waited]
  return findings.filter((found) => !hasEventInGap(world, found))
}

/** A missing step has an event in some gap: then what was found is not all that is wrong. */
const hasEventInGap = (
  { missing, keys }: SequenceWorld,
  { events, key }: Finding,
): boolean => missing?.violationBetween(events, keys.idOf(key)) !== undefined

/** What the machine itself saw: too late, until, a missing step, a newer start. */
const findEnd = (world: SequenceWorld, fate: Fate): readonly Finding[] => {
  switch (fate.kind) {
    case 'expired':
      return findExpired(world, fate)
    case 'cut':
      return findCut(world, fate)
    case 'violated':
      return findViolated(world, fate)
    case 'replaced':
      return findLeftover(world, fate)
    case 'waiting':
      return findShortRuns(world, fate)
  }
}

const findExpired = (
  world: SequenceWorld,
  { key, rows, by, overMs }: Extract<Fate, { kind: 'expired' }>,
): readonly Finding[] => {
  if (world.fates.matched.has(by)) return []
  if (isCutBetween(world, key, rows.at(-1)!, by)) return []
  const limitMs = world.rule.maxspan!
  const later = followUps(world, key, rows.length + 1, by, by)
  return [
    finding(world, key, [...rows, by, ...later], {
      fault: { cause: 'maxspan', overMs, limitMs },
      at: rows.length,
      culprit: by,
      span: world.body.maxspan ?? world.body,
      slackMs: overMs,
      wrong: overMs > limitMs ? 1 : 0,
    }),
  ]
}

const findCut = (
  world: SequenceWorld,
  { key, rows, by, until }: Extract<Fate, { kind: 'cut' }>,
): readonly Finding[] => {
  if (world.fates.matched.has(by) || world.fates.matched.has(until)) return []
  const later = followUps(world, key, rows.length + 1, by, rows[0]!)
  return [
    finding(world, key, [...rows, by, ...later], {
      fault: { cause: 'until', beforeMs: spanMs(world.order, until, by) },
      at: rows.length,
      culprit: until,
      span: world.body.until ?? world.body,
    }),
  ]
}

const findViolated = (
  world: SequenceWorld,
  { key, rows, step, witness }: Extract<Fate, { kind: 'violated' }>,
): readonly Finding[] => {
  if (world.fates.matched.has(witness)) return []
  const before = rows.findLast((row) => spanMs(world.order, row, witness) >= 0)
  const found = finding(world, key, rows, {
    fault: {
      cause: 'missing',
      afterMs: spanMs(world.order, before ?? rows[0]!, witness),
    },
    at: 0,
    culprit: witness,
    span: world.body.steps[step] ?? world.body,
  })
  return [{ ...found, step, rows: found.rows.with(step, witness) }]
}

/** A newer start mattered only if an event for the next step was left without one. */
const findLeftover = (
  world: SequenceWorld,
  { key, rows, by }: Extract<Fate, { kind: 'replaced' }>,
): readonly Finding[] => {
  const at = rows.length
  const { fit } = world.steps[at]!
  const last = rows.at(-1)!
  for (const row of nearby(fit.after(world.keys.idOf(key), by))) {
    if (isTooFar(world, rows[0]!, row)) break
    if (isCutBetween(world, key, last, row)) continue
    const later = followUps(world, key, at + 1, row, rows[0]!)
    const { step } = world.steps[at - 1]!
    return [
      finding(world, key, [...rows, row, ...later], {
        fault: { cause: 'replaced', newerByMs: spanMs(world.order, last, by) },
        at,
        culprit: row,
        span: step,
      }),
    ]
  }
  return []
}

const findShortRuns = (world: SequenceWorld, { key, rows }: Fate): readonly Finding[] => {
  const at = rows.length
  const { writtenStep } = world.steps[at]!.step
  const ofStep = world.steps.filter(({ step }) => step.writtenStep === writtenStep).length
  const first = world.steps.findIndex(({ step }) => step.writtenStep === writtenStep)
  if (at === first || rows.some((row) => world.fates.matched.has(row))) return []
  const written = writtenStepOf(world, world.steps[at]!.step)
  return [
    finding(world, key, rows, {
      fault: { cause: 'runs', have: at - first, of: ofStep },
      at,
      culprit: rows.at(-1)!,
      span: written.runsSpan ?? written,
    }),
  ]
}

/** Events in time and with the key, but one term of the next step is not true of them. */
const findOneShort = (world: SequenceWorld, fate: Fate): readonly Finding[] => {
  const { key, rows, by } = fate
  const at = rows.length
  const { step, short } = world.steps[at]!
  const last = rows.at(-1)!
  const findings = new Map<number, Finding>()
  for (const row of nearby(short.after(world.keys.idOf(key), last))) {
    if (isTooFar(world, rows[0]!, row)) break
    if (by !== undefined && world.order.rank[row]! >= world.order.rank[by]!) break
    if (isCutBetween(world, key, last, row)) continue
    const term = failedTerm(step.condition, row)
    if (!term || findings.has(term.from)) continue
    const later = followUps(world, key, at + 1, row, rows[0]!)
    findings.set(
      term.from,
      finding(world, key, [...rows, row, ...later], {
        fault: termFault(world, step, row),
        at,
        culprit: row,
        span: term,
        isShort: true,
        wrong: 1,
      }),
    )
  }
  return [...findings.values()]
}

/** Events that satisfy the next step, but with another key, or before their time. */
const findElsewhere = (world: SequenceWorld, fate: Fate): readonly Finding[] => [
  ...findEarly(world, fate),
  ...world.rule.steps[0]!.keys.flatMap((_, part) => findOtherKey(world, fate, part)),
]

const findEarly = (world: SequenceWorld, { key, rows }: Fate): readonly Finding[] => {
  const at = rows.length
  const { step, fit } = world.steps[at]!
  const last = rows.at(-1)!
  if (step.writtenStep === world.steps[at - 1]!.step.writtenStep) return []
  for (const row of nearby(fit.before(world.keys.idOf(key), last))) {
    if (isTooFar(world, last, row)) break
    if (rows.includes(row)) continue
    const aheadMs = spanMs(world.order, row, last)
    const later = followUps(world, key, at + 1, last, rows[0]!)
    return [
      finding(world, key, [...rows, row, ...later], {
        fault: { cause: 'order', aheadMs },
        at,
        culprit: row,
        span: step,
        slackMs: aheadMs,
      }),
    ]
  }
  return []
}

const findOtherKey = (
  world: SequenceWorld,
  { key, rows }: Fate,
  part: number,
): readonly Finding[] => {
  const at = rows.length
  const { step, fitBut } = world.steps[at]!
  const others = world.keysBut[part]!.idOf(without(key, part))
  const last = rows.at(-1)!
  for (const row of nearby(fitBut[part]!.after(others, last))) {
    if (isTooFar(world, rows[0]!, row)) break
    if (isCutBetween(world, key, last, row)) continue
    const fault = keyFault(step, key, part, row)
    if (!fault) continue
    const later = followUps(world, key, at + 1, row, rows[0]!)
    return [
      finding(world, key, [...rows, row, ...later], {
        fault,
        at,
        culprit: row,
        span: keySpan(world, step, part),
        wrong: fault.cause === 'key' && key.length === 1 ? 2 : 1,
      }),
    ]
  }
  return []
}

const keyFault = (
  step: CompiledStep,
  key: KeyTuple,
  part: number,
  row: Row,
): Extract<Fault, { cause: 'key' | 'key-null' }> | undefined => {
  const field = step.keys[part]!
  const values = field.valuesAt(row)
  const wanted = key[part] ?? null
  if (values.length === 0)
    return wanted === null && field.optional
      ? undefined
      : { cause: 'key-null', name: field.name }
  if (wanted !== null && values.includes(wanted)) return undefined
  return {
    cause: 'key',
    name: field.name,
    wanted: printKey(field, wanted),
    found: printKey(field, values[0]!),
    keyCount: key.length,
  }
}

/**
 * Events of the second step that nothing waited for, and just before them one that was
 * not quite the first step.
 */
export const examineOrphan = (
  world: SequenceWorld,
  key: KeyTuple,
  orphan: Row,
): readonly Finding[] => {
  const { step, short } = world.steps[0]!
  const id = world.keys.idOf(key)
  const findings = new Map<number, Finding>()
  const begin = (row: Row, fault: Fault, span: Span, isShort: boolean): Finding =>
    finding(world, key, [row, orphan, ...followUps(world, key, 2, orphan, row)], {
      fault,
      at: 0,
      culprit: row,
      span,
      isShort,
      wrong: 1,
    })
  for (const row of nearby(short.before(id, orphan))) {
    if (isTooFar(world, row, orphan)) break
    if (isCutBetween(world, key, row, orphan)) continue
    if (firstOf(world.takers!.after(id, row)) !== orphan) continue
    const term = failedTerm(step.condition, row)
    if (!term || findings.has(term.from)) continue
    findings.set(term.from, begin(row, termFault(world, step, row), term, true))
  }
  const begun = [
    ...findings.values(),
    ...key.flatMap((_, part) => {
      const found = findKeyless(world, key, part, orphan)
      const name = step.keys[part]!.name
      const span = keySpan(world, step, part)
      return found === undefined
        ? []
        : [begin(found, { cause: 'key-null', name }, span, false)]
    }),
  ]
  return begun.filter((found) => !hasEventInGap(world, found))
}

/** An event of the first step that lacks one key field, and so never began anything. */
const findKeyless = (
  world: SequenceWorld,
  key: KeyTuple,
  part: number,
  orphan: Row,
): Row | undefined => {
  const { step, fitBut } = world.steps[0]!
  const field = step.keys[part]!
  if (field.optional) return undefined
  const others = world.keysBut[part]!.idOf(without(key, part))
  for (const row of nearby(fitBut[part]!.before(others, orphan))) {
    if (isTooFar(world, row, orphan)) return undefined
    if (field.valuesAt(row).length === 0) return row
  }
  return undefined
}

/** The earliest events of the remaining steps after that one, as far as they go. */
const followUps = (
  world: SequenceWorld,
  key: KeyTuple,
  at: number,
  after: Row,
  first: Row,
): readonly Row[] => {
  const step = world.steps[at]
  if (!step) return []
  for (const row of step.fit.after(world.keys.idOf(key), after)) {
    if (isTooFar(world, first, row)) return []
    return [row, ...followUps(world, key, at + 1, row, first)]
  }
  return []
}

const firstOf = (rows: Generator<Row, void>): Row | undefined =>
  rows.next().value ?? undefined

function* nearby(rows: Iterable<Row>): Generator<Row, void> {
  let count = 0
  for (const row of rows) {
    if (++count > NEARBY) return
    yield row
  }
}

const termFault = (world: SequenceWorld, step: CompiledStep, row: Row): Fault => {
  const term = failedTerm(step.condition, row)!
  return {
    ...explainTerm(term, row),
    term: world.query.text.slice(term.from, term.to),
    termCount: step.condition.terms.length,
  }
}

const writtenStepOf = ({ body }: SequenceWorld, { writtenStep }: CompiledStep): Step =>
  body.steps[writtenStep]!

/** Where the key field stands in the query: before the steps, or at this one. */
const keySpan = (world: SequenceWorld, step: CompiledStep, part: number): Span =>
  [...world.body.by, ...writtenStepOf(world, step).by][part] ?? step

interface Found {
  readonly fault: Fault
  /** The positive step that failed, `runs` written out. */
  readonly at: number
  readonly culprit: Row
  readonly span: Span
  /** The culprit does not satisfy the step. */
  readonly isShort?: boolean
  readonly wrong?: number
  readonly slackMs?: number
}

const HOUR = 3_600_000

const finding = (
  world: SequenceWorld,
  key: KeyTuple,
  rows: readonly Row[],
  { fault, at, culprit, span, isShort = false, wrong = 0, slackMs = 0 }: Found,
): Finding => {
  const places: (Row | undefined)[] = world.body.steps.map(() => undefined)
  for (const [index, row] of rows.entries())
    places[world.steps[index]!.step.writtenStep] = row
  return {
    fault,
    step: world.steps[at]!.step.writtenStep,
    events: rows,
    rows: places,
    culprit,
    key,
    span: { from: span.from, to: span.to },
    satisfied: rows.length - (isShort ? 1 : 0),
    wrong,
    slackShare: slackMs / (world.rule.maxspan ?? HOUR),
  }
}
