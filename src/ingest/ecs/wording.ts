import type { ClockNote } from './source-clocks'

const grouped = (count: number): string => count.toLocaleString('en-US')

const eventsText = (count: number): string =>
  count === 1 ? '1 event' : `${grouped(count)} events`

/** `+19 h`, `−8 h`, `+5 h 30 min`. */
function differenceText(ms: number): string {
  const minutes = Math.abs(ms) / 60_000
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(rest > 0 ? [`${rest} min`] : []),
  ]
  return `${ms < 0 ? '−' : '+'}${parts.join(' ')}`
}

/** What was done to the times of a source, in whole sentences. */
export const clockText = {
  setRight: ({ host, ms, events }: ClockNote): string =>
    `The clock of ${host || 'a machine without a name'} was set right by ` +
    `${differenceText(ms)} for ${eventsText(events)}: the UtcTime of Sysmon, or when ` +
    'events were collected, tells that it was off.',
  far: (count: number): string =>
    `${eventsText(count)} of Sysmon ${count === 1 ? 'says' : 'say'} a UtcTime more than ` +
    `5 minutes from when ${count === 1 ? 'it was' : 'they were'} logged. The time of ` +
    `logging is taken for ${count === 1 ? 'it' : 'them'}.`,
}
