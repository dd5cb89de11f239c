import type { EcsOptions } from '../ingest/ecs/ecs-sink'
import { msOf } from '../ingest/ecs/event-time'
import { type FieldOrigin, readOrigins } from '../ingest/ecs/origins'
import type { ReadAs } from '../ingest/read-as'
import type { VariantCount } from '../ingest/report'
import { translateText } from '../ingest/translate-text'
import type { WindowsEvent } from '../ingest/windows/windows-event'
import type { EventOrigin } from './origin-api'

/** The fields of an event, as far as they are needed to tell where they are from. */
export type KnownFields = readonly {
  readonly name: string
  readonly values: readonly unknown[]
}[]

/** What an event was before it became ECS; undefined if it was ECS. */
export function explainOrigin(
  text: string,
  fields: KnownFields,
  readAs: ReadAs,
  variants: readonly VariantCount[],
): EventOrigin | undefined {
  const translated = translateText(text)
  if (!translated) return undefined
  const variant = nameOf(translated.variant, variants)
  if (!('windows' in translated)) return { variant, fields: [] }
  const origins = readOrigins(
    translated.windows,
    optionsOf(translated.windows, fields, readAs),
  )
  return {
    variant,
    fields: fields.flatMap(({ name }) => {
      const origin =
        origins.get(name) ?? nearest(origins, name) ?? ofOtherEvents(name, readAs)
      return origin ? [{ name, ...origin }] : []
    }),
  }
}

/** As the chip of the source has it: there a binary log is not XML. */
const nameOf = (variant: string, variants: readonly VariantCount[]): string =>
  variants.find(({ name }) => logOf(name) === logOf(variant))?.name ?? variant

const logOf = (variant: string): string => variant.slice(0, variant.lastIndexOf(' ('))

/** By how much its clock was set right can be told from when it is said to be logged. */
function optionsOf(
  { timeCreated = '' }: WindowsEvent,
  fields: KnownFields,
  { mode = 'faithful', time = 'as-elastic', offsetMs = 0 }: ReadAs,
): EcsOptions {
  const [created] = fields.find(({ name }) => name === 'event.created')?.values ?? []
  const by = msOf(String(created)) - msOf(timeCreated) - offsetMs
  return { mode, time, ...(!Number.isNaN(by) && { correctionMs: by }) }
}

/** Extended mode names a process by other events of its number (ingest/ecs/name-processes). */
const ofOtherEvents = (name: string, { mode }: ReadAs): FieldOrigin | undefined =>
  mode === 'extended' && (name === 'process.name' || name === 'process.executable')
    ? { kind: 'ours', parts: [], isExtended: true }
    : undefined

/** A field within lists of objects is from where the list is from. */
function nearest(
  origins: ReadonlyMap<string, FieldOrigin>,
  name: string,
): FieldOrigin | undefined {
  for (let at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) {
    const found = origins.get(name.slice(0, at))
    if (found) return found
  }
  return undefined
}
