import { afterEach, expect, test } from 'vitest'
import { createEditor, type EqlEditor } from '../../src/editor/editor'
import type { MarkedSpan } from '../../src/editor/marked-span'

const lines = Array.from({ length: 60 }, (_, at) => `  a${at} == ${at} or`)
const query = `process where\n${lines.join('\n')}\n  last == 1`

let open: { editor: EqlEditor; parent: HTMLElement } | undefined
afterEach(() => {
  open?.editor.destroy()
  open?.parent.remove()
  open = undefined
})

function edit(text: string) {
  const parent = document.createElement('div')
  parent.style.height = '200px'
  document.body.append(parent)
  const editor = createEditor({
    parent,
    lookup: { fields: async () => [], values: async () => [] },
    drawStep: () => document.createElement('span'),
    onEdit: () => undefined,
    onCaret: () => undefined,
  })
  editor.open('rule', text)
  open = { editor, parent }
  return {
    editor,
    focus: () => parent.querySelector<HTMLElement>('.cm-content')!.focus(),
    marked: () => {
      const parts = [...parent.querySelectorAll('.cm-marked')]
      return parts.map((part) => part.textContent).join('')
    },
    top: () => parent.querySelector('.cm-scroller')!.scrollTop,
  }
}
const spanOf = (part: string, kind: MarkedSpan['kind'] = 'near-miss'): MarkedSpan => {
  const from = query.indexOf(part)
  return { kind, from, to: from + part.length }
}
const frame = () => new Promise(requestAnimationFrame)

test('a span is marked and scrolled to, and the focus stays where it was', async () => {
  const { editor, marked, top } = edit(query)
  editor.mark(spanOf('last == 1'))
  await frame()
  await frame()
  expect(marked()).toBe('last == 1')
  expect(top()).toBeGreaterThan(0)
  expect(document.activeElement).toBe(document.body)
  editor.mark(undefined)
  expect(marked()).toBe('')
})

test('nothing scrolls where one is typing', async () => {
  const { editor, focus, top } = edit(query)
  focus()
  editor.mark(spanOf('last == 1', 'step'))
  await frame()
  await frame()
  expect(top()).toBe(0)
})

test('a span past the end of the text is cut, or not shown', () => {
  const { editor, marked } = edit('any where true')
  editor.mark({ kind: 'step', from: 10, to: 99 })
  expect(marked()).toBe('true')
  editor.mark({ kind: 'step', from: 50, to: 99 })
  expect(marked()).toBe('')
})
