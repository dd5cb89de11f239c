import type { Scalar } from './column'

/** Field types of Elasticsearch mappings, by their names there (language.md 3.7). */
export type FieldType =
  | 'keyword'
  | 'constant_keyword'
  | 'wildcard'
  | 'text'
  | 'match_only_text'
  | 'flattened'
  | 'long'
  | 'integer'
  | 'short'
  | 'byte'
  | 'unsigned_long'
  | 'double'
  | 'float'
  | 'half_float'
  | 'scaled_float'
  | 'boolean'
  | 'ip'
  | 'date'
  | 'date_nanos'
  | 'version'
  | 'object'
  | 'nested'
  | 'unsupported'

/** The types whose values are numbers. */
export const numericTypes: readonly FieldType[] = [
  'long',
  'integer',
  'short',
  'byte',
  'unsigned_long',
  'double',
  'float',
  'half_float',
  'scaled_float',
]

/** One usable field name, and where its values are. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  /** The mapping's own word for the type; differs from `type` for 'unsupported' ones. */
  readonly typeName: string
  /** Path of the column that holds the values (aliases and multi-fields point elsewhere). */
  readonly column: string
  readonly knownBy: 'mapping' | 'ecs' | 'data'
  /** For `text`: the keyword sub-field that answers exact questions, if there is one. */
  readonly exact?: string
  /** Stands in for an explicit null in the event. */
  readonly nullValue?: Scalar
  /** Date formats, `||` between alternatives, as in the mapping. */
  readonly format?: string
  readonly normalizer?: string
  /** A nested field this one lies under. */
  readonly nestedIn?: string
}

/**
 * Which fields exist. *union*: what the events hold or ECS defines; *mapping*: what
 * the loaded index mapping says, and nothing else (design, decision 3).
 */
export interface Schema {
  readonly model: 'union' | 'mapping'
  field(name: string): Field | undefined
  /** All field names, in a stable order, for did-you-mean and completion. */
  names(): readonly string[]
}
