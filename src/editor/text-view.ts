import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Span } from '../language/ast'
import type { Diagnostic, QuickFix } from '../language/diagnostics'
import { applyFix, showProblems } from './lint'

/** One view of many texts: each keeps its own history, selection and scroll place. */
export interface TextView {
  readonly view: EditorView
  /** Shows a text, by its id. */
  open(id: string, text: string): void
  /** Puts the problems of the text shown under it. */
  showProblems(problems: readonly Diagnostic[]): void
  applyFix(fix: QuickFix): void
  /** Selects a span, brings it into view and takes the focus. */
  jumpTo(span: Span): void
  destroy(): void
}

/** `onEdit` is called for every change by hand, with the whole text. */
export function createTextView(
  parent: HTMLElement,
  own: Extension,
  onEdit: (text: string) => void,
): TextView {
  const extensions = [own, tellEdits(onEdit)]
  const kept = new Map<string, EditorState>()
  let shown: string | undefined
  const stateOf = (doc: string) => EditorState.create({ doc, extensions })
  const view = new EditorView({ parent, state: stateOf('') })
  return {
    view,
    open(id, text) {
      if (id !== shown) {
        if (shown !== undefined) kept.set(shown, view.state)
        view.setState(kept.get(id) ?? stateOf(text))
        shown = id
      }
      const changes = changeTo(view.state.doc.toString(), text)
      if (changes) view.dispatch({ changes, userEvent: OUTSIDE })
    },
    showProblems: (problems) => view.dispatch(showProblems(view.state, problems)),
    applyFix(fix) {
      const transaction = applyFix(view.state, fix)
      if (transaction) view.dispatch(transaction)
    },
    jumpTo({ from, to }) {
      const end = view.state.doc.length
      view.dispatch({
        selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
        effects: EditorView.scrollIntoView(Math.min(from, end), { y: 'center' }),
      })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}

/** Marks changes that come from the page: undone like any other, but not told back to it. */
const OUTSIDE = 'outside'

const tellEdits = (onEdit: (text: string) => void): Extension =>
  EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    const fromPage = transactions.some((change) => change.isUserEvent(OUTSIDE))
    if (docChanged && !fromPage) onEdit(state.doc.toString())
  })

/** Only what differs, so that the caret and what is folded stay where they are. */
function changeTo(old: string, text: string) {
  if (old === text) return undefined
  const most = Math.min(old.length, text.length)
  let start = 0
  while (start < most && old[start] === text[start]) start++
  let end = 0
  while (end < most - start && old.at(-1 - end) === text.at(-1 - end)) end++
  const insert = text.slice(start, text.length - end)
  return { from: start, to: old.length - end, insert }
}

/** What is said of the text to those who do not see it. Tab leads out of it, as anywhere. */
export const namedText = (name: string): Extension =>
  EditorView.contentAttributes.of({
    'aria-label': name,
    spellcheck: 'false',
    tabindex: '0',
  })
