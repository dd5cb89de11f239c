import type { WindowsEvent, WindowsEventDraft } from './windows-event'

const SYSMON = 'Microsoft-Windows-Sysmon'
const AUDITING = 'Microsoft-Windows-Security-Auditing'
const EVENTLOG = 'Microsoft-Windows-Eventlog'
const SERVICES = 'Service Control Manager'

export const isSysmon = ({ provider }: WindowsEvent): boolean => provider === SYSMON

/** Events of the event log service itself are found in the channels it serves. */
const OF_THE_LOG: ReadonlySet<string> = new Set(['104', '1100', '1102', '1104', '1105'])

/** By channel, in lower case, where the name of the channel does not begin with it. */
const BY_CHANNEL: ReadonlyMap<string, string> = new Map([
  ['security', AUDITING],
  ['windows powershell', 'PowerShell'],
  ['linux-sysmon/operational', 'Linux-Sysmon'],
])

const CHANNELS: ReadonlyMap<string, string> = new Map([
  [SYSMON, 'Microsoft-Windows-Sysmon/Operational'],
  [AUDITING, 'Security'],
  ['Microsoft-Windows-PowerShell', 'Microsoft-Windows-PowerShell/Operational'],
  ['PowerShell', 'Windows PowerShell'],
  ['Microsoft-Windows-TaskScheduler', 'Microsoft-Windows-TaskScheduler/Operational'],
  [SERVICES, 'System'],
])

/** Names the provider after the channel, or the channel after the provider, if one is missing. */
export function inferNames(event: WindowsEventDraft): void {
  const { provider, channel } = event
  if (provider === undefined && channel !== undefined)
    event.provider = providerOf(channel, event.eventId)
  if (channel === undefined && provider !== undefined)
    event.channel = CHANNELS.get(provider)
}

function providerOf(channel: string, eventId: string | undefined): string | undefined {
  const name = channel.toLowerCase()
  const isOfTheLog = eventId !== undefined && OF_THE_LOG.has(eventId)
  if (isOfTheLog && (name === 'security' || name === 'system')) return EVENTLOG
  if (name === 'system' && eventId !== undefined && /^70\d\d$/.test(eventId))
    return SERVICES
  const [beginning = '', rest] = channel.split('/')
  return BY_CHANNEL.get(name) ?? (rest === undefined ? undefined : beginning)
}

const LOGS: ReadonlyMap<string, string> = new Map([
  [SYSMON, 'Sysmon'],
  ['Linux-Sysmon', 'Sysmon for Linux'],
  [AUDITING, 'Security'],
  ['Microsoft-Windows-PowerShell', 'PowerShell'],
  ['PowerShell', 'PowerShell'],
  ['Microsoft-Windows-TaskScheduler', 'Task Scheduler'],
  [SERVICES, 'System'],
])

/** What kind of events these are, for people: `Sysmon (flat JSON)`. */
export function nameVariant({ provider }: WindowsEvent, shape: string): string {
  const log = provider === undefined ? undefined : LOGS.get(provider)
  return `${log ?? 'Other Windows logs'} (${shape})`
}
