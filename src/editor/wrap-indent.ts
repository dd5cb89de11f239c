import { RangeSetBuilder, type Extension, type Line } from '@codemirror/state'
import {
  Decoration,
  EditorView,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'

/** The rest of a wrapped line stands this far in from its beginning, columns. */
const FURTHER = 2
/** Lines that begin further in than this wrap as if they began here, columns. */
const MOST = 24

/**
 * Wrapped lines go on under their own beginning, not at the margin:
 *
 *     |  registry.path : ("HKLM\\SOFTWARE\\Microsoft\\Windows
 *     |    NT\\CurrentVersion\\Schedule", …
 */
export const wrapIndent = (): Extension => [
  EditorView.lineWrapping,
  ViewPlugin.fromClass(WrapIndent, { decorations: (plugin) => plugin.decorations }),
]

class WrapIndent {
  decorations: DecorationSet

  constructor(view: EditorView) {
    this.decorations = indentVisible(view)
  }
  update(update: ViewUpdate): void {
    if (update.docChanged || update.viewportChanged)
      this.decorations = indentVisible(update.view)
  }
}

function indentVisible({ visibleRanges, state }: EditorView): DecorationSet {
  const decorations = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges)
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at)
      decorations.add(line.from, line.from, hangingIndent(columnsOf(line, state.tabSize)))
      at = line.to + 1
    }
  return decorations.finish()
}

function columnsOf({ text }: Line, tabSize: number): number {
  const lead = /^\s*/.exec(text)?.[0] ?? ''
  return lead.length + (lead.split('\t').length - 1) * (tabSize - 1)
}

const hangingIndent = (columns: number): Decoration => {
  const hang = Math.min(columns, MOST) + FURTHER
  return Decoration.line({
    attributes: {
      style: `padding-left: calc(0.5rem + ${hang}ch); text-indent: -${hang}ch`,
    },
  })
}
