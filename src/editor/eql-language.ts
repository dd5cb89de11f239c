import {
  continuedIndent,
  delimitedIndent,
  foldInside,
  foldNodeProp,
  indentNodeProp,
  LanguageSupport,
  LRLanguage,
} from '@codemirror/language'
import { styleTags, tags } from '@lezer/highlight'
import { parser } from '../language/eql.grammar'

/** What every node of the grammar is, in the words of a colour scheme. */
const highlighting = styleTags({
  'sequence sample join until where any by with maxspan of': tags.keyword,
  'RunsName/Identifier PipeName/Identifier Relation/Identifier': tags.keyword,
  'and or not in in~ like like~ regex regex~': tags.operatorKeyword,
  'Category/Identifier Category/String': tags.typeName,
  'FunctionName/Identifier FunctionName/TildeIdentifier': tags.function(tags.name),
  'Field/Identifier Field/QuotedIdentifier ArrayIndex': tags.propertyName,
  'Field/?': tags.modifier,
  'String RawString': tags.string,
  OldString: tags.invalid,
  Number: tags.number,
  'Unit/Identifier': tags.unit,
  'true false': tags.bool,
  null: tags.null,
  'CompareOp PlusOp TimesOp MatchOp =': tags.operator,
  '( )': tags.paren,
  '[ ] "!["': tags.squareBracket,
  ', .': tags.separator,
  '|': tags.controlOperator,
  LineComment: tags.lineComment,
  BlockComment: tags.blockComment,
})

const indentation = indentNodeProp.add({
  'Sequence Sample Join': continuedIndent({ except: /^\s*(?:until\b|\|)/ }),
  Step: delimitedIndent({ closing: ']', align: false }),
  Until: delimitedIndent({ closing: ']', align: false }),
  EventQuery: continuedIndent({ except: /^\s*[\]|]/ }),
  'InList PatternList Arguments Paren': delimitedIndent({ closing: ')', align: false }),
})

const folding = foldNodeProp.add({
  'Step Until InList PatternList Arguments': foldInside,
  BlockComment: (node) => ({ from: node.from + 2, to: node.to - 2 }),
})

const eql = LRLanguage.define({
  name: 'eql',
  parser: parser.configure({ props: [highlighting, indentation, folding] }),
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['(', '[', '"'] },
    indentOnInput: /^\s*[\])]$/,
    wordChars: '@.',
  },
})

/** EQL for CodeMirror, over the grammar the engine reads too. */
export const eqlLanguage = (): LanguageSupport => new LanguageSupport(eql)
