import type { JsonObject, JsonValue } from './lossless-json'
import { isObject } from './unwrap'

/** Dots of a key beyond this number are part of its last name. */
const MOST_DOTS = 20

/**
 * A record with objects in place of dotted keys: `{"a.b": 1}` is `{"a": {"b": 1}}`. Of the
 * `fields` of a hit, single values are taken out of their arrays. The record itself, where
 * there is nothing to be done.
 */
export function nestDotted(found: JsonObject, isFields: boolean): JsonObject {
  if (!isFields && !hasDots(found)) return found
  const nested = new Nested()
  for (const key in found) {
    const value = found[key]!
    const isSingle = isFields && Array.isArray(value) && value.length === 1
    nested.put(key.split('.', MOST_DOTS), isSingle ? value[0]! : value)
  }
  return nested.root
}

type Members = Record<string, JsonValue>

function hasDots(found: JsonObject): boolean {
  for (const key in found) if (key.includes('.')) return true
  return false
}

class Nested {
  /** Objects made here, which may be written to. */
  private readonly own = new Set<JsonValue>()
  readonly root = this.make({})

  /** What stands there already as something else than an object stays. */
  put(path: readonly string[], value: JsonValue): void {
    let at = this.root
    for (const key of path.slice(0, -1)) {
      const inner = this.objectIn(at, key)
      if (!inner) return
      at = inner
    }
    const last = path.at(-1)!
    if (at[last] === undefined) at[last] = value
    else if (isObject(value)) Object.assign(this.objectIn(at, last) ?? {}, value)
  }

  private objectIn(members: Members, key: string): Members | undefined {
    const known = members[key] ?? {}
    if (!isObject(known)) return undefined
    if (this.own.has(known)) return known
    return (members[key] = this.make(known))
  }

  /** Without a prototype, so that any key is a key. */
  private make(members: JsonObject): Members {
    const made = Object.assign(Object.create(null) as Members, members)
    this.own.add(made)
    return made
  }
}
