import type { ValueType } from './value-types'

/** What an argument must be; `any` is every type that has an exact form. */
export type ArgumentType = 'string' | 'integer' | 'numeric' | 'boolean' | 'ip' | 'any'

export interface Parameter {
  readonly name: string
  readonly type: ArgumentType
  readonly optional?: true
  /** The last one only: may be repeated. */
  readonly variadic?: true
  /** No field may stand in it. */
  readonly constant?: true
}

/** How a function may be called, and what it gives. */
export interface Signature {
  /** In its usual spelling; names are case-insensitive. */
  readonly name: string
  /** Whether `name~` exists. */
  readonly hasTilde: boolean
  readonly parameters: readonly Parameter[]
  /** `arithmetic`: by the types of its two arguments (language.md 3.10). */
  readonly result: ValueType | 'arithmetic'
  readonly description: string
  readonly example: string
}

const string = (name: string): Parameter => ({ name, type: 'string' })
const numeric = (name: string): Parameter => ({ name, type: 'numeric' })
const optional = (name: string, type: ArgumentType): Parameter => ({
  name,
  type,
  optional: true,
})

const arithmetic = (name: string, description: string, example: string): Signature => ({
  name,
  hasTilde: false,
  parameters: [numeric('a'), numeric('b')],
  result: 'arithmetic',
  description,
  example,
})

const stringTest = (
  name: string,
  part: string,
  description: string,
  example: string,
): Signature => ({
  name,
  hasTilde: true,
  parameters: [string('source'), string(part)],
  result: 'boolean',
  description,
  example,
})

/** Every function of EQL, by name (language.md 4). There are no others. */
export const signatures: readonly Signature[] = [
  arithmetic('add', 'The sum of two numbers.', 'add(source.bytes, destination.bytes)'),
  {
    name: 'between',
    hasTilde: true,
    parameters: [
      string('source'),
      string('left'),
      string('right'),
      optional('greedy', 'boolean'),
    ],
    result: 'keyword',
    description:
      'The text between the first left and the next right, or the last right if greedy; empty if either is not found.',
    example: 'between(process.command_line, "/tn \\"", "\\"")',
  },
  {
    name: 'cidrMatch',
    hasTilde: false,
    parameters: [
      { name: 'address', type: 'ip' },
      { name: 'block', type: 'string', variadic: true, constant: true },
    ],
    result: 'boolean',
    description: 'Whether an IP address lies in any of the CIDR blocks.',
    example: 'cidrMatch(destination.ip, "10.0.0.0/8", "fe80::/10")',
  },
  {
    name: 'concat',
    hasTilde: false,
    parameters: [{ name: 'value', type: 'any', variadic: true }],
    result: 'keyword',
    description: 'All values as one text; null if any of them is null.',
    example: 'concat(user.domain, "\\\\", user.name)',
  },
  arithmetic(
    'divide',
    'The quotient; of two whole numbers a whole number, cut toward zero.',
    'divide(file.size, 1024)',
  ),
  stringTest(
    'endsWith',
    'suffix',
    'Whether a text ends with another.',
    'endsWith~(file.name, ".job")',
  ),
  {
    name: 'indexOf',
    hasTilde: true,
    parameters: [string('source'), string('part'), optional('start', 'integer')],
    result: 'integer',
    description:
      'The position, from 0, of the first occurrence at or after start; null if there is none.',
    example: 'indexOf(process.command_line, "http", 4)',
  },
  {
    name: 'length',
    hasTilde: false,
    parameters: [string('source')],
    result: 'integer',
    description: 'The number of characters of a text.',
    example: 'length(process.command_line) > 2000',
  },
  arithmetic(
    'modulo',
    'The remainder of a division; it has the sign of the first number.',
    'modulo(process.pid, 4)',
  ),
  arithmetic('multiply', 'The product of two numbers.', 'multiply(event.severity, 10)'),
  {
    name: 'number',
    hasTilde: false,
    parameters: [string('text'), optional('base', 'integer')],
    result: 'double',
    description: 'The number a text spells, 0x… being hexadecimal; fails on other texts.',
    example: 'number(winlog.event_data.LogonType)',
  },
  stringTest(
    'startsWith',
    'prefix',
    'Whether a text starts with another.',
    'startsWith~(dll.path, "C:\\\\Users\\\\")',
  ),
  {
    name: 'string',
    hasTilde: false,
    parameters: [{ name: 'value', type: 'any' }],
    result: 'keyword',
    description: 'Any value as a text.',
    example: 'string(process.pid)',
  },
  stringTest(
    'stringContains',
    'part',
    'Whether a text contains another; never an empty one.',
    'stringContains~(process.command_line, process.name)',
  ),
  {
    name: 'substring',
    hasTilde: false,
    parameters: [
      string('source'),
      { name: 'start', type: 'integer' },
      optional('end', 'integer'),
    ],
    result: 'keyword',
    description:
      'The text from start up to but without end; negative positions count from the end.',
    example: 'substring(file.name, -4)',
  },
  arithmetic(
    'subtract',
    'The difference of two numbers.',
    'subtract(destination.bytes, source.bytes)',
  ),
]

const byName: ReadonlyMap<string, Signature> = new Map(
  signatures.map((signature) => [signature.name.toLowerCase(), signature]),
)

export const findSignature = (name: string): Signature | undefined =>
  byName.get(name.toLowerCase())

/** Least and most arguments; undefined for no upper bound. */
export function arityOf({ parameters }: Signature): [least: number, most?: number] {
  const least = parameters.filter(({ optional }) => !optional).length
  return parameters.at(-1)?.variadic ? [least] : [least, parameters.length]
}

/** The parameter an argument stands for. */
export const parameterAt = ({ parameters }: Signature, index: number) =>
  parameters[Math.min(index, parameters.length - 1)]!
