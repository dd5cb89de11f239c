/** A field as the loaded events and ECS have it. */
export interface MappedField {
  readonly name: string
  readonly type: string
  /** Of a multi-field or an alias: the field whose values it shares. */
  readonly of?: string | undefined
}

type Properties = Record<string, Property>
interface Property {
  type?: string
  properties?: Properties
  /** Multi-fields: the same values under other types. */
  fields?: Properties
}

/**
 * The mapping of an index that takes the loaded events:
 * `{"mappings":{"properties":…}}`. A name that is a field and holds others too cannot be
 * both in one index; it stays an object, and is told in `left`.
 */
export function mapFields(fields: readonly MappedField[]): {
  readonly mappings: { readonly properties: Readonly<Properties> }
  readonly left: readonly string[]
} {
  const properties: Properties = {}
  const own = fields.filter(
    ({ of, type }) => of === undefined && !NOT_MADE.includes(type),
  )
  const parents = new Set(own.flatMap(({ name }) => prefixesOf(name)))
  const left: string[] = []
  for (const { name, type } of own) {
    if (parents.has(name)) left.push(name)
    else define(propertiesOf(properties, name), lastOf(name), { type: madeType(type) })
  }
  for (const { name, type, of } of fields) {
    const field = of !== undefined && name === `${of}.${lastOf(name)}`
    const parent = field ? propertiesOf(properties, of)[lastOf(of)] : undefined
    if (parent?.type)
      define((parent.fields ??= {}), lastOf(name), { type: madeType(type) })
  }
  return { mappings: { properties }, left }
}

/** Objects come with what they hold. */
const NOT_MADE: readonly string[] = ['object', 'nested', 'unsupported']

/** Two types need a parameter that events do not tell. */
const madeType = (type: string): string =>
  type === 'scaled_float' ? 'double' : type === 'constant_keyword' ? 'keyword' : type

function propertiesOf(root: Properties, name: string): Properties {
  let place = root
  for (const part of name.split('.').slice(0, -1)) {
    const property = Object.hasOwn(place, part) ? place[part]! : {}
    define(place, part, property)
    place = property.properties ??= {}
  }
  return place
}

/** Also for a name such as `__proto__`. */
const define = (place: Properties, name: string, value: Property) =>
  Object.defineProperty(place, name, { value, enumerable: true, writable: true })

const prefixesOf = (name: string): readonly string[] => {
  const parts = name.split('.')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'))
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
