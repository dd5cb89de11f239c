import { StateEffect, StateField, type EditorState } from '@codemirror/state'
import type { Extension, Range, Text, TransactionSpec } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { Span } from '../language/ast'

/** The place in the text that is spoken of elsewhere: what broke, or a whole step. */
export interface MarkedSpan extends Span {
  readonly kind: 'near-miss' | 'step'
}

const setMark = StateEffect.define<MarkedSpan | undefined>()

const marks = {
  'near-miss': Decoration.mark({ class: 'cm-marked cm-marked-near-miss' }),
  step: Decoration.mark({ class: 'cm-marked cm-marked-step' }),
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { changes, effects, newDoc }) =>
    effects.reduce(
      (now, effect) => (effect.is(setMark) ? drawMark(newDoc, effect.value) : now),
      before.map(changes),
    ),
  provide: (marked) => EditorView.decorations.from(marked),
})

/** Room for the mark of `markSpan`: soft, and no part of the selection. */
export const markedSpan = (): Extension => [field, look]

/**
 * Marks a span, or with undefined nothing; with `scrolls` it is brought into view. The
 * focus stays where it is. Spans past the end of the text are cut.
 */
export function markSpan(
  state: EditorState,
  span: MarkedSpan | undefined,
  scrolls: boolean,
): TransactionSpec {
  const mark = setMark.of(span)
  if (!span || !scrolls || span.from > state.doc.length) return { effects: mark }
  const scroll = EditorView.scrollIntoView(span.from, { y: 'nearest', yMargin: 40 })
  return { effects: [mark, scroll] }
}

/** Line by line, without what a line is indented by. */
function drawMark(doc: Text, span: MarkedSpan | undefined): DecorationSet {
  if (!span) return Decoration.none
  const end = Math.min(span.to, doc.length)
  const ranges: Range<Decoration>[] = []
  for (let at = span.from; at < end;) {
    const line = doc.lineAt(at)
    const from = Math.max(at, line.from + line.text.search(/\S|$/))
    const to = Math.min(end, line.to)
    if (from < to) ranges.push(marks[span.kind].range(from, to))
    at = line.to + 1
  }
  return Decoration.set(ranges)
}

const look = EditorView.theme({
  '.cm-marked': { borderRadius: '2px' },
  '.cm-marked-near-miss': {
    backgroundColor: 'color-mix(in srgb, var(--near) 16%, transparent)',
    textDecoration: 'underline 1.5px color-mix(in srgb, var(--near) 75%, transparent)',
    textUnderlineOffset: '4px',
  },
  '.cm-marked-step': {
    backgroundColor: 'color-mix(in srgb, var(--step, var(--accent)) 14%, transparent)',
  },
})
