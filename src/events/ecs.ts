import { numericTypes, type FieldType } from './schema'
import catalogue from './ecs-fields.json'

/** Version of the Elastic Common Schema the catalogue was made from. */
export const ecsVersion = catalogue.version

interface EcsField {
  readonly name: string
  readonly typeName: string
  /** For a multi-field: the field whose values it shares. */
  readonly parent?: string
}

/** Every field ECS defines, multi-fields right after their field. */
export const ecsFields: readonly EcsField[] = Object.entries(catalogue.fields).flatMap(
  ([typeName, names]) =>
    names.split(' ').flatMap((entry) => {
      // `process.name+text:match_only_text`
      const [name = '', ...subs] = entry.split('+')
      return [
        { name, typeName },
        ...subs.map((sub) => {
          const [suffix = '', subType = ''] = sub.split(':')
          return { name: `${name}.${suffix}`, typeName: subType, parent: name }
        }),
      ]
    }),
)

/** The fields of which ECS says that they hold arrays, even if of one. */
export const ecsArrays: ReadonlySet<string> = new Set(catalogue.arrays.split(' '))

const usable: ReadonlySet<string> = new Set<FieldType>([
  'keyword',
  'constant_keyword',
  'wildcard',
  'text',
  'match_only_text',
  'flattened',
  ...numericTypes,
  'boolean',
  'ip',
  'date',
  'date_nanos',
  'version',
  'object',
  'nested',
])

/** A mapping's word for a type as one of ours; what EQL cannot use is 'unsupported'. */
export const fieldTypeOf = (typeName: string): FieldType =>
  // A binary field may be named but holds nothing that can be asked for.
  typeName === 'binary'
    ? 'keyword'
    : usable.has(typeName)
      ? (typeName as FieldType)
      : 'unsupported'
