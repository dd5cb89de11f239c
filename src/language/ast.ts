/** A stretch of the query text: UTF-16 offsets, `to` exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type LiteralType =
  'string' | 'integer' | 'long' | 'unsigned_long' | 'double' | 'boolean' | 'null'

export interface Literal extends Span {
  readonly kind: 'literal'
  readonly type: LiteralType
  /** bigint for long beyond ±2^53 and for unsigned_long. */
  readonly value: string | number | bigint | boolean | null
}

export interface FieldRef extends Span {
  readonly kind: 'field'
  /** Dotted path, quoting removed. */
  readonly name: string
  /** Written `?name`. */
  readonly optional: boolean
}

export interface Call extends Span {
  readonly kind: 'call'
  /** As written, without the `~`; names are case-insensitive. */
  readonly name: string
  readonly caseInsensitive: boolean
  readonly args: readonly Expression[]
  readonly nameSpan: Span
}

/** Unary minus; a unary plus leaves no node. */
export interface Negate extends Span {
  readonly kind: 'negate'
  readonly operand: Expression
}

export interface Arithmetic extends Span {
  readonly kind: 'arithmetic'
  readonly op: '+' | '-' | '*' | '/' | '%'
  readonly left: Expression
  readonly right: Expression
}

export interface Compare extends Span {
  readonly kind: 'compare'
  readonly op: '==' | '!=' | '<' | '<=' | '>' | '>='
  readonly left: Expression
  readonly right: Expression
  readonly opSpan: Span
}

/** `x in (…)`; `x not in (…)` is a Not around it. */
export interface In extends Span {
  readonly kind: 'in'
  readonly operand: Expression
  readonly items: readonly Expression[]
  readonly caseInsensitive: boolean
}

export interface Match extends Span {
  readonly kind: 'match'
  readonly op: ':' | 'like' | 'like~' | 'regex' | 'regex~'
  readonly operand: Expression
  readonly patterns: readonly Literal[]
  readonly opSpan: Span
}

/** Chains of the same connective are one node with two or more operands. */
export interface Logic extends Span {
  readonly kind: 'and' | 'or'
  readonly operands: readonly Expression[]
}

export interface Not extends Span {
  readonly kind: 'not'
  readonly operand: Expression
}

export type Expression =
  Literal | FieldRef | Call | Negate | Arithmetic | Compare | In | Match | Logic | Not

/** The word before `where`; `any` has no name. */
export interface Category extends Span {
  readonly any: boolean
  readonly name: string
}

/** `category where condition` */
export interface EventQuery extends Span {
  readonly kind: 'event'
  readonly category: Category
  readonly condition: Expression
}

/** One bracketed query of a sequence or sample. */
export interface Step extends Span {
  readonly query: EventQuery
  /** `![ … ]` */
  readonly missing: boolean
  /** The step's own `by` fields; the sequence's come before them. */
  readonly by: readonly FieldRef[]
  /** 1 when not written. */
  readonly runs: number
  readonly runsSpan?: Span
}

export interface Maxspan extends Span {
  /** Milliseconds. */
  readonly ms: number
  /** As written, `5m`. */
  readonly text: string
}

export interface Sequence extends Span {
  readonly kind: 'sequence'
  readonly by: readonly FieldRef[]
  readonly maxspan?: Maxspan
  readonly steps: readonly Step[]
  readonly until?: Step
}

export interface Sample extends Span {
  readonly kind: 'sample'
  readonly by: readonly FieldRef[]
  readonly steps: readonly Step[]
}

export interface Pipe extends Span {
  readonly name: 'head' | 'tail'
  readonly count: number
}

export interface Query extends Span {
  readonly text: string
  readonly body: EventQuery | Sequence | Sample
  readonly pipes: readonly Pipe[]
}
