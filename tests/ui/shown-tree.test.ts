import { expect, test } from 'vitest'
import type { Truth } from '../../src/engine/evidence'
import type { Paragraph } from '../../src/explain/in-words'
import { nearestStep } from '../../src/ui/why/nearest-step'
import {
  branchesOf,
  clauseCount,
  nodeAtSpan,
  shownTree,
  type ShownNode,
} from '../../src/ui/why/shown-tree'
import { phrasesAt } from '../../src/ui/why/spoken-phrases'
import type { TruthNodeView } from '../../src/worker/why-api'

const node = (
  [from, to]: readonly [number, number],
  decides: boolean,
  children: readonly TruthNodeView[] = [],
  truth: Truth = false,
): TruthNodeView => ({
  ...{ kind: children.length > 0 ? 'and' : 'leaf', truth, from, to, text: '' },
  ...{ decides, values: [], notes: [], children },
})
const TREE = node([0, 30], true, [
  node([0, 5], false, [], true),
  node([8, 20], true, [node([9, 12], true), node([14, 19], false)]),
  node([22, 30], true),
])
const ids = (shown: ShownNode): readonly string[] => [
  shown.id,
  ...(shown.children ?? []).flatMap(ids),
]

test('what does not decide is left out; what stays keeps its name', () => {
  expect(ids(shownTree(TREE, true))).toEqual(['0', '0.0', '0.1', '0.1.0', '0.1.1', '0.2'])
  expect(ids(shownTree(TREE, false))).toEqual(['0', '0.1', '0.1.0', '0.2'])
  expect(branchesOf(shownTree(TREE, false))).toEqual(['0', '0.1'])
  expect([clauseCount(TREE, true), clauseCount(TREE, false)]).toEqual([4, 2])
})

test.each([
  [9, 10, '0.1.0'],
  [14, 16, '0.1.1'],
  [23, 24, '0.2'],
  [6, 7, undefined],
])('what is selected from %i to %i is the clause %s', (from, to, id) =>
  expect(nodeAtSpan(shownTree(TREE, true), { from, to })).toBe(id),
)

test.each<[readonly (readonly [Truth, number])[], number]>([
  [
    [
      [false, 1],
      [true, 0],
    ],
    2,
  ],
  [
    [
      [false, 2],
      [false, 1],
    ],
    2,
  ],
  [
    [
      [false, 1],
      [false, 1],
    ],
    1,
  ],
])('of steps with so many failing terms %j the nearest is %i', (steps, nearest) =>
  expect(
    nearestStep(
      steps.map(([truth, failing], at) => ({
        step: at + 1,
        truth,
        tree: node(
          [0, 9],
          true,
          Array<TruthNodeView>(failing).fill(node([0, 1], true)),
          truth,
        ),
      })),
    ),
  ).toBe(nearest),
)

test('a place in the text is told by the narrowest phrase, a wide selection by several', () => {
  const [wide, narrow, other] = [
    { text: 'wide', from: 0, to: 20 },
    { text: 'narrow', from: 5, to: 9 },
    { text: 'other', from: 22, to: 30 },
  ]
  const told: Paragraph[] = [
    { kind: 'step', phrases: [{ text: 'joins' }, wide, narrow, other] },
  ]
  const texts = (from: number, to: number) =>
    [...phrasesAt(told, { from, to })].map(({ text }) => text)
  expect(texts(6, 6)).toEqual(['narrow'])
  expect(texts(2, 8)).toEqual(['wide'])
  expect(texts(18, 25)).toEqual(['wide', 'other'])
  expect(texts(21, 21)).toEqual([])
})
