import type { SessionMode } from '../state/open-session.svelte'
import { printBytes } from '../events/load-wording'
import { grouped } from '../result/time-text'
import type { SessionSize } from '../../session/session-sizes'
import type { StoredBytes } from '../../session/stored-here'

/** All sentences about sessions and where they are kept. */

const several = (count: number, one: string): string =>
  `${grouped(count)} ${count === 1 ? one : `${one}s`}`

/** Why this tab does not save what is open. */
export const sayMode = (mode: SessionMode): string =>
  mode === 'taken'
    ? 'was taken over by another tab. What you see here stays; what you change here is not saved.'
    : 'is open in another tab, which saves it. What you change here is not saved.'

export const TAB = {
  name: 'Open in another tab',
  takeOver: 'Take over',
  takeOverHint: 'The other tab writes what it has, and saves nothing more',
  copy: 'Work on a copy',
} as const

/** `5 rules, 5 files, 212 events`; without the events while they are not known. */
export const saySizes = ({ rules, sources, events }: SessionSize): string =>
  [
    several(rules, 'rule'),
    several(sources, 'file'),
    ...(events === undefined ? [] : [several(events, 'event')]),
  ].join(', ')

/** `41 MB`, `41 MB + 3 MB shared`, `3 MB shared`. */
export const sayBytes = ({ ownBytes, sharedBytes }: SessionSize): string => {
  const shared = `${printBytes(sharedBytes)} shared`
  if (sharedBytes === 0) return printBytes(ownBytes)
  return ownBytes === 0 ? shared : `${printBytes(ownBytes)} + ${shared}`
}

/** `1 file is not stored`; nothing where all are. */
export const sayLost = (lost: number): string =>
  lost === 0 ? '' : `${several(lost, 'file')} ${lost === 1 ? 'is' : 'are'} not stored`

/** `41 MB of 12 GB used.` */
export const sayRoom = ({ usedBytes, roomBytes }: StoredBytes): string =>
  usedBytes === undefined || roomBytes === undefined
    ? 'The browser does not tell how much is stored.'
    : `${printBytes(usedBytes)} of ${printBytes(roomBytes)} used.`

export const sayKept = (isKept: boolean): string =>
  isKept
    ? 'The browser keeps it until you delete it.'
    : 'When the disk is full, the browser may delete it.'

/** Of contents that the browser did not take. */
export const sayFailed = (names: readonly string[]): string =>
  `There was no room to store ${names.join(', ')}: its events last until this tab is closed. The rules are stored. Delete sessions that you need no more, then try again.`

/** `used 2026-11-21`. */
export const sayUsed = (ms: number): string =>
  `used ${new Date(ms).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}`

export const sayFound = (count: number): string => `${several(count, 'session')} found.`

export const LIST = {
  title: 'Sessions',
  about:
    'They are stored in this browser only. A file that is in several of them is stored once.',
  all: 'All…',
  search: 'Search sessions',
  order: 'Order',
  none: 'No session has this name.',
  rename: 'Rename',
  duplicate: 'Duplicate',
  remove: 'Delete',
  open: 'open',
} as const

export const STORAGE = {
  title: 'Storage',
  lacks: 'not everything is stored',
  askToKeep: 'Ask the browser to keep it',
  refused: 'The browser did not agree. It may later, when you use the page more often.',
  tryAgain: 'Try again',
  saveBundle: 'Save this session as a bundle',
  eventsOut: 'Keep the events of this session out of storage.',
  eventsOutHint:
    'Rules, tests and settings are stored; files are to be opened again each time.',
  notSaved:
    'Your last change could not be stored: there is no room, or the browser refuses. ' +
    'Delete what you need no more, or save what matters as a bundle.',
} as const

export const LOST = {
  kept: 'kept out of storage',
  gone: 'no longer stored here',
  open: 'Open again',
} as const

export const ORDER_NAMES = {
  used: 'Last used',
  name: 'Name',
  size: 'Size',
  rules: 'Number of rules',
} as const
