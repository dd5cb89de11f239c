import type { WindowsEvent } from '../windows/windows-event'
import type { EcsOptions, EcsSink } from './ecs-sink'

/** Gives a sink the fields that an event of Windows has in ECS (events-ecs.md 1, 2). */
export function mapWindowsEvent(
  event: WindowsEvent,
  sink: EcsSink,
  _options: EcsOptions,
): void {
  for (const [field, from, read] of BASE) {
    const value = read(event)
    if (value !== undefined) sink.put(field, value, from)
  }
  for (const { name, value } of event.data)
    if (name !== undefined)
      sink.put(`winlog.event_data.${name}`, value, `EventData.${name}`)
}

type Read = (event: WindowsEvent) => string | undefined

/** What every event has, whatever it is about (events-ecs.md 1). */
const BASE: readonly (readonly [field: string, from: string, read: Read])[] = [
  ['@timestamp', 'System.TimeCreated', ({ timeCreated }) => timeCreated],
  ['event.code', 'System.EventID', ({ eventId }) => eventId],
  ['event.provider', 'System.Provider', ({ provider }) => provider],
  ['winlog.provider_name', 'System.Provider', ({ provider }) => provider],
  ['winlog.event_id', 'System.EventID', ({ eventId }) => eventId],
  ['winlog.channel', 'System.Channel', ({ channel }) => channel],
  ['winlog.computer_name', 'System.Computer', ({ computer }) => computer],
  ['winlog.record_id', 'System.EventRecordID', ({ recordId }) => recordId],
  ['host.name', 'System.Computer', ({ computer }) => computer],
]
