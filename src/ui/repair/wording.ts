import type { ChangeKind, RepairAnswer, RepairView } from '../../worker/repair-api'
import { grouped } from '../result/time-text'

/** All sentences of repairs, scratch versions and their comparison. */

export const sayOthers = (others: number): string =>
  `+${grouped(others)} ${others === 1 ? 'other' : 'others'}`

export const sayLost = (lost: number): string => `${grouped(lost)} lost`

/** Whether a repair mends the near miss, changes nothing else, and nothing speaks against it. */
export const isClean = ({
  others,
  lost,
  note,
}: Pick<RepairView, 'others' | 'lost'> & {
  readonly note?: string | undefined
}): boolean => others === 0 && lost === 0 && note === undefined

/** Of how many edits those are that make it match, or why there is none. */
export const sayTried = ({ tried, of, none }: RepairAnswer): string => {
  if (none !== undefined) return none
  const edits = `${grouped(tried)} ${tried === 1 ? 'edit' : 'edits'}`
  const all = tried < of ? `${edits} of ${grouped(of)}` : edits
  return `Tried ${all} over all events the rule looks at.`
}

export const sayMore = (count: number): string =>
  `${grouped(count)} more ${count === 1 ? 'edit' : 'edits'} would do`

export const sayScratch = (repairs: number): string =>
  repairs === 1 ? 'Scratch version' : `Scratch version, ${grouped(repairs)} repairs`

/** Heads of the lists of a comparison. */
export const sayChanges = (kind: ChangeKind, count: number): string => {
  const matches = `${grouped(count)} ${count === 1 ? 'match' : 'matches'}`
  return { gained: `+ ${matches} gained`, lost: `− ${matches} lost`, unchanged: matches }[
    kind
  ].concat(kind === 'unchanged' ? ' unchanged' : '')
}

/** Why a match of one text is none of the other. */
export const sayWhyChanged = (kind: ChangeKind, sentence: string): string =>
  kind === 'gained' ? `Before: ${sentence}` : `Now: ${sentence}`

export const REPAIR = {
  region: 'What the change does',
  changes: 'Matches of the two texts',
  title: 'Edits that would make it match',
  wanted: '+1 wanted',
  looking: 'Trying edits of the rule…',
  fewer: 'Show fewer',
  clean: 'Nothing else changes.',
  notClean: 'More changes than was wanted: look at them before you keep it.',
  hint: 'The rule is only tried out with this text.',
  acts: 'What becomes of the scratch version',
  keep: 'Keep',
  discard: 'Discard',
  back: 'Undo the last repair',
  showDiff: 'Show diff',
  comparing: 'Comparing what the two texts match…',
  notCompared: 'The two texts could not be compared.',
  nothingChanged: 'Both texts match the same.',
  textChange: 'The change of the text',
  isWanted: 'wanted',
  showUnchanged: 'Show them',
  hideUnchanged: 'Hide them',
} as const
