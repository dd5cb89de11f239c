import type { FieldOrigin } from '../ingest/ecs/origins'

/** What an event was before it became ECS. */
export interface EventOrigin {
  /** For people: `Sysmon (EVTX)`. */
  readonly variant: string
  /** Fields of which it is known what they were made of. */
  readonly fields: readonly (FieldOrigin & { readonly name: string })[]
}
