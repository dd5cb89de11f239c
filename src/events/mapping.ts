import type { Scalar } from './column'
import { fieldTypeOf } from './ecs'
import type { Field } from './schema'

/** The parts of an index mapping we read; everything else in it is left alone. */
interface MappingNode {
  readonly type?: string
  readonly path?: string
  readonly properties?: Readonly<Record<string, MappingNode>>
  readonly fields?: Readonly<Record<string, MappingNode>>
  readonly runtime?: Readonly<Record<string, MappingNode>>
  readonly dynamic?: boolean | string
  readonly null_value?: Scalar
  readonly format?: string
  readonly normalizer?: string
}

export type MappingResult =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problem: string }

/** A loaded index mapping: its fields, and whether fields it does not name are taken in. */
export interface Mapping {
  readonly fields: ReadonlyMap<string, Field>
  /** `dynamic: true` or `runtime` said so; without a word the mapping alone decides. */
  readonly takesNewFields: boolean
}

/** Whether a JSON text looks like an index mapping rather than events or rules. */
export const looksLikeMapping = (value: unknown): boolean =>
  mappingRoots(value).length > 0

/**
 * Reads `{"mappings":{"properties":…}}`, `{"properties":…}` or the answer of
 * `GET index/_mapping`, whose indices are merged (a field mapped in any is mapped).
 * https://www.elastic.co/guide/en/elasticsearch/reference/current/mapping.html
 */
export function readMapping(text: string): MappingResult {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, problem: `The mapping is not valid JSON: ${why}` }
  }
  const roots = mappingRoots(value)
  if (roots.length === 0)
    return {
      ok: false,
      problem:
        'This is not an index mapping: it needs "properties", alone or inside "mappings".',
    }
  const fields = new Map<string, Field>()
  for (const root of roots) {
    addProperties(fields, root.properties ?? {}, '', undefined)
    addProperties(fields, root.runtime ?? {}, '', undefined)
  }
  return {
    ok: true,
    mapping: { fields: resolveAliases(fields), takesNewFields: roots.some(isDynamic) },
  }
}

const isDynamic = (root: MappingNode): boolean =>
  [true, 'true', 'runtime'].includes(root.dynamic ?? false)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function mappingRoots(value: unknown): MappingNode[] {
  if (!isObject(value)) return []
  if (isProperties(value['properties'])) return [value]
  if (isObject(value['mappings'])) return mappingRoots(value['mappings'])
  const inner = Object.values(value)
  const roots = inner.flatMap((index) => (isObject(index) ? indexRoots(index) : []))
  return roots.length === inner.length ? roots : []
}

/** Events may have a field called `properties` too; only a mapping's hold types. */
const isProperties = (value: unknown): boolean =>
  isObject(value) &&
  Object.values(value).every(
    (node) =>
      isObject(node) &&
      (typeof node['type'] === 'string' || isObject(node['properties'])),
  )

const indexRoots = (index: Record<string, unknown>): MappingNode[] =>
  isObject(index['mappings']) || isProperties(index['properties'])
    ? mappingRoots(index)
    : []

/** Marks an alias until all its targets are known. */
const aliasType = 'alias'

function addProperties(
  into: Map<string, Field>,
  nodes: Readonly<Record<string, MappingNode>>,
  prefix: string,
  nestedIn: string | undefined,
): void {
  for (const [key, node] of Object.entries(nodes)) {
    const name = prefix + key
    const field = readField(name, node, name, nestedIn)
    into.set(name, mergeFields(into.get(name), field))
    if (node.properties)
      addProperties(
        into,
        node.properties,
        `${name}.`,
        field.type === 'nested' ? name : nestedIn,
      )
    for (const [suffix, sub] of Object.entries(node.fields ?? {}))
      into.set(`${name}.${suffix}`, readField(`${name}.${suffix}`, sub, name, nestedIn))
  }
}

function readField(
  name: string,
  node: MappingNode,
  column: string,
  nestedIn: string | undefined,
): Field {
  const typeName = node.type ?? 'object'
  const exact = Object.entries(node.fields ?? {}).find(
    ([, sub]) => sub.type === 'keyword' && sub.normalizer === undefined,
  )
  return {
    name,
    type: fieldTypeOf(typeName),
    typeName,
    column: typeName === aliasType ? (node.path ?? name) : column,
    knownBy: 'mapping',
    ...(exact && { exact: `${name}.${exact[0]}` }),
    ...(node.null_value !== undefined && { nullValue: node.null_value }),
    ...(node.format !== undefined && { format: node.format }),
    ...(node.normalizer !== undefined && { normalizer: node.normalizer }),
    ...(nestedIn !== undefined && { nestedIn }),
  }
}

/** The same field in several indices: one field that reads every format of them. */
function mergeFields(before: Field | undefined, field: Field): Field {
  if (before?.typeName !== field.typeName || before.format === field.format) return field
  return {
    ...field,
    format: `${before.format ?? defaultDates}||${field.format ?? defaultDates}`,
  }
}
const defaultDates = 'strict_date_optional_time||epoch_millis'

function resolveAliases(fields: ReadonlyMap<string, Field>): Map<string, Field> {
  return new Map(
    [...fields].map(([name, field]) => {
      if (field.typeName !== aliasType) return [name, field]
      const target = fields.get(field.column)
      return [name, target ? { ...target, name } : { ...field, type: 'unsupported' }]
    }),
  )
}
