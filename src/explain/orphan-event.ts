import type { KeyTuple } from '../engine/observer'
import type { Row } from '../events/row-set'
import type { Finding } from './finding'
import { failedTerm } from './one-short'
import { firstOf, followUps, keySpan, makeFinding, nearby } from './sequence-finding'
import { isCutBetween, isTooFar, without, type SequenceWorld } from './sequence-world'
import { explainShort } from './short-fault'

type FaultAt = Pick<Finding, 'fault' | 'span'>

/**
 * Events of the second step that nothing waited for, and just before them one that was
 * not quite the first step.
 */
export const findStartOneShort = (
  world: SequenceWorld,
  key: KeyTuple,
  orphan: Row,
): readonly Finding[] => {
  const { step, short, oneShort } = world.steps[0]!
  const id = world.keys.idOf(key)
  const findings = new Map<number, Finding>()
  const begin = (row: Row, found: FaultAt, isShort: boolean): Finding =>
    makeFinding(world, key, [row, orphan, ...followUps(world, key, 2, orphan, row)], {
      ...found,
      at: 0,
      culprit: row,
      isShort,
      wrong: 1,
    })
  for (const row of nearby(short.before(id, orphan))) {
    if (isTooFar(world, row, orphan)) break
    if (isCutBetween(world, key, row, orphan)) continue
    if (firstOf(world.takers.after(id, row)) !== orphan) continue
    const term = oneShort && failedTerm(oneShort, row)
    if (!term || findings.has(term.from)) continue
    findings.set(
      term.from,
      begin(row, explainShort(step.condition, row, world.query, term), true),
    )
  }
  return [
    ...findings.values(),
    ...key.flatMap((_, part) => {
      const found = findKeyless(world, key, part, orphan)
      const name = step.keys[part]!.name
      const span = keySpan(world, step, part)
      return found === undefined
        ? []
        : [begin(found, { fault: { cause: 'key-null', name }, span }, false)]
    }),
  ]
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
