import type { KeyTuple } from '../engine/observer'
import type { CompiledStep } from '../engine/plan'
import { spanMs } from '../engine/time-span'
import type { Row } from '../events/row-set'
import type { Fault, Finding } from './finding'
import { failedTerm } from './one-short'
import { followUps, keySpan, makeFinding, nearby } from './sequence-finding'
import type { Fate } from './sequence-fates'
import {
  isCutBetween,
  isTooFar,
  printKey,
  without,
  type SequenceWorld,
} from './sequence-world'
import { explainShort } from './short-fault'

/** Events in time and with the key, but one term of the next step is not true of them. */
export const findOneShort = (world: SequenceWorld, fate: Fate): readonly Finding[] => {
  const { key, rows, by } = fate
  const at = rows.length
  const { step, short, oneShort } = world.steps[at]!
  const last = rows.at(-1)!
  const findings = new Map<number, Finding>()
  for (const row of nearby(short.after(world.keys.idOf(key), last))) {
    if (isTooFar(world, rows[0]!, row)) break
    if (by !== undefined && world.order.rank[row]! >= world.order.rank[by]!) break
    if (isCutBetween(world, key, last, row)) continue
    const term = oneShort && failedTerm(oneShort, row)
    if (!term || findings.has(term.from)) continue
    const later = followUps(world, key, at + 1, row, rows[0]!)
    findings.set(
      term.from,
      makeFinding(world, key, [...rows, row, ...later], {
        ...explainShort(step.condition, row, world.query, term),
        at,
        culprit: row,
        isShort: true,
        wrong: 1,
      }),
    )
  }
  return [...findings.values()]
}

/** Events that satisfy the next step, but with another key, or before their time. */
export const findElsewhere = (world: SequenceWorld, fate: Fate): readonly Finding[] => [
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
      makeFinding(world, key, [...rows, row, ...later], {
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
      makeFinding(world, key, [...rows, row, ...later], {
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
