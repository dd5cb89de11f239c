import {
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
} from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
  rectangularSelection,
} from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import type { Span } from '../language/ast'
import type { Diagnostic, QuickFix } from '../language/diagnostics'
import { clauseCounts, showCounts, type ClauseCounts } from './clause-counts'
import { completion } from './completion'
import { eqlLanguage } from './eql-language'
import { formatKeymap, formatText } from './format'
import { hover } from './hover'
import { applyFix, showProblems } from './lint'
import { litSpan } from './lit-span'
import type { Lookup } from './lookup'
import { markedSpan, type MarkedSpan } from './marked-span'
import { clauseKeymap } from './select-clause'
import { stepTints, type DrawStep } from './step-tints'
import { theme } from './theme'
import { wrapIndent } from './wrap-indent'

export interface EditorOptions {
  readonly parent: HTMLElement
  readonly lookup: Lookup
  readonly drawStep: DrawStep
  /** Called for every change by hand, with the whole text. */
  readonly onEdit: (text: string) => void
  readonly onCaret: (line: number, column: number) => void
  /** Called with what is selected, or the empty span of the caret. */
  readonly onSelect?: (span: Span) => void
}

/** One editor for all rules: each keeps its own history, selection and scroll place. */
export interface EqlEditor {
  /** Shows the text of a rule, by the rule's id. */
  open(id: string, text: string): void
  /** Puts the problems of the text shown under it. */
  showProblems(problems: readonly Diagnostic[]): void
  /** Shows what clauses are over the events beside them; dimmed where that is stale. */
  showCounts(clauses: readonly ClauseCounts[], isStale: boolean): void
  applyFix(fix: QuickFix): void
  /** Lays the whole text out anew, if it is a query. */
  format(): void
  /** Marks a span softly and brings it into view, or takes the mark away. */
  mark(span: MarkedSpan | undefined): void
  /** Lights up what is pointed at elsewhere; with `scrolls`, in view. */
  light(span: Span | undefined, scrolls: boolean): void
  /** Selects a span, brings it into view and takes the focus. */
  jumpTo(span: Span): void
  destroy(): void
}

export function createEditor(options: EditorOptions): EqlEditor {
  const extensions = extensionsOf(options)
  const kept = new Map<string, EditorState>()
  let shown: string | undefined
  const stateOf = (doc: string) => EditorState.create({ doc, extensions })
  const view = new EditorView({ parent: options.parent, state: stateOf('') })

  const replace = (text: string): void => {
    if (view.state.doc.toString() === text) return
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      userEvent: OUTSIDE,
    })
  }
  return {
    open(id, text) {
      if (id !== shown) {
        if (shown !== undefined) kept.set(shown, view.state)
        view.setState(kept.get(id) ?? stateOf(text))
        shown = id
      }
      replace(text)
    },
    showProblems: (problems) => view.dispatch(showProblems(view.state, problems)),
    showCounts: (clauses, isStale) => view.dispatch(showCounts(clauses, isStale)),
    applyFix(fix) {
      const transaction = applyFix(view.state, fix)
      if (transaction) view.dispatch(transaction)
    },
    format() {
      const transaction = formatText(view.state)
      if (transaction) view.dispatch(transaction)
    },
    // Where one is typing, nothing scrolls by itself.
    mark: (span) => view.dispatch(markedSpan.put(view.state, span, !view.hasFocus)),
    light: (span, scrolls) => view.dispatch(litSpan.put(view.state, span, scrolls)),
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

/** Marks changes that come from the page, so that they are not reported back to it. */
const OUTSIDE = 'outside'

// Tab is left to the browser, so that the keyboard is never caught in the editor.
function extensionsOf({
  lookup,
  drawStep,
  onEdit,
  onCaret,
  onSelect,
}: EditorOptions): Extension[] {
  return [
    stepTints(drawStep),
    lineNumbers(),
    foldGutter(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    dropCursor(),
    rectangularSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    wrapIndent(),
    // The first of the two lies on the other.
    litSpan.extension,
    markedSpan.extension,
    clauseCounts(),
    placeholder('Write a query, such as: process where process.name == "cmd.exe"'),
    eqlLanguage(),
    completion(lookup),
    hover(lookup),
    theme,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...formatKeymap,
      ...clauseKeymap,
    ]),
    // After our own keys, which come before its plain ones.
    minimalSetup,
    EditorView.contentAttributes.of({
      'aria-label': 'EQL query',
      spellcheck: 'false',
      tabindex: '0',
    }),
    EditorView.updateListener.of((update) => {
      const fromPage = update.transactions.some((change) => change.isUserEvent(OUTSIDE))
      if (update.docChanged && !fromPage) onEdit(update.state.doc.toString())
      if (!update.docChanged && !update.selectionSet) return
      onCaret(...caretOf(update.state))
      const { from, to } = update.state.selection.main
      onSelect?.({ from, to })
    }),
  ]
}

function caretOf(state: EditorState): [line: number, column: number] {
  const { head } = state.selection.main
  const line = state.doc.lineAt(head)
  return [line.number, head - line.from + 1]
}
