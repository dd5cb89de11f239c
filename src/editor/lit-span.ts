import { Decoration, EditorView } from '@codemirror/view'
import type { Span } from '../language/ast'
import { makeSpanMark } from './span-mark'

const lit = Decoration.mark({ class: 'cm-lit' })

const look = EditorView.theme({
  '.cm-lit': {
    borderRadius: '2px',
    // Nothing shines through, or it would be hard to read where marks meet.
    backgroundColor: 'color-mix(in srgb, var(--accent) 10%, var(--surface))',
    boxShadow: '0 0 0 1px color-mix(in srgb, var(--accent) 55%, transparent)',
    boxDecorationBreak: 'clone',
  },
})

/** The light on what is pointed at elsewhere on the page. */
export const litSpan = makeSpanMark<Span>(
  (doc, { from, to }) => {
    const end = Math.min(to, doc.length)
    return from < end ? Decoration.set(lit.range(from, end)) : Decoration.none
  },
  look,
  24,
)
