/** A recorded suite, as the conformance folder's own README lays it down. */
export interface Suite {
  readonly name: string
  readonly kind: 'search' | 'error' | 'parse' | 'expression'
  readonly dataset?: string
  readonly mapping?: string
  readonly timestamp_field?: string | null
  readonly tiebreaker_field?: string | null
  readonly event_category_field?: string | null
  readonly id_field?: string
  readonly request_defaults?: { readonly size?: number }
  readonly cases: readonly Case[]
}

export interface Case {
  readonly name: string
  readonly query?: string
  readonly expression?: string
  readonly expected?: unknown
  readonly expected_event_ids?: readonly (Id | readonly Id[])[]
  readonly any_of?: boolean
  readonly join_keys?: readonly string[]
  readonly events?: readonly Readonly<Record<string, unknown>>[]
  /** A name of a mapping, or field names and types. */
  readonly mapping?: string | Readonly<Record<string, string>>
  readonly tiebreaker_field?: string
  readonly size?: number
  readonly max_samples_per_key?: number
  readonly case_insensitive?: boolean
  readonly request?: Readonly<Record<string, unknown>> | null
  /** A verdict for `error` and `parse`, an answer for some of `search`. */
  readonly expect?: string | ExpectedAnswer
  readonly expect_error?: {
    readonly type?: string
    readonly message?: string
    readonly match?: 'exact' | 'prefix' | 'suffix' | 'contains'
  }
  readonly note?: string
  readonly tags?: readonly string[]
}
export type Id = string | number

export interface ExpectedAnswer {
  readonly total?: number
  readonly event_ids?: readonly Id[]
  readonly sequences?: readonly {
    readonly join_keys?: readonly unknown[]
    readonly event_ids?: readonly Id[]
  }[]
  readonly error?: { readonly type: string; readonly reason: string }
}

/** Undefined when the case passes, else what came instead. */
export type Verdict = string | undefined
