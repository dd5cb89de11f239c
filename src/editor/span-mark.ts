import { StateEffect, StateField, type EditorState } from '@codemirror/state'
import type { Extension, Text, TransactionSpec } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { Span } from '../language/ast'

/** A mark that is put on the text from outside, and goes along with edits. */
export interface SpanMark<S extends Span> {
  readonly extension: Extension
  /**
   * Puts it on a span, or with undefined nowhere; with `scrolls` the span is brought into
   * view. Focus and selection stay as they are.
   */
  readonly put: (
    state: EditorState,
    span: S | undefined,
    scrolls: boolean,
  ) => TransactionSpec
}

/** `draw`: from a span that may reach past the end of the text. `margin`: px kept clear. */
export function makeSpanMark<S extends Span>(
  draw: (doc: Text, span: S) => DecorationSet,
  look: Extension,
  margin: number,
): SpanMark<S> {
  const setSpan = StateEffect.define<S | undefined>()
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (before, { changes, effects, newDoc }) =>
      effects.reduce((now, effect) => {
        if (!effect.is(setSpan)) return now
        return effect.value ? draw(newDoc, effect.value) : Decoration.none
      }, before.map(changes)),
    provide: (marked) => EditorView.decorations.from(marked),
  })
  return {
    extension: [field, look],
    put: (state, span, scrolls) => {
      const mark = setSpan.of(span)
      if (!span || !scrolls || span.from > state.doc.length) return { effects: mark }
      const where = { y: 'nearest', yMargin: margin } as const
      return { effects: [mark, EditorView.scrollIntoView(span.from, where)] }
    },
  }
}
