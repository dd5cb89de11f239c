import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { complete } from '../../src/editor/completion'
import { eqlLanguage } from '../../src/editor/eql-language'
import type { Lookup } from '../../src/editor/lookup'

const VALUES: Readonly<Record<string, readonly string[]>> = {
  'event.category': ['network', 'process'],
  'process.name': ['cmd.exe', 'C:\\tools\\a.exe'],
}
const lookup: Lookup = {
  fields: async () =>
    ['process.name', 'host.id'].map((name) => ({
      name,
      type: 'keyword' as const,
      knownBy: 'data' as const,
      events: 3,
    })),
  values: async (field, prefix) =>
    (VALUES[field] ?? []).filter((value) => value.startsWith(prefix)),
}

/** What is offered where the last `|` of a text stands. */
async function offers(marked: string): Promise<readonly string[]> {
  const caret = marked.lastIndexOf('|')
  const doc = marked.slice(0, caret) + marked.slice(caret + 1)
  const state = EditorState.create({ doc, extensions: [eqlLanguage()] })
  const result = await complete(new CompletionContext(state, caret, true), lookup)
  return result?.options.map(({ label }) => label) ?? []
}

const cases = readFileSync(new URL('cases/completion.txt', import.meta.url), 'utf8')
  .replace(/^#.*\n/gm, '')
  .trim()
  .split(/\n\n+/)
  .map((text) => /^([^]*)\n(==>|=\/>) (.*)$/.exec(text)!.slice(1, 4))

describe('where the caret stands', () => {
  test.each(cases)('%s %s %s', async (text, arrow, list) => {
    const found = await offers(text)
    const wanted = list.split(', ')
    if (list === 'nothing') expect(found).toEqual([])
    else if (arrow === '==>') expect(found).toEqual(expect.arrayContaining(wanted))
    else for (const label of wanted) expect(found).not.toContain(label)
  })
})

test('a value is put in with its escapes', async () => {
  const state = EditorState.create({
    doc: 'process where process.name == "',
    extensions: [eqlLanguage()],
  })
  const result = await complete(new CompletionContext(state, 31, true), lookup)
  expect(result?.options.map(({ apply }) => apply)).toContain('C:\\\\tools\\\\a.exe')
})

test.each([
  ['any where tru|', true],
  ['any where true|', false],
  ['any where process.name|', false],
  ['any where process.|', true],
  // Another offer goes on from here.
  ['any where in|', true],
])('as one types, %j has offers: %s', async (marked, hasOffers) => {
  const doc = marked.replace('|', '')
  const state = EditorState.create({ doc, extensions: [eqlLanguage()] })
  const result = await complete(new CompletionContext(state, doc.length, false), lookup)
  expect(result !== null).toBe(hasOffers)
})
