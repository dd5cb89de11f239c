import type { JsonObject } from './lossless-json'
import { isObject } from './unwrap'
import type { WindowsEvent } from './windows/windows-event'
import { isRawWinlogbeat, readRawWinlogbeat } from './windows/winlogbeat'

/** What a record is that is not ECS. `variant` names it for people. */
export type Translated =
  | { readonly variant: string; readonly windows: WindowsEvent }
  /** The same event as an ECS record. */
  | { readonly variant: string; readonly record: JsonObject }

/**
 * Reads a record that is something other than ECS; undefined if it is ECS, or nothing
 * that is known. Wrappers are to be taken off before. `text` is the record as it came, and
 * serves to read integers beyond 2^53 to their last digit; without it, they are bigint.
 */
export function translate(found: JsonObject, _text?: string): Translated | undefined {
  const { event } = found
  // Most records are ECS, and show it here.
  if (isObject(event) && event['category'] !== undefined) return undefined
  if (isRawWinlogbeat(found))
    return { variant: 'Winlogbeat', windows: readRawWinlogbeat(found) }
  return undefined
}
