import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { LeafCache } from '../../src/engine/leaf-cache'
import { readTruthTree } from '../../src/explain/truth-tree'
import { foldTree } from '../../src/explain/truth-tree-fold'
import type { TruthNode } from '../../src/explain/truth-tree-node'
import { printNullReason } from '../../src/explain/truth-tree-wording'
import { printTrap } from '../../src/explain/traps-wording'
import { readEventQuery } from '../support/event-query'
import { drawTable } from '../support/text-table'

type Truth = TruthNode['truth']

/** What is known of a node, without looking at more than its leaves. */
interface Known {
  readonly truth: Truth
  /** Known before any event was looked at. */
  readonly isConstant: boolean
}

/**
 * Recomputes a tree from its leaves (language.md 3.1, 3.5): constants fold first, then
 * null counts as false. In an `or` a constant null gives way to all that may change.
 */
function judge(node: TruthNode): Known {
  if (node.children.length === 0) return node
  const parts = node.children.map(judge)
  const constants = parts.filter(({ isConstant }) => isConstant)
  const changing = parts.filter(({ isConstant }) => !isConstant)
  const known = constants.map(({ truth }) => truth)
  const isTrue = changing.map(({ truth }) => truth === true)
  const told = { truth: isTrue.every(Boolean), isConstant: false }
  switch (node.kind) {
    case 'not':
      return constants.length > 0
        ? { truth: known[0] === null ? null : !known[0], isConstant: true }
        : { truth: !told.truth, isConstant: false }
    case 'and':
      if (known.includes(false)) return { truth: false, isConstant: true }
      if (known.includes(null)) return { truth: null, isConstant: true }
      return changing.length > 0 ? told : { truth: true, isConstant: true }
    default:
      if (known.includes(true)) return { truth: true, isConstant: true }
      if (changing.length > 0) return { truth: isTrue.some(Boolean), isConstant: false }
      return { truth: known.includes(null) ? null : false, isConstant: true }
  }
}

const cell = (values: readonly unknown[]): string =>
  values.length === 0
    ? '-'
    : values.length === 1
      ? JSON.stringify(values[0])
      : `[${values.map((value) => JSON.stringify(value)).join(', ')}]`

const some = (...values: readonly unknown[]) =>
  fc.array(fc.constantFrom(...values), { maxLength: 3 }).map(cell)

const event = fc
  .tuple(
    fc.constantFrom('process', 'Process', 'file', '-'),
    some('x', 'X', 'xy', 'a*', 'x y', ''),
    some(0, 3, 7, 'no'),
    some(9, '10', '5.0'),
    some(true, false),
  )
  .map((cells) => cells.join('  '))

const leaf = fc.constantFrom(
  ...['name == "x"', 'name != "X"', 'name : ("x*", "y")', 'name like "X?"'],
  ...['name regex "x|y"', 'name in ("x", "xy")', 'name not in ("X")', 'name == null'],
  ...['pid > 1', 'pid < 5', '3 <= pid', 'pid != null', 'big > 8', 'big == 5', 'flag'],
  ...['flag == false', 'length(name) == 2', 'length(name) != 2', 'pid + pid == 6'],
  ...['indexOf(name, "y") == 1', 'indexOf(name, "y") != 1', 'concat(name, pid) : "x*"'],
  ...['startsWith(name, "X")', 'stringContains(name, "a*")', 'number(name) == 1'],
  ...['10 / pid > 1', '(pid > 1) == false', '(name != "x") != true', 'true', 'false'],
  ...['null', '?none : "x"', '?none != 1', '?none == null', '?none > 1', 'name > null'],
)

const { condition } = fc.letrec<{ condition: string }>((tie) => {
  const inner = tie('condition').map((text) => `(${text})`)
  return {
    condition: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      inner.map((text) => `not ${text}`),
      fc
        .tuple(
          fc.constantFrom(' and ', ' or '),
          fc.array(inner, { minLength: 2, maxLength: 3 }),
        )
        .map(([word, parts]) => parts.join(word)),
      fc.tuple(inner, inner).map(([a, b]) => `(${a} and ${b}) == true`),
    ),
  }
})

const query = fc
  .tuple(fc.constantFrom('any', 'process'), condition)
  .map(([category, text]) => `${category} where ${text}`)
  // A condition that is null as a whole is refused before it is run.
  .filter((text) => !/^any where (null|\?none)/.test(text))

/** The tree of a query on one event, and what the engine itself said. */
function explain(drawnEvent: string, text: string) {
  const { table, schema } = drawTable(
    [
      'pid: long',
      'big: keyword',
      'flag: boolean',
      'row  category  name  pid  big  flag',
      `0  ${drawnEvent}`,
    ].join('\n'),
  )
  const leaves = new LeafCache()
  const context = { table, schema, categoryField: 'event.category', now: 0, leaves }
  const read = readEventQuery(text)
  const compiled = compileCondition(read, context)
  const evidence = compiled.evidence(0)
  const tree = readTruthTree({ query: read, text, context }, evidence, 0)
  return { tree, truth: evidence.truth, compiled }
}

/** Whatever stands for parts left out, the tree with it. */
function fillIn(node: TruthNode, truths: Iterator<Truth>): TruthNode {
  const spare = Array.from({ length: node.hidden }, (): TruthNode => ({
    ...node,
    kind: 'leaf',
    children: [],
    truth: truths.next().value as Truth,
    isConstant: false,
  }))
  return {
    ...node,
    children: [...node.children.map((child) => fillIn(child, truths)), ...spare],
  }
}

const allNodes = (node: TruthNode): readonly TruthNode[] => [
  node,
  ...node.children.flatMap(allNodes),
]

test('the leaves of the tree give what the engine gave, at every node', () => {
  fc.assert(
    fc.property(event, query, (drawnEvent, text) => {
      const { tree, truth, compiled } = explain(drawnEvent, text)
      expect(judge(tree).truth).toBe(truth)
      expect(judge(tree).isConstant).toBe(compiled.constant !== undefined)
      for (const node of allNodes(tree)) {
        expect(judge(node)).toMatchObject({
          truth: node.truth,
          isConstant: node.isConstant,
        })
        expect(text.slice(node.from, node.to)).toBe(node.text)
      }
    }),
    { numRuns: 200 },
  )
})

test('a folded tree is reason enough, whatever the parts left out came to', () => {
  const truths = fc.infiniteStream(fc.constantFrom<Truth[]>(true, false, null))
  fc.assert(
    fc.property(event, query, truths, (drawnEvent, text, others) => {
      const { tree, truth } = explain(drawnEvent, text)
      const folded = foldTree(tree)
      expect(judge(fillIn(folded, others)).truth).toBe(truth)
      expect(allNodes(folded).length).toBeLessThanOrEqual(allNodes(tree).length)
    }),
    { numRuns: 200 },
  )
})

test('every null is explained, nothing else is, and all has its sentence', () => {
  fc.assert(
    fc.property(event, query, (drawnEvent, text) => {
      for (const node of allNodes(explain(drawnEvent, text).tree)) {
        expect(node.whyNull !== undefined).toBe(node.truth === null)
        if (node.whyNull) expect(printNullReason(node.whyNull)).toMatch(/\.$/)
        for (const trap of node.traps) expect(printTrap(trap)).toMatch(/^\S.*\.$/)
      }
    }),
    { numRuns: 200 },
  )
})
