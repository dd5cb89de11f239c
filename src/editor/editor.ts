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
import { clauseCounts, showCounts, type ClauseCounts } from './clause-counts'
import { completion } from './completion'
import { eqlLanguage } from './eql-language'
import { formatKeymap, formatText } from './format'
import { hover } from './hover'
import { litSpan } from './lit-span'
import type { Lookup } from './lookup'
import { markedSpan, type MarkedSpan } from './marked-span'
import { clauseKeymap } from './select-clause'
import { stepTints, type DrawStep } from './step-tints'
import { createTextView, namedText, type TextView } from './text-view'
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

/** One editor for the queries of all rules, by the rule's id. */
export interface EqlEditor extends Omit<TextView, 'view'> {
  /** Shows what clauses are over the events beside them; dimmed where that is stale. */
  showCounts(clauses: readonly ClauseCounts[], isStale: boolean): void
  /** Lays the whole text out anew, if it is a query. */
  format(): void
  /** Marks a span softly and brings it into view, or takes the mark away. */
  mark(span: MarkedSpan | undefined): void
  /** Lights up what is pointed at elsewhere; with `scrolls`, in view. */
  light(span: Span | undefined, scrolls: boolean): void
}

export function createEditor(options: EditorOptions): EqlEditor {
  const { view, ...text } = createTextView(
    options.parent,
    extensionsOf(options),
    options.onEdit,
  )
  return {
    ...text,
    showCounts: (clauses, isStale) => view.dispatch(showCounts(clauses, isStale)),
    format() {
      const transaction = formatText(view.state)
      if (transaction) view.dispatch(transaction)
    },
    // Where one is typing, nothing scrolls by itself.
    mark: (span) => view.dispatch(markedSpan.put(view.state, span, !view.hasFocus)),
    light: (span, scrolls) => view.dispatch(litSpan.put(view.state, span, scrolls)),
  }
}

function extensionsOf({
  lookup,
  drawStep,
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
    namedText('EQL query'),
    EditorView.updateListener.of((update) => {
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
