import type { WindowsEvent } from '../windows/windows-event'

/** Events that are mapped by the same tables. */
export type Family =
  'sysmon' | 'security' | 'powershell' | 'powershell-classic' | 'linux-sysmon' | 'other'

/** What is known of a log from its name alone. */
export interface Channel {
  readonly family: Family
  /** Data stream that Elastic's agent would write its events to. */
  readonly dataset: string
  /** Of Winlogbeat, for the logs that have one. */
  readonly module: string | undefined
  readonly os: 'windows' | 'linux'
}

const channel = (
  family: Family,
  dataset: string,
  module?: string,
  os: Channel['os'] = 'windows',
): Channel => ({ family, dataset, module, os })

const SYSMON = channel('sysmon', 'windows.sysmon_operational', 'sysmon')
const LINUX_SYSMON = channel('linux-sysmon', 'sysmon_linux.log', undefined, 'linux')
const SECURITY = channel('security', 'system.security', 'security')
const FORWARDED = channel('other', 'windows.forwarded')

/** By the name of the log in small letters (events-ecs.md 4). */
const CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ['microsoft-windows-sysmon/operational', SYSMON],
  ['linux-sysmon/operational', LINUX_SYSMON],
  ['security', SECURITY],
  ['system', channel('other', 'system.system')],
  ['application', channel('other', 'system.application')],
  [
    'microsoft-windows-powershell/operational',
    channel('powershell', 'windows.powershell_operational', 'powershell'),
  ],
  [
    'windows powershell',
    channel('powershell-classic', 'windows.powershell', 'powershell'),
  ],
])

/** By the program that logs, for events that do not say in which log they were. */
const PROVIDERS: ReadonlyMap<string, Channel> = new Map([
  ['Microsoft-Windows-Sysmon', SYSMON],
  ['Linux-Sysmon', LINUX_SYSMON],
  ['Microsoft-Windows-Security-Auditing', SECURITY],
])

/** The log of an event. Case does not matter: `security` occurs as well as `Security`. */
export function channelOf({
  channel,
  provider = '',
}: Pick<WindowsEvent, 'channel' | 'provider'>): Channel {
  const named = channel === undefined ? undefined : channelNamed(channel)
  return named ?? PROVIDERS.get(provider) ?? FORWARDED
}

const known = new Map<string, Channel | undefined>()
/** Names of logs are few; made-up ones are not to fill the memory. */
const MOST_KNOWN = 1000

function channelNamed(name: string): Channel | undefined {
  if (known.has(name)) return known.get(name)
  const found = CHANNELS.get(name.toLowerCase())
  if (known.size < MOST_KNOWN) known.set(name, found)
  return found
}
