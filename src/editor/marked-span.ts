import type { Range, Text } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { Span } from '../language/ast'
import { makeSpanMark } from './span-mark'

/** The place in the text that is spoken of elsewhere: what broke, or a whole step. */
export interface MarkedSpan extends Span {
  readonly kind: 'near-miss' | 'step'
}

const marks = {
  'near-miss': Decoration.mark({ class: 'cm-marked cm-marked-near-miss' }),
  step: Decoration.mark({ class: 'cm-marked cm-marked-step' }),
}

/** Line by line, without what a line is indented by. */
function drawMark(doc: Text, span: MarkedSpan): DecorationSet {
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

/** A soft mark that is no part of the selection. */
export const markedSpan = makeSpanMark(drawMark, look, 40)
