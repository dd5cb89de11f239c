import type { JoinKeyView, ReplayFrame, ReplayPlace } from '../../worker/replay-api'
import { grouped } from '../result/time-text'

type DeedKind = ReplayFrame['deeds'][number]

/** The few words that name what an event did, with a sign that tells them apart. */
export const DEEDS: Readonly<
  Record<DeedKind, { readonly sign: string; readonly name: string }>
> = {
  matched: { sign: '✓', name: 'match' },
  violated: { sign: '✕', name: 'refused' },
  expired: { sign: '✕', name: 'too late' },
  cut: { sign: '✕', name: 'cut by until' },
  witness: { sign: '!', name: 'breaks a missing step' },
  until: { sign: '⊣', name: 'until' },
  replaced: { sign: '↻', name: 'replaces' },
  advanced: { sign: '→', name: 'advances' },
  opened: { sign: '+', name: 'begins' },
  unused: { sign: '·', name: 'ignored' },
  quiet: { sign: '·', name: 'ignored' },
  outside: { sign: '·', name: 'fits no step' },
}

const MOST_TELLING = Object.keys(DEEDS) as readonly DeedKind[]

/** Of all that an event did, what matters most. */
export const mainDeed = ({ deeds }: ReplayFrame): DeedKind =>
  MOST_TELLING.find((kind) => deeds.includes(kind)) ?? 'outside'

/** `step 2`, `step 2, run 3 of 5` */
export const sayPlace = ({ step, run, runs }: ReplayPlace): string =>
  run === undefined ? `step ${step}` : `step ${step}, run ${run} of ${runs ?? run}`

/** `0:21`, `1:02:05`, `0:00.180`: what a clock shows, to the ms where it matters. */
export const printClock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const rest = Math.round(ms - seconds * 1000)
  const two = (count: number): string => String(count).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const head = hours > 0 ? `${grouped(hours)}:${two(minutes)}` : String(minutes)
  const tail = rest > 0 ? `.${String(rest).padStart(3, '0')}` : ''
  return `${head}:${two(seconds % 60)}${tail}`
}

/** How much time a sequence has at a moment, or by how much it is over. */
export const sayTimeLeft = (deadline: number, now: number): string =>
  now <= deadline
    ? `${printClock(deadline - now)} left`
    : `${printClock(now - deadline)} over time`

export const sayKeyState = ({ step, matches, pending }: JoinKeyView): string =>
  [
    `to step ${step}`,
    ...(matches > 0
      ? [`${grouped(matches)} ${matches === 1 ? 'match' : 'matches'}`]
      : []),
    ...(pending > 0 ? [`${grouped(pending)} waiting`] : []),
  ].join(', ')

export const sayKeys = (shown: number, total: number): string =>
  shown < total
    ? `The first ${grouped(shown)} of ${grouped(total)} keys`
    : `${grouped(total)} ${total === 1 ? 'key' : 'keys'}`

export const sayMatchesSoFar = (count: number): string =>
  count === 1 ? '1 match so far' : `${grouped(count)} matches so far`

export const REPLAY = {
  none: 'Choose a match or a near miss to follow its join key, event by event.',
  stale: 'The rule has changed: its new result can be followed as soon as it is here.',
  failed: 'The engine could not tell what became of this key.',
  loading: 'Following the key…',
  empty: 'No event of this key satisfies any step.',
  noBreak: 'Nothing further meets a breakpoint.',
  others: 'Also events that fit no step',
  calm: 'Playing is off because this device asks for less motion.',
} as const
