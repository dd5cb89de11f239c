import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { bracketMatching } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import type { Span } from '../language/ast'
import type { Diagnostic, QuickFix } from '../language/diagnostics'
import { complete } from './completion'
import { applyFix, showProblems } from './lint'
import type { Lookup } from './lookup'
import { theme } from './theme'
import { isInQuery, tomlLanguage } from './toml-language'
import { wrapIndent } from './wrap-indent'

export interface SourceEditorOptions {
  readonly parent: HTMLElement
  readonly lookup: Lookup
  /** Called for every change by hand, with the whole text. */
  readonly onEdit: (text: string) => void
}

/** An editor of rules' TOML: each rule keeps its own history and selection. */
export interface SourceEditor {
  /** Shows the source of a rule, by the rule's id. */
  open(id: string, text: string): void
  showProblems(problems: readonly Diagnostic[]): void
  applyFix(fix: QuickFix): void
  /** Selects a span, brings it into view and takes the focus. */
  jumpTo(span: Span): void
  destroy(): void
}

export function createSourceEditor(options: SourceEditorOptions): SourceEditor {
  const extensions = extensionsOf(options)
  const kept = new Map<string, EditorState>()
  let shown: string | undefined
  const stateOf = (doc: string) => EditorState.create({ doc, extensions })
  const view = new EditorView({ parent: options.parent, state: stateOf('') })
  return {
    open(id, text) {
      if (id !== shown) {
        if (shown !== undefined) kept.set(shown, view.state)
        view.setState(kept.get(id) ?? stateOf(text))
        shown = id
      }
      const change = changeTo(view.state.doc.toString(), text)
      if (change) view.dispatch({ changes: change, userEvent: OUTSIDE })
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

/** Marks changes that come from the form or the query, to be undone like any other. */
const OUTSIDE = 'outside'

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

// Tab is left to the browser, so that the keyboard is never caught in the editor.
const extensionsOf = ({ lookup, onEdit }: SourceEditorOptions): Extension[] => [
  lineNumbers(),
  bracketMatching(),
  highlightSelectionMatches(),
  wrapIndent(),
  tomlLanguage(),
  autocompletion({
    override: [
      (context) =>
        isInQuery(context.state, context.pos) ? complete(context, lookup) : null,
    ],
    icons: false,
    maxRenderedOptions: 60,
  }),
  theme,
  keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap]),
  minimalSetup,
  EditorView.contentAttributes.of({
    'aria-label': 'TOML source of the rule',
    spellcheck: 'false',
    tabindex: '0',
  }),
  EditorView.updateListener.of((update) => {
    const fromPage = update.transactions.some((change) => change.isUserEvent(OUTSIDE))
    if (update.docChanged && !fromPage) onEdit(update.state.doc.toString())
  }),
]
