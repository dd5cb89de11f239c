import { ecsArrays, ecsFields } from '../../events/ecs'
import { numericTypes } from '../../events/schema'
import { type JsonObject, type JsonValue, readLosslessJson } from '../lossless-json'
import { isObject } from '../unwrap'
import { LocalTimes } from './local-times'

const TYPES: ReadonlyMap<string, string> = new Map(
  ecsFields.map(({ name, typeName }) => [name, typeName]),
)
const NUMBERS: ReadonlySet<string> = new Set(numericTypes)
/** What a hit says beside its event. */
const BESIDE: ReadonlySet<string> = new Set([
  ...['_score', '_version', '_type', '_ignored', '_seq_no', '_primary_term', 'sort'],
  ...['_tier', '_routing', '_nested_path', '_doc_count', '_field_names', '_feature'],
])

/**
 * Undoes what Kibana does to values when it writes them into a table, as far as the type
 * that ECS gives a field tells how (events-formats.md 2): times get a zone, whole numbers
 * lose their thousands separators, and what was joined by `, ` becomes an array again.
 */
export class KibanaRow {
  private readonly times: LocalTimes

  constructor(timeZone: string | undefined) {
    this.times = new LocalTimes(timeZone)
  }

  /** Whether times were read that say nothing of their zone. */
  get hasLocalTimes(): boolean {
    return this.times.isUsed
  }

  /** The zone by which they were read. */
  get zone(): string {
    return this.times.zone
  }

  get hasWrongZone(): boolean {
    return this.times.isWrong
  }

  /** The event of a row, as a hit has it; undefined where its `_source` cannot be read. */
  read(columns: readonly string[], cells: readonly string[]): JsonObject | undefined {
    const source: Record<string, JsonValue> = {}
    const hit: Record<string, JsonValue> = {}
    for (const [at, name] of columns.entries()) {
      const cell = cells[at]!
      if (isMissing(cell) || BESIDE.has(name)) continue
      if (name === '_id' || name === '_index') hit[name] = cell
      else if (name === '_source') {
        const whole = readSource(cell)
        if (!whole) return undefined
        Object.assign(source, whole)
      } else source[name] = this.readCell(name, cell)
    }
    return { ...hit, _source: source }
  }

  private readCell(name: string, cell: string): JsonValue {
    const type = TYPES.get(name)
    if (type === undefined) return readText(cell)
    const isNumber = NUMBERS.has(type)
    if (isNumber || ecsArrays.has(name)) {
      const parts = type === 'date' ? [cell] : cell.split(', ')
      const values = parts.map((part) => this.readValue(type, part))
      return values.length === 1 && !ecsArrays.has(name) ? values[0]! : values
    }
    return this.readValue(type, cell)
  }

  private readValue(type: string, text: string): JsonValue {
    if (type === 'date') return this.times.read(text)
    if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true'
    if (NUMBERS.has(type)) return readNumber(text) ?? readText(text)
    return readText(text)
  }
}

const isMissing = (cell: string): boolean => cell === '' || cell === '-'

/** A formula is kept from being one by an apostrophe. */
function readText(text: string): string {
  if (text === '(empty)') return ''
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text
}

/** Only whole numbers have separators that can be told from anything else. */
function readNumber(text: string): JsonValue | undefined {
  const bare = readText(text)
  const whole = /^-?\d{1,3}(?:,\d{3})+$/.test(bare) ? bare.replaceAll(',', '') : bare
  const read = readLosslessJson(whole)
  return typeof read === 'number' || typeof read === 'bigint' ? read : undefined
}

/** Older versions write the whole event into one cell, as JSON. */
function readSource(cell: string): JsonObject | undefined {
  const read = readLosslessJson(readText(cell))
  if (!isObject(read)) return undefined
  const { _source: source } = read
  return isObject(source) ? source : read
}
