import type { TextPatterns } from '../events/column'
import type { Truth } from './evidence'
import type { Value } from './field-values'

/** What a leaf over one field says of the field's values in one event, none if absent. */
export interface ColumnTest {
  /** Rough effort of one call, 1 for a comparison; Infinity if it may fail. */
  readonly effort: number
  /** @throws EvaluationFailure */
  judge(values: readonly Value[]): Truth
  /** When it is asked of each value alone: whether it is true of one. */
  readonly isTrueOf?: (value: Value) => boolean
  /** When it is null where there is no value, and nowhere else. */
  readonly isNullWithoutValue?: boolean
  /** When it is true only of values that are one of these texts, in any ASCII case. */
  readonly texts?: readonly string[] | undefined
  /** When it is true of all values that are one of `texts`: whether in any ASCII case. */
  readonly textsMean?: 'just these' | 'any case' | undefined
  /** For a field of texts: quicker ways to ask; made when some content is asked. */
  readonly asks?: (() => TextAsks) | undefined
  /** For scripts: as their leaf has it. */
  readonly isCapped?: () => boolean
}

/** What a test says of one text of a field of texts. */
export interface TextAsks {
  /** The test itself, of a text that is in lower case (ASCII). */
  readonly folded?: ((text: string) => boolean) | undefined
  /** When it is true only of texts that match some of these wildcard patterns, as folded. */
  readonly needs?: readonly string[] | undefined
  /** When it is true just of those that match. */
  readonly patterns?: TextPatterns | undefined
}
