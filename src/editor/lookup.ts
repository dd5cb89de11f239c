import type { EngineApi, FieldInfo } from '../worker/api'

/** What completion and hover ask about the loaded events. */
export type Lookup = Pick<EngineApi, 'fields' | 'values'>

/** `keyword · 1,204 events`, or where else the field is known from. */
export function printField({ type, knownBy, events }: FieldInfo): string {
  if (events > 0) return `${type} · ${events.toLocaleString('en')} events`
  return knownBy === 'ecs' ? `${type} · ECS, in no event` : `${type} · in no event`
}
