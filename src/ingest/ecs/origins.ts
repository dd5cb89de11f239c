import type { WindowsEvent } from '../windows/windows-event'
import type { EcsOptions } from './ecs-sink'
import { mapWindowsEvent } from './map-windows'

/** Where a field of ECS is from. */
export interface FieldOrigin {
  /**
   * `parts`: parts of the event; `said`: the file says it as ECS itself; `ours`: it is
   * known of the event, but not written in it.
   */
  readonly kind: 'parts' | 'said' | 'ours'
  /** Such as `EventData.TargetFilename`, `System.Computer`. */
  readonly parts: readonly string[]
  /** Only extended mode gives the field this value. */
  readonly isExtended: boolean
}

/** Maps an event once more, for where each of its fields is from. */
export function readOrigins(
  event: WindowsEvent,
  options: EcsOptions,
): ReadonlyMap<string, FieldOrigin> {
  const origins = new Map<string, FieldOrigin>()
  const extended = new Set<string>()
  mapWindowsEvent(
    event,
    {
      put(field, _, from) {
        if (!origins.has(field))
          origins.set(field, originOf(field, from, extended.has(field)))
      },
      extend(field) {
        if (!origins.has(field)) extended.add(field)
      },
    },
    options,
  )
  return origins
}

function originOf(field: string, from: string, isExtended: boolean): FieldOrigin {
  if (from === '') return { kind: 'ours', parts: [], isExtended }
  if (from === field) return { kind: 'said', parts: [field], isExtended }
  return { kind: 'parts', parts: [...new Set(from.split(' '))], isExtended }
}
