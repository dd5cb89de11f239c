import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours of the syntax; all are tokens of app.css, so light and dark need no code. */
const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--syntax-keyword)', fontWeight: '600' },
  { tag: tags.operatorKeyword, color: 'var(--syntax-keyword)' },
  { tag: tags.controlOperator, color: 'var(--syntax-keyword)' },
  { tag: tags.typeName, color: 'var(--syntax-category)', fontWeight: '600' },
  { tag: tags.function(tags.name), color: 'var(--syntax-function)' },
  { tag: tags.propertyName, color: 'var(--text)' },
  { tag: tags.modifier, color: 'var(--syntax-keyword)' },
  { tag: tags.string, color: 'var(--syntax-string)' },
  { tag: [tags.number, tags.unit, tags.bool, tags.null], color: 'var(--syntax-number)' },
  { tag: tags.operator, color: 'var(--muted)' },
  { tag: [tags.paren, tags.separator, tags.squareBracket], color: 'var(--muted)' },
  { tag: tags.comment, color: 'var(--syntax-comment)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--no)' },
])

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontSize: 'var(--small)',
    lineHeight: '1.25rem',
    fontVariantLigatures: 'none',
  },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 0.75rem 0 0.5rem' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--muted)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': {
    minWidth: '2rem',
    padding: '0 0.25rem 0 0.5rem',
  },
  '.cm-step-gutter': { minWidth: '1.75rem', paddingLeft: '0.25rem' },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--muted)', cursor: 'pointer' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': {
    backgroundColor: 'color-mix(in srgb, var(--hover) 50%, transparent)',
  },
  '.cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '1.5px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'light-dark(#bcd6ff, #23497d)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--border-strong)',
  },
  '.cm-placeholder': { color: 'var(--muted)' },
})

const stepColours = EditorView.theme({
  '.cm-line.cm-step': {
    backgroundColor: 'color-mix(in srgb, var(--step) 6%, transparent)',
    boxShadow: 'inset 2px 0 color-mix(in srgb, var(--step) 70%, transparent)',
  },
  '&.cm-focused .cm-line.cm-step.cm-activeLine': {
    backgroundColor: 'color-mix(in srgb, var(--step) 12%, transparent)',
  },
  '.cm-step-bracket, .cm-step-bracket *': {
    color: 'var(--step) !important',
    fontWeight: '700',
  },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((step) => [
      `.cm-step-${step}`,
      { '--step': `var(--step-${step})` },
    ]),
  ),
})

const panels = EditorView.theme({
  '.cm-tooltip': {
    border: '1px solid var(--border)',
    borderRadius: '8px',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow)',
    fontSize: 'var(--small)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    maxHeight: '14rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'center',
    minHeight: '1.5rem',
    padding: '0 0.5rem',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    paddingLeft: '1rem',
    color: 'var(--muted)',
    fontStyle: 'normal',
    fontFamily: 'var(--font)',
    fontSize: 'var(--tiny)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '0.5rem 0.75rem',
    maxWidth: '24rem',
    whiteSpace: 'pre-line',
  },
  '.cm-tooltip-hover > *': { padding: '0.5rem 0.75rem', maxWidth: '32rem' },
  '.cm-diagnostic': { padding: '0.5rem 0.75rem', maxWidth: '32rem' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--error)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warn)' },
  '.cm-diagnostic-hint': { borderLeft: '3px solid var(--accent)' },
  '.cm-diagnosticAction': {
    minHeight: '1.5rem',
    margin: '0.375rem 0.375rem 0 0',
    border: '1px solid var(--border)',
    borderRadius: '4px',
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
  },
  '.cm-problem-remedy': { color: 'var(--muted)' },
  '.cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    borderColor: 'var(--border)',
  },
  '.cm-textfield': {
    border: '1px solid var(--border-strong)',
    borderRadius: '4px',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    fontSize: 'var(--small)',
  },
  '.cm-button': {
    border: '1px solid var(--border)',
    borderRadius: '4px',
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
  },
  '.cm-selectionMatch': { backgroundColor: 'light-dark(#e0f0d5, #24382a)' },
  '.cm-searchMatch': { backgroundColor: 'light-dark(#ffe9a8, #5c4a12)' },
  '.cm-searchMatch-selected': { backgroundColor: 'light-dark(#ffcf5c, #8a6d15)' },
  '.cm-signature': { fontFamily: 'var(--mono)' },
  '.cm-about': { marginTop: '0.25rem', color: 'var(--muted)' },
})

export const theme: Extension = [look, stepColours, panels, syntaxHighlighting(highlight)]
