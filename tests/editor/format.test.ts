import { EditorSelection, EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { formatText } from '../../src/editor/format'

/** Formats a text with a caret drawn as `^`. */
function format(drawn: string): string | undefined {
  const at = drawn.indexOf('^')
  const state = EditorState.create({
    doc: drawn.replace('^', ''),
    selection: EditorSelection.cursor(at),
  })
  const after = formatText(state)?.state
  if (!after) return undefined
  const { head } = after.selection.main
  const text = after.doc.toString()
  return `${text.slice(0, head)}^${text.slice(head)}`
}

test('the caret stays in its word', () => {
  expect(format('any  where\n a.b==1 and  c.d^e==2')).toBe(
    'any where a.b == 1 and c.d^e == 2',
  )
  expect(format('sequence [any where tr^ue]\n\n[any where true] // end')).toBe(
    'sequence\n  [any where tr^ue]\n  [any where true] // end',
  )
})

test('comments that move take nothing with them', () => {
  expect(format('any where a // one\n  and b // two\n  and c == ^3')).toBe(
    'any where a and // one\n  b and // two\n  c == ^3',
  )
})

test('what is in order, and what is no query, is left alone', () => {
  expect(format('any where ^true')).toBeUndefined()
  expect(format('any  where ^a = 1')).toBeUndefined()
})
