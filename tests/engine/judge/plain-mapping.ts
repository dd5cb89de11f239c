import { scalarsAt, type PlainEvent, type PlainScalar } from './plain-event'

/** A field as a mapping tells it. `path` is where its values are in the event. */
export interface PlainField {
  readonly type: string
  readonly path: string
  readonly nullValue?: PlainScalar
}

/** Undefined for a name that no field has. */
export type PlainFields = (name: string) => PlainField | undefined

export interface PlainProperty {
  readonly type?: string
  readonly path?: string
  readonly null_value?: PlainScalar
  readonly properties?: Readonly<Record<string, PlainProperty>>
  readonly fields?: Readonly<Record<string, PlainProperty>>
}

/** The fields of `{"properties": …}`: it alone decides which there are. */
export function fieldsOfMapping(
  properties: Readonly<Record<string, PlainProperty>>,
): PlainFields {
  const fields = new Map<string, PlainField>()
  const add = (name: string, path: string, property: PlainProperty): void => {
    const { type, null_value: nullValue } = property
    if (type !== undefined && type !== 'alias')
      fields.set(name, { type, path, ...(nullValue !== undefined && { nullValue }) })
    for (const [key, inner] of Object.entries(property.properties ?? {}))
      add(`${name}.${key}`, `${path}.${key}`, inner)
    for (const [key, inner] of Object.entries(property.fields ?? {}))
      add(`${name}.${key}`, path, inner)
  }
  for (const [name, property] of Object.entries(properties)) add(name, name, property)
  for (const [name, { type, path }] of Object.entries(properties)) {
    const target = type === 'alias' && path !== undefined ? fields.get(path) : undefined
    if (target) fields.set(name, target)
  }
  return (name) => fields.get(name)
}

/** Without a mapping: some fields of ECS, then whatever the events show. */
export const fieldsOfEvents =
  (events: readonly PlainEvent[]): PlainFields =>
  (name) => {
    const type =
      ecs[name] ?? typeOfValues(events.flatMap((e) => scalarsAt(e.source, name)))
    return type === undefined ? undefined : { type, path: name }
  }

const ecs: Readonly<Record<string, string>> = {
  '@timestamp': 'date',
  'event.category': 'keyword',
  'process.name': 'keyword',
  'process.pid': 'long',
  'process.args': 'keyword',
  'source.ip': 'ip',
  'user.name': 'keyword',
}

function typeOfValues(scalars: readonly PlainScalar[]): string | undefined {
  const kinds = new Set(scalars.filter((scalar) => scalar !== null).map(kindOf))
  if (kinds.size === 0) return undefined
  if (kinds.has('keyword')) return 'keyword'
  if (kinds.has('boolean')) return kinds.size === 1 ? 'boolean' : 'keyword'
  if (kinds.has('double')) return 'double'
  return kinds.has('unsigned_long') ? 'unsigned_long' : 'long'
}

function kindOf(scalar: Exclude<PlainScalar, null>): string {
  if (typeof scalar === 'boolean') return 'boolean'
  if (typeof scalar === 'string') return 'keyword'
  if (typeof scalar === 'bigint')
    return scalar < 2n ** 63n && scalar >= -(2n ** 63n) ? 'long' : 'unsigned_long'
  return Number.isInteger(scalar) ? 'long' : 'double'
}
