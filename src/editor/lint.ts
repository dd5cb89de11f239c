import {
  setDiagnostics,
  type Action,
  type Diagnostic as Squiggle,
} from '@codemirror/lint'
import type { EditorState, Transaction } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { Diagnostic, QuickFix } from '../language/diagnostics'

/** Puts the problems of a text under it as squiggles; spans past its end are cut. */
export const showProblems = (
  state: EditorState,
  problems: readonly Diagnostic[],
): ReturnType<typeof setDiagnostics> =>
  setDiagnostics(
    state,
    problems.map((problem) => squiggleOf(problem, state.doc.length)),
  )

/** The edits of a quick fix as one undoable step, if they fit the text. */
export function applyFix(state: EditorState, fix: QuickFix): Transaction | undefined {
  if (fix.edits.some(({ to }) => to > state.doc.length)) return undefined
  return state.update({
    changes: [...fix.edits].sort((a, b) => a.from - b.from),
    userEvent: 'input.fix',
    scrollIntoView: true,
  })
}

function squiggleOf(problem: Diagnostic, length: number): Squiggle {
  const to = Math.min(problem.to, length)
  return {
    from: Math.min(problem.from, to),
    to,
    severity: problem.severity,
    message: problem.message,
    renderMessage: () => drawProblem(problem),
    actions: (problem.fixes ?? []).map(actionOf),
  }
}

const actionOf = (fix: QuickFix): Action => ({
  name: fix.label,
  apply: (view: EditorView) => {
    const transaction = applyFix(view.state, fix)
    if (transaction) view.dispatch(transaction)
  },
})

function drawProblem({ message, remedy }: Diagnostic): HTMLElement {
  const box = document.createElement('div')
  box.append(line('cm-problem-message', message))
  if (remedy) box.append(line('cm-problem-remedy', remedy))
  return box
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement('div')
  element.className = name
  element.textContent = text
  return element
}
