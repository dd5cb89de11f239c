import { ecsFields, fieldTypeOf } from './ecs'
import { inferType, type ObservedColumns } from './inferred-field'
import type { Field, Schema } from './schema'

/**
 * The fields that exist when no mapping is loaded: those ECS defines and those any loaded
 * event has (design, decision 3).
 */
export function unionSchema(events: ObservedColumns): Schema {
  const inferred = new Map<string, Field | undefined>()
  const parents = new Set<string>()
  const found = events.columnNames().filter((name) => !BESIDE.has(name))
  const names = [...new Set([...ecs.keys(), ...found])]
  for (const name of names) addParents(parents, name)

  const inferOnce = (name: string): Field | undefined => {
    if (!inferred.has(name)) inferred.set(name, inferField(events, name))
    return inferred.get(name)
  }
  const field = (name: string): Field | undefined => {
    if (BESIDE.has(name)) return undefined
    const known = ecs.get(name)
    if (known && known.type !== 'object') return known
    return inferOnce(name) ?? known ?? (parents.has(name) ? objectField(name) : undefined)
  }
  return { model: 'union', field, names: () => names }
}

/** What says of an event where it is, and is no field of it: no query may name it. */
const BESIDE: ReadonlySet<string> = new Set(['_index'])

function addParents(parents: Set<string>, name: string): void {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const parent = name.slice(0, dot)
    if (parents.has(parent)) return
    parents.add(parent)
  }
}

const objectField = (name: string): Field => ({
  name,
  type: 'object',
  typeName: 'object',
  column: name,
  knownBy: 'data',
})

function inferField(events: ObservedColumns, name: string): Field | undefined {
  const observed = events.column(name)?.observed
  const type = observed && (isFlattened(name) ? 'keyword' : inferType(observed))
  return type && { name, type, typeName: type, column: name, knownBy: 'data' }
}

const isFlattened = (name: string): boolean =>
  ancestors(name).some((parent) => ecs.get(parent)?.type === 'flattened')

const ancestors = (name: string): string[] => {
  const parts = name.split('.')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'))
}

const ecs: ReadonlyMap<string, Field> = readCatalogue()

function readCatalogue(): Map<string, Field> {
  const nested = new Set(
    ecsFields.filter((field) => field.typeName === 'nested').map(({ name }) => name),
  )
  return new Map(
    ecsFields.map(({ name, typeName, parent }) => {
      const nestedIn = ancestors(name).find((above) => nested.has(above))
      const field: Field = {
        name,
        type: fieldTypeOf(typeName),
        typeName,
        column: parent ?? name,
        knownBy: 'ecs',
        ...(nestedIn !== undefined && { nestedIn }),
      }
      return [name, field]
    }),
  )
}
