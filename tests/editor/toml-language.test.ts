import { EditorState } from '@codemirror/state'
import { ensureSyntaxTree } from '@codemirror/language'
import { expect, test } from 'vitest'
import { isInQuery, tomlLanguage } from '../../src/editor/toml-language'

const TOML = `# a comment
[metadata]
creation_date = "2026/03/01"
query = '''
not this
'''

[rule]
tags = ["a", 'b', ]
risk_score = 47
enabled = true
note = """
Quoted "words" and \\"escapes\\".
"""
query = '''
process where process.name == "it's"
'''

[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
reference = "https://attack.mitre.org/tactics/TA0002/"
inline = { a = 1, "b c" = [1.5, 1979-05-27T07:32:00Z] }
`

const stateOf = (doc: string) => {
  const state = EditorState.create({ doc, extensions: [tomlLanguage()] })
  const tree = ensureSyntaxTree(state, doc.length, 5000)!
  return { state, tree }
}

test('a rule is read without a fault', () => {
  const faults: string[] = []
  stateOf(TOML).tree.iterate({
    enter: (node) => {
      if (node.type.isError) faults.push(TOML.slice(0, node.to))
    },
  })
  expect(faults).toEqual([])
})

test('the query of the rule is EQL, and nothing else', () => {
  const { state, tree } = stateOf(TOML)
  const names = (text: string) => {
    const at = TOML.indexOf(text) + 1
    return [isInQuery(state, at), tree.resolveInner(at).parent?.name]
  }
  expect(names('process where')).toEqual([true, 'Category'])
  expect(names('not this')[0]).toBe(false)
  expect(names('Quoted')[0]).toBe(false)
})

test('a quote that is left open costs only the rest', () => {
  const { tree } = stateOf("[rule]\nname = \"A\"\nquery = '''\nany where true\n")
  expect(tree.topNode.getChild('Table')?.getChild('Pair')?.name).toBe('Pair')
})
