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

const SYSMON: Channel = {
  family: 'sysmon',
  dataset: 'windows.sysmon_operational',
  module: 'sysmon',
  os: 'windows',
}
const LINUX_SYSMON: Channel = {
  family: 'linux-sysmon',
  dataset: 'sysmon_linux.log',
  module: undefined,
  os: 'linux',
}
const SECURITY: Channel = {
  family: 'security',
  dataset: 'system.security',
  module: 'security',
  os: 'windows',
}
const FORWARDED: Channel = {
  family: 'other',
  dataset: 'windows.forwarded',
  module: undefined,
  os: 'windows',
}

/** By the name of the log in small letters (events-ecs.md 4). */
const CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ['microsoft-windows-sysmon/operational', SYSMON],
  ['linux-sysmon/operational', LINUX_SYSMON],
  ['security', SECURITY],
  ['system', { ...FORWARDED, dataset: 'system.system' }],
  ['application', { ...FORWARDED, dataset: 'system.application' }],
  [
    'microsoft-windows-powershell/operational',
    {
      family: 'powershell',
      dataset: 'windows.powershell_operational',
      module: 'powershell',
      os: 'windows',
    },
  ],
  [
    'windows powershell',
    {
      family: 'powershell-classic',
      dataset: 'windows.powershell',
      module: 'powershell',
      os: 'windows',
    },
  ],
])

/** By the program that logs, for events that do not say in which log they were. */
const PROVIDERS: ReadonlyMap<string, Channel> = new Map([
  ['Microsoft-Windows-Sysmon', SYSMON],
  ['Linux-Sysmon', LINUX_SYSMON],
  ['Microsoft-Windows-Security-Auditing', SECURITY],
])

/** The log of an event. Case does not matter: `security` occurs as well as `Security`. */
export function channelOf({ channel, provider = '' }: WindowsEvent): Channel {
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
