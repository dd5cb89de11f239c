import type { FieldNode } from '../events/field-node'
import type { GrowingTable } from '../events/growing-table'
import type { KeepFilter } from './keep-filter'
import { type JsonObject, type JsonValue, MAX_DEPTH } from './lossless-json'

/** How writing an event into the table went. */
export type Flattened =
  | 'done'
  | 'too-deep'
  /** It holds integers that `JSON.parse` may have rounded. */
  | 'rounded'

/**
 * Writes events into the row that a table is at. Nested objects, dotted keys and
 * arrays of objects are the same fields; arrays of arrays are one array
 * (language.md A). Unless the answer is `done`, the row is to be abandoned.
 */
export class Flattener {
  private isExact = false

  constructor(
    private readonly table: Pick<GrowingTable, 'root' | 'put' | 'passOver'>,
    private readonly keep: KeepFilter | undefined,
  ) {}

  /**
   * `isExact`: integers beyond 2^53 are bigint already. `isFields`: the event is the
   * `fields` of a hit, where even single values stand in an array.
   */
  flatten(
    event: JsonObject,
    options: { readonly isExact: boolean; readonly isFields: boolean },
  ): Flattened {
    this.isExact = options.isExact
    const { root } = this.table
    for (const key in event) {
      if (key === '_id' && isId(event[key])) continue
      let value = event[key]!
      if (options.isFields && Array.isArray(value) && value.length === 1)
        value = value[0]!
      const result = this.write(root.child(key), value, 1, false)
      if (result !== 'done') return result
    }
    return 'done'
  }

  /** Writes the value of one field, whose integers are as they were written. */
  put(node: FieldNode, value: JsonValue): Flattened {
    this.isExact = true
    return this.write(node, value, 1, false)
  }

  private write(
    node: FieldNode,
    value: JsonValue,
    depth: number,
    inArray: boolean,
  ): Flattened {
    if (typeof value === 'object' && value !== null) {
      if (depth === MAX_DEPTH) return 'too-deep'
      return Array.isArray(value)
        ? this.writeArray(node, value, depth + 1)
        : this.writeObject(node, value, depth + 1, inArray)
    }
    if (typeof value === 'number' && isRounded(value) && !this.isExact) return 'rounded'
    if (this.keep?.keepsField(node) === false) this.table.passOver(node, value)
    else this.table.put(node, value, inArray)
    return 'done'
  }

  private writeArray(
    node: FieldNode,
    values: readonly JsonValue[],
    depth: number,
  ): Flattened {
    for (const value of values) {
      const result = this.write(node, value, depth, true)
      if (result !== 'done') return result
    }
    return 'done'
  }

  private writeObject(
    node: FieldNode,
    members: JsonObject,
    depth: number,
    inArray: boolean,
  ): Flattened {
    for (const key in members) {
      const result = this.write(node.child(key), members[key]!, depth, inArray)
      if (result !== 'done') return result
    }
    return 'done'
  }
}

/** Whether a value of `_id` names the event; then it is no field of it. */
export const isId = (value: JsonValue | undefined) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'

const isRounded = (value: number) =>
  (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) &&
  Number.isInteger(value)
