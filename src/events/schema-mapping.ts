import { inferType, type ObservedColumns } from './inferred-field'
import type { Mapping } from './mapping'
import type { Field, Schema } from './schema'

/**
 * A schema in which a loaded mapping says which fields exist: it alone, or, when it is
 * `dynamic`, with what the events hold besides, text as `text` with a `.keyword` below.
 * https://www.elastic.co/guide/en/elasticsearch/reference/current/dynamic-field-mapping.html
 */
export function mappingSchema(mapping: Mapping, events: ObservedColumns): Schema {
  const fields = new Map(mapping.fields)
  if (mapping.takesNewFields) addObserved(fields, events)
  const names = [...fields.keys()]
  return { model: 'mapping', field: (name) => fields.get(name), names: () => names }
}

function addObserved(fields: Map<string, Field>, events: ObservedColumns): void {
  for (const name of events.columnNames()) {
    const observed = fields.has(name) ? undefined : events.column(name)?.observed
    const type = observed && inferType(observed)
    if (!type) continue
    for (const field of type === 'keyword' ? textFields(name) : [plainField(name, type)])
      fields.set(field.name, field)
  }
}

const plainField = (name: string, type: Field['type'], column = name): Field => ({
  name,
  type,
  typeName: type,
  column,
  knownBy: 'data',
})

const textFields = (name: string): Field[] => {
  const exact = `${name}.keyword`
  return [{ ...plainField(name, 'text'), exact }, plainField(exact, 'keyword', name)]
}
