import { LanguageSupport, LRLanguage, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import { parseMixed, type Input, type SyntaxNodeRef } from '@lezer/common'
import { styleTags, tags } from '@lezer/highlight'
import { eqlLanguage } from './eql-language'
import { parser } from './toml.grammar'

const highlighting = styleTags({
  'Header/Key/Name Header/Key/String': tags.typeName,
  'Pair/Key/Name Pair/Key/String': tags.propertyName,
  'String Literal Text': tags.string,
  Scalar: tags.number,
  Comment: tags.lineComment,
  '= ,': tags.operator,
  '[ ] { }': tags.squareBracket,
})

const eql = eqlLanguage().language.parser

/** The query of a rule is EQL within its quotes, where no escape stands between. */
const toml = LRLanguage.define({
  name: 'toml',
  parser: parser.configure({
    props: [highlighting],
    wrap: parseMixed((node, input) => {
      if (!isQuery(node, input)) return null
      const text = input.read(node.from, node.to)
      if (node.name === 'Text' && text.includes('\\')) return null
      return { parser: eql, overlay: [{ from: node.from + 3, to: node.to - 3 }] }
    }),
  }),
  languageData: { commentTokens: { line: '#' } },
})

/** The TOML of a rule for CodeMirror, with the query in it as EQL. */
export const tomlLanguage = (): LanguageSupport => new LanguageSupport(toml)

/** Whether a place is within the query of a rule. */
export function isInQuery(state: EditorState, place: number): boolean {
  const inner = syntaxTree(state).resolve(place, -1)
  if (inner.name !== 'Literal' && inner.name !== 'Text') return false
  return isQuery(inner, { read: (from, to) => state.sliceDoc(from, to) })
}

/** The value of `query` in the table `[rule]`. */
function isQuery({ name, node }: SyntaxNodeRef, input: Pick<Input, 'read'>): boolean {
  if (name !== 'Literal' && name !== 'Text') return false
  const pair = node.parent
  const key = pair?.name === 'Pair' ? pair.getChild('Key') : null
  const header = pair?.parent?.getChild('Header')
  if (!key || !header) return false
  const isRule = /^\[\s*rule\s*\]$/.test(input.read(header.from, header.to))
  return isRule && input.read(key.from, key.to) === 'query'
}
