import type { Scalar } from './column'
import { fieldTypeOf } from './ecs'
import type { Field } from './schema'

/** A part of an index mapping as it came: what is not of the right kind counts for nothing. */
type MappingNode = Readonly<Record<string, unknown>>

export type MappingResult =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problem: string }

/** A loaded index mapping: its fields, and whether fields it does not name are taken in. */
export interface Mapping {
  readonly fields: ReadonlyMap<string, Field>
  /** `dynamic: true` or `runtime` said so; without a word the mapping alone decides. */
  readonly takesNewFields: boolean
}

/**
 * Reads `{"mappings":{"properties":…}}`, `{"properties":…}` or the answer of
 * `GET index/_mapping`, whose indices are merged (a field mapped in any is mapped).
 * https://www.elastic.co/guide/en/elasticsearch/reference/current/mapping.html
 */
export function readMapping(text: string): MappingResult {
  try {
    return readRoots(mappingRoots(JSON.parse(text)))
  } catch (error) {
    if (error instanceof RangeError)
      return { ok: false, problem: 'The mapping is nested too deep.' }
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, problem: `The mapping is not valid JSON: ${error.message}` }
  }
}

function readRoots(roots: readonly MappingNode[]): MappingResult {
  if (roots.length === 0)
    return {
      ok: false,
      problem:
        'This is not an index mapping: it needs "properties", alone or inside "mappings".',
    }
  const fields = new Map<string, Field>()
  for (const root of roots) {
    addProperties(fields, root['properties'], '', undefined)
    addProperties(fields, root['runtime'], '', undefined)
  }
  return {
    ok: true,
    mapping: { fields: resolveAliases(fields), takesNewFields: roots.some(isDynamic) },
  }
}

const isDynamic = (root: MappingNode): boolean =>
  [true, 'true', 'runtime'].some((word) => word === root['dynamic'])

const isObject = (value: unknown): value is MappingNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nodesIn = (value: unknown): readonly (readonly [string, MappingNode])[] =>
  isObject(value)
    ? Object.entries(value).map(([key, node]) => [key, isObject(node) ? node : {}])
    : []

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

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

const indexRoots = (index: MappingNode): MappingNode[] =>
  isObject(index['mappings']) || isProperties(index['properties'])
    ? mappingRoots(index)
    : []

/** Marks an alias until all its targets are known. */
const aliasType = 'alias'

function addProperties(
  into: Map<string, Field>,
  nodes: unknown,
  prefix: string,
  nestedIn: string | undefined,
): void {
  for (const [key, node] of nodesIn(nodes)) {
    const name = prefix + key
    const field = readField(name, node, name, nestedIn)
    into.set(name, mergeFields(into.get(name), field))
    addProperties(
      into,
      node['properties'],
      `${name}.`,
      field.type === 'nested' ? name : nestedIn,
    )
    for (const [suffix, sub] of nodesIn(node['fields']))
      into.set(`${name}.${suffix}`, readField(`${name}.${suffix}`, sub, name, nestedIn))
  }
}

function readField(
  name: string,
  node: MappingNode,
  column: string,
  nestedIn: string | undefined,
): Field {
  const typeName = textIn(node['type']) ?? 'object'
  const nullValue = node['null_value']
  const format = textIn(node['format'])
  const normalizer = textIn(node['normalizer'])
  const exact = nodesIn(node['fields']).find(
    ([, sub]) => sub['type'] === 'keyword' && sub['normalizer'] === undefined,
  )
  return {
    name,
    type: fieldTypeOf(typeName),
    typeName,
    column: typeName === aliasType ? (textIn(node['path']) ?? name) : column,
    knownBy: 'mapping',
    ...(exact && { exact: `${name}.${exact[0]}` }),
    ...(isScalar(nullValue) && { nullValue }),
    ...(format !== undefined && { format }),
    ...(normalizer !== undefined && { normalizer }),
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
