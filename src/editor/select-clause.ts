import type { EditorState } from '@codemirror/state'
import type { KeyBinding } from '@codemirror/view'
import type { Span } from '../language/ast'
import { nodeAt } from '../language/node-at'
import { parseQuery } from '../language/parse'

/** Selects the expression at the caret, which the page then asks of the events alone. */
export const clauseKeymap: readonly KeyBinding[] = [
  {
    key: 'Alt-Enter',
    run: (view) => {
      const { main } = view.state.selection
      const node = main.empty ? expressionAt(view.state, main.head) : undefined
      if (node) view.dispatch({ selection: { anchor: node.from, head: node.to } })
      return true
    },
  },
]

function expressionAt(state: EditorState, offset: number): Span | undefined {
  const { query } = parseQuery(state.doc.toString())
  return query && (nodeAt(query, offset) ?? nodeAt(query, offset - 1))
}
