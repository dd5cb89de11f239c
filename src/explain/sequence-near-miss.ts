import type { KeyTuple } from '../engine/observer'
import type { Row } from '../events/row-set'
import { findEnd } from './ended-sequence'
import type { Finding } from './finding'
import { findStartOneShort } from './orphan-event'
import type { Fate } from './sequence-fates'
import type { SequenceWorld } from './sequence-world'
import { findElsewhere, findOneShort } from './waiting-sequence'

/** Why this pending sequence has not become a match: all that was just short of it. */
export const examineFate = (world: SequenceWorld, fate: Fate): readonly Finding[] => {
  const ended = findEnd(world, fate)
  if (fate.kind === 'violated') return ended
  const waited = fate.kind === 'replaced' ? [] : findElsewhere(world, fate)
  const findings = [...ended, ...findOneShort(world, fate), ...waited]
  return findings.filter((found) => !hasEventInGap(world, found))
}

/** A missing step has an event in some gap: then what was found is not all that is wrong. */
const hasEventInGap = ({ fates }: SequenceWorld, { events, key }: Finding): boolean =>
  fates.violationBetween(events, key) !== undefined

/** What came just before an event of the second step that nothing waited for. */
export const examineOrphan = (
  world: SequenceWorld,
  key: KeyTuple,
  orphan: Row,
): readonly Finding[] =>
  findStartOneShort(world, key, orphan).filter((found) => !hasEventInGap(world, found))
