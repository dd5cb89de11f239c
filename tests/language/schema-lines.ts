import type { Field, FieldType, Schema } from '../../src/events/schema'

/**
 * A schema drawn as `name: type` lines. After the type may stand `exact=name`,
 * `in=nested field`, `normalizer=name` or, for what EQL cannot use, `as=type name`.
 */
export function readSchema(lines: string): Schema {
  const fields = new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => readField(line.trim()))
      .map((field) => [field.name, field]),
  )
  const names = [...fields.keys()]
  return { model: 'mapping', field: (name) => fields.get(name), names: () => names }
}

function readField(line: string): Field {
  const [, name = '', type = '', rest = ''] = /^(\S+): (\S+)(.*)$/.exec(line) ?? []
  const options = new Map(
    rest
      .trim()
      .split(' ')
      .map((option) => option.split('=') as [string, string]),
  )
  const [exact, nestedIn, normalizer] = ['exact', 'in', 'normalizer'].map((key) =>
    options.get(key),
  )
  return {
    name,
    type: type as FieldType,
    typeName: options.get('as') ?? type,
    column: options.get('of') ?? name,
    knownBy: 'mapping',
    ...(exact !== undefined && { exact }),
    ...(nestedIn !== undefined && { nestedIn }),
    ...(normalizer !== undefined && { normalizer }),
  }
}
