import { spanMs } from '../engine/time-span'
import type { Finding } from './finding'
import { followUps, makeFinding, nearby, runOf, writtenStepOf } from './sequence-finding'
import type { Fate } from './sequence-fates'
import { isCutBetween, isTooFar, type SequenceWorld } from './sequence-world'

/** What the machine itself saw: too late, until, a missing step, a newer start. */
export const findEnd = (world: SequenceWorld, fate: Fate): readonly Finding[] => {
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
    makeFinding(world, key, [...rows, by, ...later], {
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
    makeFinding(world, key, [...rows, by, ...later], {
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
  const found = makeFinding(world, key, rows, {
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
      makeFinding(world, key, [...rows, row, ...later], {
        fault: { cause: 'replaced', newerByMs: spanMs(world.order, last, by), by },
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
  const { run, of } = runOf(world, at)
  if (run === 1 || rows.some((row) => world.fates.matched.has(row))) return []
  const written = writtenStepOf(world, world.steps[at]!.step)
  return [
    makeFinding(world, key, rows, {
      fault: { cause: 'runs', have: run - 1, of },
      at,
      culprit: rows.at(-1)!,
      span: written.runsSpan ?? written,
    }),
  ]
}
