import { readLosslessJson } from './lossless-json'
import { type Translated, translate } from './translate'
import { isObject, unwrapRecord } from './unwrap'
import { readWindowsEvent } from './windows/from-xml'
import { nameVariant } from './windows/providers'
import { parseXml } from './windows/parse-xml'

/**
 * Reads the original of one event again, as it is shown; undefined if it is ECS already,
 * or is written in a way that only its format knows.
 */
export function translateText(text: string): Translated | undefined {
  const first = /\S/.exec(text)?.[0]
  if (first === '{') return translateJson(text)
  const from = text.indexOf('<Event')
  const root = from < 0 ? undefined : parseXml(text.slice(from))
  if (!root) return undefined
  const windows = readWindowsEvent(root)
  return { variant: nameVariant(windows, 'XML'), windows }
}

function translateJson(text: string): Translated | undefined {
  const value = readLosslessJson(text)
  const unwrapped = isObject(value) ? unwrapRecord(value) : undefined
  if (unwrapped?.kind !== 'event') return undefined
  return translate(unwrapped.source, text, unwrapped.isFields)
}
