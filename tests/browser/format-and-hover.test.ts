import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createEditor, type EqlEditor } from '../../src/editor/editor'

let open: { editor: EqlEditor; parent: HTMLElement } | undefined
afterEach(() => {
  open?.editor.destroy()
  open?.parent.remove()
  open = undefined
})

function edit(text: string) {
  const parent = document.createElement('div')
  document.body.append(parent)
  const edits: string[] = []
  const editor = createEditor({
    parent,
    lookup: {
      fields: async () => [
        { name: 'process.pid', type: 'long', knownBy: 'ecs', events: 2 },
      ],
      values: async () => [],
    },
    drawStep: () => document.createElement('span'),
    onEdit: (edited) => edits.push(edited),
    onCaret: () => undefined,
  })
  editor.open('rule', text)
  open = { editor, parent }
  const content = parent.querySelector<HTMLElement>('.cm-content')!
  return { editor, content, edits }
}

const messy = 'sequence   by a [any where  true]\n\n[any where b==1]'
const tidy = 'sequence by a\n  [any where true]\n  [any where b == 1]'

test('Shift-Alt-F formats, and one undo takes it back', async () => {
  const { content, edits } = edit(messy)
  content.focus()
  await userEvent.keyboard('{Shift>}{Alt>}f{/Alt}{/Shift}')
  expect(edits).toEqual([tidy])
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(edits.at(-1)).toBe(messy)
})

test('a menu formats too, and what is no query is left alone', () => {
  const tidied = edit(messy)
  tidied.editor.format()
  expect(tidied.edits).toEqual([tidy])
  tidied.editor.open('other', 'any  where a = 1')
  tidied.editor.format()
  expect(tidied.edits).toEqual([tidy])
})

test('the type of an expression is told under the pointer', async () => {
  const { content } = edit('any where process.pid + 1 == 2')
  const plus = [...content.querySelectorAll('span')].find(
    (span) => span.textContent === '+',
  )!
  await userEvent.hover(plus)
  await expect
    .poll(() => document.querySelector('.cm-tooltip-hover')?.textContent)
    .toBe('process.pid + 1 → long')
})
