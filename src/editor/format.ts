import type { EditorState, Transaction } from '@codemirror/state'
import type { Command, KeyBinding } from '@codemirror/view'
import { formatEdits } from '../language/format'

/** The whole text laid out anew as one undoable step; none if there is nothing to do. */
export function formatText(state: EditorState): Transaction | undefined {
  const changes = formatEdits(state.doc.toString())
  if (changes.length === 0) return undefined
  return state.update({ changes, userEvent: 'input.format', scrollIntoView: true })
}

const formatView: Command = (view) => {
  const transaction = formatText(view.state)
  if (transaction) view.dispatch(transaction)
  return true
}

/** Shift-Alt-F, as in other editors; on a Mac, Alt makes another letter of it. */
export const formatKeymap: readonly KeyBinding[] = ['Shift-Alt-f', 'Shift-Alt-Ï'].map(
  (key) => ({ key, run: formatView }),
)
