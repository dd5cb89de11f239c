import type { Span } from '../language/ast'
import { nodeAt } from '../language/node-at'
import { parseQuery } from '../language/parse'
import { typeOf } from '../language/type-of'
import type { ValueType } from '../language/value-types'
import type { FieldInfo } from '../worker/api'

/** The expression at an offset and the type of its values, if both are known. */
export function findTypeAt(
  text: string,
  offset: number,
  fields: readonly FieldInfo[],
): (Span & { readonly type: ValueType }) | undefined {
  const { query } = parseQuery(text)
  const node = query && nodeAt(query, offset)
  const type = node && typeOf(node, fieldsByName(fields))
  return type && { from: node.from, to: node.to, type }
}

const fieldsByName = (fields: readonly FieldInfo[]): Parameters<typeof typeOf>[1] => ({
  field(name) {
    const known = fields.find((field) => field.name === name)
    return known && { ...known, typeName: known.type, column: name }
  },
})
