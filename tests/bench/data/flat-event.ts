import type { Fleet } from './fleet'
import type { Json } from './lean-event'
import { drawEvent, sayEvent } from './winlogbeat-event'

const PROVIDERS = {
  Security: {
    SourceName: 'Microsoft-Windows-Security-Auditing',
    ProviderGuid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
    Level: '0',
    Keywords: '0x8020000000000000',
  },
  'Microsoft-Windows-Sysmon/Operational': {
    SourceName: 'Microsoft-Windows-Sysmon',
    ProviderGuid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
    Level: '4',
    Keywords: '0x8000000000000000',
  },
}

/**
 * The events of `makeWinlogbeatEvent` as a script around Get-WinEvent exports them: one
 * flat object, the data of the event beside what Windows says of every event.
 */
export function makeFlatEvent(fleet: Fleet, time: number): Json {
  const { machine, written } = drawEvent(fleet)
  const { channel = 'Microsoft-Windows-Sysmon/Operational', code } = written
  const { all, lines } = sayEvent(written, time)
  const stamp = new Date(time).toISOString()
  return {
    ...PROVIDERS[channel],
    Channel: channel,
    Hostname: `${machine.name}.corp.example`,
    TimeCreated: stamp,
    '@timestamp': stamp,
    EventID: code,
    Message: lines.join('\r\n'),
    Task: String(code),
    ...all,
  }
}
