import { parseLossless } from './lossless-json'
import { isObject } from './unwrap'
import { badRecordText } from './wording'

/** Why a text is no event, in a sentence. */
export function explainRefusal(text: string, line: number): string {
  const read = parseLossless(text)
  return 'problem' in read
    ? badRecordText.json(read.problem, text, line)
    : badRecordText.notObject(nameKind(read.value))
}

/** The object that a text is, if it is one; `JSON.parse` may have rounded its integers. */
export function parseObject(text: string) {
  // Failing to parse is a hundred times as slow as this.
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return isObject(found) ? { found, isExact: false } : undefined
  } catch {
    return undefined
  }
}

/** What tells one hit of a search from another; undefined if it has no id of its own. */
export function keyOfHit(text: string): string | undefined {
  const hit = parseObject(text)?.found
  if (hit?.['_id'] === undefined || hit['missing'] === true) return undefined
  return JSON.stringify([hit['_index'], hit['_id']])
}

function nameKind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}
