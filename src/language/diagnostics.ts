import type { Span } from './ast'

/** What Elasticsearch says of the same mistake (language.md 8.3–8.6). */
export interface ElasticError {
  readonly type:
    | 'parsing_exception'
    | 'verification_exception'
    | 'ql_illegal_argument_exception'
    | 'illegal_argument_exception'
    | 'action_request_validation_exception'
    | 'arithmetic_exception'
    | 'illegal_state_exception'
  readonly status: 400 | 500
  /** 1-based, as the server prints them (language.md 8.4). */
  readonly line: number
  readonly column: number
  /** The message after `line L:C: `. */
  readonly message: string
}

/** One edit that mends the problem. */
export interface QuickFix {
  readonly label: string
  readonly edits: readonly (Span & { readonly insert: string })[]
}

/** A user's mistake or a hint, as data; nothing of this is ever thrown. */
export interface Diagnostic extends Span {
  readonly severity: 'error' | 'warning' | 'hint'
  /** Stable and ours, such as `unknown-field`. */
  readonly code: string
  /** A plain sentence. */
  readonly message: string
  /** What to do about it, a plain sentence. */
  readonly remedy?: string
  readonly elastic?: ElasticError
  readonly fixes?: readonly QuickFix[]
}
