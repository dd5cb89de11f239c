import { parseTOML, type AST } from 'toml-eslint-parser'

/** Keys and positions that lead to a value: `['rule', 'threat', 0, 'tactic', 'id']`. */
export type TomlPath = readonly (string | number)[]

/** A table as it stands in the text; `path` is absent from the top of the file. */
export interface TableNode {
  readonly path: TomlPath
  readonly isArray: boolean
  /** Of the header line; empty at the top of the file. */
  readonly from: number
  readonly to: number
  readonly pairs: readonly PairNode[]
}

export interface PairNode {
  readonly path: TomlPath
  readonly from: number
  readonly to: number
  readonly value: AST.TOMLContentNode
}

/** The tables of a text in their order, the top of the file first; throws `ParseError`. */
export function readTables(text: string): readonly TableNode[] {
  const [top] = parseTOML(text, { tomlVersion: '1.0' }).body
  const pairs = top.body.filter((node) => node.type === 'TOMLKeyValue')
  const tables = top.body.filter((node) => node.type === 'TOMLTable')
  return [
    {
      path: [],
      isArray: false,
      from: 0,
      to: 0,
      pairs: pairs.map((pair) => pairOf([], pair)),
    },
    ...tables.map((table) => ({
      path: table.resolvedKey,
      isArray: table.kind === 'array',
      from: table.range[0],
      // The parser's own range takes in all of the table's keys.
      to: text.indexOf(']', table.key.range[1]) + (table.kind === 'array' ? 2 : 1),
      pairs: table.body.map((pair) => pairOf(table.resolvedKey, pair)),
    })),
  ]
}

const pairOf = (parent: TomlPath, pair: AST.TOMLKeyValue): PairNode => ({
  path: [...parent, ...pair.key.keys.map(keyName)],
  from: pair.range[0],
  to: pair.range[1],
  value: pair.value,
})

const keyName = (key: AST.TOMLBare | AST.TOMLQuoted): string =>
  key.type === 'TOMLBare' ? key.name : key.value

/** Where a path leads: to a key with its value, or to a value within an array. */
export interface Found {
  readonly node: AST.TOMLContentNode
  /** The key that holds it; absent for an element of an array. */
  readonly pair?: PairNode
  /** The array or inline table around it, if it is in one. */
  readonly within?: AST.TOMLArray | AST.TOMLInlineTable
}

export function findNode(
  tables: readonly TableNode[],
  path: TomlPath,
): Found | undefined {
  for (const { pairs } of tables) {
    for (const pair of pairs) {
      if (!startsWith(path, pair.path)) continue
      const found = descend({ node: pair.value, pair }, pair.path, path)
      if (found) return found
    }
  }
  return undefined
}

function descend(found: Found, at: TomlPath, path: TomlPath): Found | undefined {
  if (at.length === path.length) return found
  const { node } = found
  const step = path[at.length]
  if (node.type === 'TOMLArray' && typeof step === 'number') {
    const element = node.elements[step]
    return element && descend({ node: element, within: node }, [...at, step], path)
  }
  if (node.type !== 'TOMLInlineTable') return undefined
  const pair = node.body
    .map((each) => pairOf(at, each))
    .find((each) => startsWith(path, each.path))
  return pair && descend({ node: pair.value, pair, within: node }, pair.path, path)
}

export const startsWith = (path: TomlPath, start: TomlPath): boolean =>
  start.length <= path.length && start.every((step, i) => step === path[i])
