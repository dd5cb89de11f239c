import type { JsonObject } from '../lossless-json'
import { isObject } from '../unwrap'
import { HuntingRow } from './hunting-row'
import { mapHuntingRow } from './map-hunting-row'

/** A row of advanced hunting as ECS, and what it was. */
export interface ReadDefender {
  readonly variant: string
  readonly record: JsonObject
}

/** Whether a record is a row of advanced hunting. */
export const isDefender = (found: JsonObject): boolean => findRow(found) !== undefined

/**
 * Reads a record that is a row of advanced hunting (events-formats.md 3, variant I);
 * undefined if it is none.
 */
export function readDefender(found: JsonObject): ReadDefender | undefined {
  const row = findRow(found)
  return row && { variant: nameVariant(row), record: mapHuntingRow(row) }
}

function findRow(found: JsonObject): HuntingRow | undefined {
  if (typeof found['ActionType'] === 'string') {
    if (found['Timestamp'] === undefined && found['TimeGenerated'] === undefined)
      return undefined
    const { Type: type } = found
    return new HuntingRow(found, typeof type === 'string' && type ? type : undefined)
  }
  // As Event Hubs hand it on: the row is among its properties.
  const { category, properties } = found
  if (typeof category !== 'string' || !isObject(properties)) return undefined
  return category.startsWith('AdvancedHunting-')
    ? new HuntingRow(properties, category)
    : undefined
}

const nameVariant = ({ table }: HuntingRow): string =>
  table ? `Microsoft Defender ${table}` : 'Microsoft Defender, other tables'
