import type { EventQuery, Expression, FieldRef, Literal } from '../../../src/language/ast'

/** How a language that is no EQL says what the bundled rules ask. */
export interface Dialect {
  field(name: string): string
  /** A text or number. */
  literal(value: string | number): string
  /** Equality in any case, `*` and `?` standing for any text and any one character. */
  matches(field: string, pattern: string): string
  compare(op: '=' | '!=' | '<' | '<=' | '>' | '>=', left: string, right: string): string
  and(operands: readonly string[]): string
  or(operands: readonly string[]): string
  /** Of something that is never null. */
  not(operand: string): string
}

/**
 * An event query in another language. Only of what the bundled rules use; a condition on
 * a field that an event lacks is false, and its negation true, as in EQL.
 */
export function translate({ category, condition }: EventQuery, dialect: Dialect): string {
  const inner = translateNode(condition, dialect)
  if (category.any) return inner
  const kind = dialect.compare(
    '=',
    dialect.field('event.category'),
    dialect.literal(category.name),
  )
  return dialect.and([kind, inner])
}

function translateNode(node: Expression, dialect: Dialect): string {
  const inner = (each: Expression): string => translateNode(each, dialect)
  switch (node.kind) {
    case 'and':
      return dialect.and(node.operands.map(inner))
    case 'or':
      return dialect.or(node.operands.map(inner))
    case 'not':
      return dialect.not(inner(node.operand))
    case 'match':
      return dialect.or(
        node.patterns.map(({ value }) =>
          dialect.matches(fieldOf(node.operand, dialect), String(value)),
        ),
      )
    case 'in':
      return dialect.or(
        node.items.map((item) => compare('==', node.operand, item, dialect)),
      )
    case 'compare':
      return compare(node.op, node.left, node.right, dialect)
    default:
      throw new Error(`no bundled rule has said ${node.kind} before`)
  }
}

function compare(
  op: '==' | '!=' | '<' | '<=' | '>' | '>=',
  left: Expression,
  right: Expression,
  dialect: Dialect,
): string {
  const value = literalOf(right)
  const same = op === '==' ? '=' : op
  return dialect.compare(same, fieldOf(left, dialect), dialect.literal(value))
}

const fieldOf = (node: Expression, dialect: Dialect): string =>
  dialect.field((node as FieldRef).name)

function literalOf(node: Expression): string | number {
  const { value } = node as Literal
  if (typeof value === 'string' || typeof value === 'number') return value
  throw new Error(`no bundled rule has compared with ${String(value)} before`)
}

const quoteSql = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** One column a field, named like it. */
const sql: Omit<Dialect, 'matches'> = {
  field: (name) => `"${name}"`,
  literal: (value) => (typeof value === 'string' ? quoteSql(value) : String(value)),
  compare: (op, left, right) => `coalesce(${left} ${op} ${right}, false)`,
  and: (operands) => `(${operands.join(' and ')})`,
  or: (operands) => `(${operands.join(' or ')})`,
  not: (operand) => `not ${operand}`,
}

const likePattern = (pattern: string): string =>
  pattern.replace(/[%_^]/g, '^$&').replaceAll('*', '%').replaceAll('?', '_')

const like =
  (operator: string): Dialect['matches'] =>
  (field, pattern) =>
    `coalesce(${field} ${operator} ${quoteSql(likePattern(pattern))} escape '^', false)`

/** In SQLite `like` does not tell upper from lower case. */
export const sqlite: Dialect = { ...sql, matches: like('like') }
export const duckdb: Dialect = { ...sql, matches: like('ilike') }

const regexOf = (pattern: string): string =>
  `^${pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')}$`

/** The path of a field inside an event; of those made as arrays, their one element. */
export const pathOf = (name: string): string =>
  `.${name}${/^event\.(category|type)$/.test(name) ? '[0]' : ''}`

export const jq: Dialect = {
  field: pathOf,
  literal: (value) => JSON.stringify(value),
  matches: (field, pattern) =>
    `((${field} // "") | test(${JSON.stringify(regexOf(pattern))}; "i"))`,
  compare: (op, left, right) =>
    `(${left} as $v | $v != null and $v ${op === '=' ? '==' : op} ${right})`,
  and: (operands) => `(${operands.join(' and ')})`,
  or: (operands) => `(${operands.join(' or ')})`,
  not: (operand) => `(${operand} | not)`,
}
