import type { Tree } from '@lezer/common'
import { expect, test } from 'vitest'
import { parser } from '../../src/language/eql.grammar'
import { parseStrictly, type Top } from '../../src/language/strict-parse'
import { readCases } from './read-cases'

/** Every node with its place, or where the grammar could not go on. */
function describeResult(result: Tree | number): string | number {
  if (typeof result === 'number') return result
  const nodes: string[] = []
  result.iterate({
    enter: ({ name, from, to }) => void nodes.push(`${name} ${from}–${to} (`),
    leave: () => void nodes.push(')'),
  })
  return nodes.join('')
}

/** The same from the copy that Lezer itself makes of a parser. */
function parseWithCopy(text: string, top: Top): Tree | number {
  try {
    return parser.configure({ strict: true, top }).parse(text)
  } catch (error) {
    return Number(/^SyntaxError: No parse at (\d+)$/.exec(String(error))![1])
  }
}

const sources = ['queries.txt', 'expressions.txt', 'sequences.txt', 'errors.txt'].flatMap(
  (file) => readCases(file).map(({ source }) => source),
)

test.each<Top>(['Query', 'Expression'])('a %s is read as by the copy of Lezer', (top) => {
  const conditions = sources.map((text) => text.replace(/^\w+\s+where\s/, ''))
  const results = [...sources, ...conditions].map((text) => {
    const result = parseStrictly(text, top)
    expect(describeResult(result)).toBe(describeResult(parseWithCopy(text, top)))
    return typeof result
  })
  expect(new Set(results)).toEqual(new Set(['object', 'number']))
})
