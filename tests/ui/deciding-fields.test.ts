import { expect, test } from 'vitest'
import type { Truth } from '../../src/engine/evidence'
import type { StepExplanation, TruthNodeView } from '../../src/worker/why-api'
import { readDecidingFields } from '../../src/ui/events/deciding-fields'

const node = (
  kind: TruthNodeView['kind'],
  truth: Truth,
  children: readonly TruthNodeView[],
): TruthNodeView => ({
  kind,
  truth,
  children,
  ...{ from: 0, to: 0, text: '', decides: true, values: [], notes: [] },
})
const leaf = (field: string, truth: Truth): TruthNodeView => ({
  ...node('leaf', truth, []),
  values: [{ field, text: '“x”', isAbsent: false }],
})
const stepOf = (step: number, tree: TruthNodeView): StepExplanation => ({
  step,
  truth: tree.truth,
  tree,
})
const read = (root: TruthNodeView) =>
  [...readDecidingFields([stepOf(1, root)])].map(
    ([name, verdicts]) => `${name} ${verdicts.map(({ truth }) => String(truth)).join()}`,
  )

test('fields come in the order the rule names them, each with its verdict', () =>
  expect(
    read(node('and', false, [leaf('b', true), leaf('a', false), leaf('c', null)])),
  ).toEqual(['b true', 'a false', 'c null']))

test('the term speaks, not what is inside it', () =>
  expect(
    read(
      node('and', true, [
        node('not', true, [leaf('user', false)]),
        node('or', true, [leaf('args', true), leaf('args', false)]),
      ]),
    ),
  ).toEqual(['user true', 'args true']))

test('a condition beside its category is no term of its own', () =>
  expect(
    read(
      node('and', false, [
        leaf('c', true),
        node('and', false, [leaf('a', true), leaf('b', false)]),
      ]),
    ),
  ).toEqual(['c true', 'a true', 'b false']))

test('false outweighs null, null outweighs true', () =>
  expect(
    read(
      node('and', false, [
        leaf('a', true),
        leaf('a', null),
        leaf('b', null),
        leaf('b', false),
      ]),
    ),
  ).toEqual(['a null', 'b false']))

test('one field in several steps has a verdict for each', () => {
  const verdicts = [stepOf(1, leaf('a', true)), stepOf(3, leaf('a', false))]
  expect(readDecidingFields(verdicts).get('a')).toEqual([
    { step: 1, truth: true },
    { step: 3, truth: false },
  ])
})
