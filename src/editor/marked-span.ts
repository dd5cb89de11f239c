import { StateEffect, StateField, type EditorState } from '@codemirror/state'
import type { Extension, Range, TransactionSpec } from '@codemirror/state'
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
  update: (before, { changes, effects }) =>
    effects.reduce(
      (now, effect) => (effect.is(setMark) ? drawMark(effect.value) : now),
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
  const { length } = state.doc
  if (!span || span.from >= length) return { effects: setMark.of(undefined) }
  const mark = setMark.of({ ...span, to: Math.min(span.to, length) })
  const scroll = EditorView.scrollIntoView(span.from, { y: 'nearest', yMargin: 40 })
  return { effects: scrolls ? [mark, scroll] : mark }
}

function drawMark(span: MarkedSpan | undefined): DecorationSet {
  const isEmpty = !span || span.from >= span.to
  const ranges: Range<Decoration>[] = isEmpty
    ? []
    : [marks[span.kind].range(span.from, span.to)]
  return Decoration.set(ranges)
}

const look = EditorView.theme({
  '.cm-marked': { borderRadius: '2px' },
  '.cm-marked-near-miss': {
    backgroundColor: 'color-mix(in srgb, var(--near) 18%, transparent)',
    boxShadow: 'inset 0 -2px var(--near)',
  },
  '.cm-marked-step': {
    backgroundColor: 'color-mix(in srgb, var(--step, var(--accent)) 14%, transparent)',
  },
})
