import type { Span } from '../language/ast'

/** A stretch of a sentence; with a span where it tells what stands there in the query. */
export interface Phrase {
  readonly text: string
  readonly from?: number
  readonly to?: number
  /** All of a list that the text tells in part. */
  readonly list?: readonly string[]
}

/** Words that hold sentences together and stand for nothing in the query. */
export const say = (text: string): readonly Phrase[] => (text === '' ? [] : [{ text }])

/** Words for one stretch of the query. */
export const tell = (
  { text, list }: Pick<Phrase, 'text' | 'list'>,
  { from, to }: Span,
): readonly Phrase[] => [{ text, from, to, ...(list && { list }) }]

/** Parts with words between them, and others before the last. */
export const joinPhrases = (
  parts: readonly (readonly Phrase[])[],
  between: string,
  beforeLast: string,
): readonly Phrase[] =>
  parts.flatMap((part, at) => {
    if (at === 0) return part
    return [...say(at === parts.length - 1 ? beforeLast : between), ...part]
  })
