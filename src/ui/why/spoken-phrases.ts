import type { Span } from '../../language/ast'
import type { Paragraph } from '../../explain/in-words'

type Phrase = Paragraph['phrases'][number]

/** The place of a phrase in the query, if it tells what stands there. */
const spanOf = ({ from, to }: Phrase): Span | undefined =>
  from === undefined || to === undefined ? undefined : { from, to }

/**
 * The phrases that tell of what is selected in the text: the narrowest that holds it, else
 * all that it touches; at a caret none but that.
 */
export function phrasesAt(
  paragraphs: readonly Paragraph[],
  { from, to }: Span,
): ReadonlySet<Phrase> {
  const all = paragraphs.flatMap(({ phrases }) => phrases)
  const placed = all.flatMap((phrase) => {
    const span = spanOf(phrase)
    return span ? [{ phrase, span }] : []
  })
  const [narrowest] = placed
    .filter(({ span }) => span.from <= from && to <= span.to)
    .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))
  if (narrowest) return new Set([narrowest.phrase])
  return new Set(
    placed
      .filter(({ span }) => from < to && span.from < to && from < span.to)
      .map(({ phrase }) => phrase),
  )
}
