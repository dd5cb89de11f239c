import { forEachDiagnostic } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { applyFix, showProblems } from '../../src/editor/lint'
import type { Diagnostic } from '../../src/language/diagnostics'

const problem = (from: number, to: number): Diagnostic => ({
  severity: 'error',
  code: 'unknown-field',
  message: 'There is no such field.',
  from,
  to,
})

/** The squiggles of a text as `from-to`. */
function squiggles(doc: string, problems: readonly Diagnostic[]): string[] {
  const empty = EditorState.create({ doc })
  const { state } = empty.update(showProblems(empty, problems))
  const found: string[] = []
  forEachDiagnostic(state, (_, from, to) => found.push(`${from}-${to}`))
  return found
}

test('a problem is underlined where it stands', () => {
  expect(squiggles('process where a == 1', [problem(14, 15)])).toEqual(['14-15'])
})

test('a problem of a longer text is cut at the end of this one', () => {
  expect(squiggles('pro', [problem(1, 40)])).toEqual(['1-3'])
  expect(squiggles('pro', [problem(30, 40)])).toEqual(['3-3'])
})

test('a fix makes all its edits at once', () => {
  const state = EditorState.create({ doc: 'a == 1 and a == 2' })
  const fix = {
    label: 'Use b',
    edits: [
      { from: 11, to: 12, insert: 'b' },
      { from: 0, to: 1, insert: 'b' },
    ],
  }
  expect(applyFix(state, fix)?.state.doc.toString()).toBe('b == 1 and b == 2')
})

test('a fix for another text is left alone', () => {
  const state = EditorState.create({ doc: 'a' })
  const fix = { label: 'Use b', edits: [{ from: 3, to: 4, insert: 'b' }] }
  expect(applyFix(state, fix)).toBeUndefined()
})
