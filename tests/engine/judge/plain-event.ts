/** A JSON value with nothing inside it; integers beyond ±2^53 are bigint. */
export type PlainScalar = string | number | bigint | boolean | null

/** An event as it came, and its position among the events loaded. */
export interface PlainEvent {
  readonly position: number
  readonly source: unknown
}

/**
 * All scalars at a dotted path, in the order they stand there: arrays are bags, and a
 * dotted key is the same as an object in an object (language.md 3.6, A).
 */
export function scalarsAt(node: unknown, path: string): PlainScalar[] {
  if (Array.isArray(node)) return node.flatMap((each) => scalarsAt(each, path))
  if (path === '') return isObject(node) ? [] : [node as PlainScalar]
  if (!isObject(node)) return []
  return Object.entries(node).flatMap(([key, inner]) => {
    if (key === path) return scalarsAt(inner, '')
    return path.startsWith(`${key}.`) ? scalarsAt(inner, path.slice(key.length + 1)) : []
  })
}

const isObject = (node: unknown): node is Record<string, unknown> =>
  typeof node === 'object' && node !== null
