import type { ChangeKind, RepairAnswer, RepairView } from '../../worker/repair-api'
import { grouped } from '../result/time-text'

/** All sentences of repairs, scratch versions and their comparison. */

/** `+1, +212 others, 3 lost`: what a repair lets in and keeps out. */
export const sayCollateral = ({
  others,
  lost,
}: Pick<RepairView, 'others' | 'lost'>): string =>
  [
    '+1',
    `+${grouped(others)} ${others === 1 ? 'other' : 'others'}`,
    ...(lost > 0 ? [`${grouped(lost)} lost`] : []),
  ].join(', ')

export const sayTried = ({ tried, of, list }: RepairAnswer): string => {
  const edits = `${grouped(tried)} ${tried === 1 ? 'edit' : 'edits'}`
  const all = tried < of ? `${edits} of ${grouped(of)}` : edits
  if (tried === 0) return REPAIR.nothingToTry
  return list.length === 0
    ? `Tried ${all}: none of them alone makes it match.`
    : `Tried ${all}.`
}

export const sayScratch = (changes: number): string =>
  `scratch: ${grouped(changes)} ${changes === 1 ? 'change' : 'changes'}`

const CHANGES: Readonly<Record<ChangeKind, string>> = {
  gained: 'gained',
  lost: 'lost',
  unchanged: 'unchanged',
}

export const sayChanges = (kind: ChangeKind, count: number): string =>
  `${grouped(count)} ${CHANGES[kind]}`

/** `+1 wanted, +3 others, 2 lost`. */
export const sayDifference = (
  gained: number,
  lost: number,
  hasWanted: boolean,
): string => {
  const others = hasWanted ? gained - 1 : gained
  const noun = hasWanted ? (others === 1 ? 'other' : 'others') : 'gained'
  return [
    ...(hasWanted ? ['+1 wanted'] : []),
    `+${grouped(others)} ${noun}`,
    `${grouped(lost)} lost`,
  ].join(', ')
}

/** Why a match of one text is none of the other. */
export const sayWhyChanged = (kind: ChangeKind, sentence: string): string =>
  kind === 'gained' ? `Before: ${sentence}` : `Now: ${sentence}`

export const REPAIR = {
  looking: 'Trying edits of the rule…',
  nothingToTry: 'No single edit of the rule would make it match.',
  more: 'More edits',
  keep: 'Keep',
  discard: 'Discard',
  diff: 'Diff',
  comparing: 'Comparing…',
  notCompared: 'These two texts cannot be compared.',
  nothingChanged: 'Both texts match the same.',
  wanted: 'wanted',
} as const
