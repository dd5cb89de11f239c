import { printLiteral, printName } from '../language/print-literal'

/**
 * A test on one event, as filters and exceptions of Kibana make it. True or false, never
 * unknown: an event without the field does not pass (rules.md 3.10).
 */
export type EventTest =
  | { readonly kind: 'all' | 'any'; readonly tests: readonly EventTest[] }
  | { readonly kind: 'not'; readonly test: EventTest }
  | { readonly kind: 'exists'; readonly field: string }
  /** The field has one of the values; numbers and addresses may be written as text. */
  | {
      readonly kind: 'equals'
      readonly field: string
      readonly values: readonly Scalar[]
    }
  /** Patterns of Elasticsearch: `*`, `?`, and a backslash before what is meant itself. */
  | {
      readonly kind: 'wildcard'
      readonly field: string
      readonly pattern: string
      readonly ignoresCase: boolean
    }
  | { readonly kind: 'range'; readonly field: string; readonly bounds: readonly Bound[] }
  /**
   * All tests hold for one and the same element of a list of objects. Fields are given
   * whole. Columns do not know which values belong to one element.
   */
  | { readonly kind: 'nested'; readonly path: string; readonly test: EventTest }

export type Scalar = string | number | boolean
export interface Bound {
  readonly op: '<' | '<=' | '>' | '>='
  readonly value: Scalar
}

/** The fields that a test asks of events. */
export function fieldsOfTest(test: EventTest): readonly string[] {
  if ('tests' in test) return test.tests.flatMap(fieldsOfTest)
  return 'test' in test ? fieldsOfTest(test.test) : [test.field]
}

/** The type of a field as the schema has it; undefined for one that no event has. */
export type TypeOfField = (field: string) => string | undefined

/** A test as an EQL condition. */
export interface PrintedTest {
  readonly condition: string
  /** False where the condition may be true of more events than the test. */
  readonly isExact: boolean
}

/**
 * Prints a test as an EQL condition that is true of the same events. Types decide how a
 * value is written; a field of no type is asked for as `?field`. Inside `nested` the tests
 * are joined by `and`, which is exact for lists of one object; `isExact` says so.
 */
export function printEventTest(test: EventTest, typeOf: TypeOfField): PrintedTest {
  const isExact = !holdsNested(test)
  return { condition: print(test, typeOf, false), isExact }
}

function holdsNested(test: EventTest): boolean {
  if (test.kind === 'nested') return true
  if (test.kind === 'not') return holdsNested(test.test)
  return 'tests' in test && test.tests.some(holdsNested)
}

/** `negated` is carried down to the leaves, where null has to be thought of. */
function print(test: EventTest, typeOf: TypeOfField, negated: boolean): string {
  switch (test.kind) {
    case 'not':
      return print(test.test, typeOf, !negated)
    case 'nested':
      return print(test.test, typeOf, negated)
    case 'all':
    case 'any':
      return joinTests(
        test.tests.map((each) => print(each, typeOf, negated)),
        (test.kind === 'all') !== negated,
      )
    case 'exists':
      return `${nameOf(test.field, typeOf)} ${negated ? '==' : '!='} null`
    default: {
      const leaf = printLeaf(test, typeOf)
      if (leaf === undefined) return String(negated)
      const isMissing = `${nameOf(test.field, typeOf)} == null`
      return negated ? `(${isMissing} or not (${leaf}))` : leaf
    }
  }
}

function joinTests(parts: readonly string[], isAll: boolean): string {
  const [only] = parts
  if (only === undefined) return String(isAll)
  return parts.length === 1 ? only : `(${parts.join(isAll ? ' and ' : ' or ')})`
}

type Leaf = Extract<EventTest, { readonly kind: 'equals' | 'wildcard' | 'range' }>

/** Undefined: no event can pass. */
function printLeaf(test: Leaf, typeOf: TypeOfField): string | undefined {
  const name = nameOf(test.field, typeOf)
  const type = typeOf(test.field)
  if (test.kind === 'wildcard') return printWildcard(name, test.pattern, test.ignoresCase)
  if (test.kind === 'range') {
    const bounds = test.bounds.flatMap(({ op, value }) => {
      const literal = printScalar(value, type)
      return literal === undefined ? [] : [`${name} ${op} ${literal}`]
    })
    return bounds.length === test.bounds.length ? joinTests(bounds, true) : undefined
  }
  return printEquals(name, type, test.values)
}

function printEquals(
  name: string,
  type: string | undefined,
  values: readonly Scalar[],
): string | undefined {
  if (type === 'ip') return printAddresses(name, values.map(String))
  const literals = values.flatMap((value) => printScalar(value, type) ?? [])
  if (literals.length === 0) return undefined
  if (literals.length === 1) return `${name} == ${literals.join('')}`
  return `${name} in (${literals.join(', ')})`
}

/** Addresses are blocks of one; Elasticsearch takes both in the place of the other. */
function printAddresses(name: string, values: readonly string[]): string | undefined {
  const blocks = values
    .filter((value) => /^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/\d+)?$/i.test(value))
    .map((value) =>
      value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`,
    )
  if (blocks.length === 0) return undefined
  return `cidrMatch(${[name, ...blocks.map(printText)].join(', ')})`
}

/** EQL's `like` has no way to mean a star itself; `regex` has. */
function printWildcard(name: string, pattern: string, ignoresCase: boolean): string {
  const pieces = [...pattern.matchAll(/\\([^])|([*?])|([^\\*?]+|\\$)/g)]
  const isPlain = pieces.every(([, escaped]) => escaped !== '*' && escaped !== '?')
  const tilde = ignoresCase ? '~' : ''
  if (isPlain) {
    const text = pieces.map(([whole, escaped]) => escaped ?? whole).join('')
    return `${name} like${tilde} ${printText(text)}`
  }
  const regex = pieces.map(([whole, escaped, sign]) => {
    if (sign !== undefined) return sign === '*' ? '.*' : '.'
    return (escaped ?? whole).replaceAll(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, '\\$&')
  })
  return `${name} regex${tilde} ${printText(regex.join(''))}`
}

/** A value in the field's own type; undefined where it cannot be one of it. */
function printScalar(value: Scalar, type: string | undefined): string | undefined {
  if (type !== undefined && NUMBERS.has(type)) {
    const number = String(value).trim()
    return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(number) ? number : undefined
  }
  if (type === 'boolean') return /^(?:true|false)$/.exec(String(value))?.[0]
  return printText(String(value))
}
const NUMBERS = new Set([
  ...['long', 'integer', 'short', 'byte', 'unsigned_long'],
  ...['double', 'float', 'half_float', 'scaled_float'],
])

const printText = (value: string) => printLiteral({ type: 'string', value })

const nameOf = (field: string, typeOf: TypeOfField) =>
  `${typeOf(field) === undefined ? '?' : ''}${printName(field)}`
