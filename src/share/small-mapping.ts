import { readJson } from './reproduction'

type Node = Readonly<Record<string, unknown>>

/**
 * An index mapping (as JSON) with nothing but what these fields need: themselves, the
 * objects that hold them, and what they are aliases of. The text as it is where that is
 * no mapping of one index.
 */
export function shrinkMapping(text: string, fields: readonly string[]): string {
  const mapping = readJson(text)
  if (!isNode(mapping)) return text
  const body = isNode(mapping['mappings']) ? mapping['mappings'] : mapping
  const { properties, runtime } = body
  if (!isNode(properties)) return text
  const wanted = new Set(fields)
  // What an alias stands for may be an alias again.
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size
    for (const path of aliasPaths(properties, '', wanted)) wanted.add(path)
  }
  const small = {
    ...('dynamic' in body && { dynamic: body['dynamic'] }),
    properties: keepOf(properties, '', wanted),
    ...(isNode(runtime) && { runtime: keepOf(runtime, '', wanted) }),
  }
  return JSON.stringify({ mappings: small })
}

function keepOf(properties: Node, prefix: string, wanted: ReadonlySet<string>): Node {
  const kept = Object.entries(properties).flatMap(([key, node]) => {
    const name = prefix + key
    if (!isNode(node) || !isWanted(name, wanted)) return []
    const { properties: below } = node
    const small = isNode(below)
      ? { ...node, properties: keepOf(below, `${name}.`, wanted) }
      : node
    return [[key, small] as const]
  })
  return Object.fromEntries(kept)
}

/** Itself, what is below it, or what it is below: a multi-field is below its field. */
const isWanted = (name: string, wanted: ReadonlySet<string>): boolean =>
  [...wanted].some(
    (field) =>
      field === name || field.startsWith(`${name}.`) || name.startsWith(`${field}.`),
  )

function aliasPaths(
  properties: Node,
  prefix: string,
  wanted: ReadonlySet<string>,
): readonly string[] {
  return Object.entries(properties).flatMap(([key, node]) => {
    const name = prefix + key
    if (!isNode(node) || !isWanted(name, wanted)) return []
    const { type, path, properties: below } = node
    if (type === 'alias' && typeof path === 'string') return [path]
    return isNode(below) ? aliasPaths(below, `${name}.`, wanted) : []
  })
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
