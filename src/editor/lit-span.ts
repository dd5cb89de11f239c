import { StateEffect, StateField, type EditorState } from '@codemirror/state'
import type { Extension, TransactionSpec } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { Span } from '../language/ast'

const setLit = StateEffect.define<Span | undefined>()

const lit = Decoration.mark({ class: 'cm-lit' })

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { changes, effects, newDoc }) =>
    effects.reduce((now, effect) => {
      if (!effect.is(setLit)) return now
      const { from = 0, to = 0 } = effect.value ?? {}
      const end = Math.min(to, newDoc.length)
      return from < end ? Decoration.set(lit.range(from, end)) : Decoration.none
    }, before.map(changes)),
  provide: (marked) => EditorView.decorations.from(marked),
})

/** Room for the light of `lightSpan`, which comes and goes as one points elsewhere. */
export const litSpan = (): Extension => [field, look]

/**
 * Lights up what is pointed at elsewhere on the page, or with undefined puts it out; with
 * `scrolls` it is brought into view. Focus and selection stay as they are.
 */
export function lightSpan(
  state: EditorState,
  span: Span | undefined,
  scrolls: boolean,
): TransactionSpec {
  const light = setLit.of(span)
  if (!span || !scrolls || span.from > state.doc.length) return { effects: light }
  const scroll = EditorView.scrollIntoView(span.from, { y: 'nearest', yMargin: 24 })
  return { effects: [light, scroll] }
}

const look = EditorView.theme({
  '.cm-lit': {
    borderRadius: '2px',
    // Nothing shines through, or it would be hard to read where marks meet.
    backgroundColor: 'color-mix(in srgb, var(--accent) 10%, var(--surface))',
    boxShadow: '0 0 0 1px color-mix(in srgb, var(--accent) 55%, transparent)',
    boxDecorationBreak: 'clone',
  },
})
