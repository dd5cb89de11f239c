import { expect, test } from 'vitest'
import type { Evidence, Truth } from '../../src/engine/evidence'
import { decides, readDecidingFields } from '../../src/ui/events/deciding-fields'

const node = (
  kind: Evidence['kind'],
  truth: Truth,
  children: readonly Evidence[],
): Evidence => ({ kind, truth, children, from: 0, to: 0 })
const leaf = (field: string, truth: Truth): Evidence => ({
  ...node('leaf', truth, []),
  values: [{ field, value: 'x' }],
})
const read = (root: Evidence) =>
  [...readDecidingFields([{ step: 1, evidence: root }])].map(
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
  const verdicts = [
    { step: 1, evidence: leaf('a', true) },
    { step: 3, evidence: leaf('a', false) },
  ]
  expect(readDecidingFields(verdicts).get('a')).toEqual([
    { step: 1, truth: true },
    { step: 3, truth: false },
  ])
})

test.each<[Evidence['kind'], Truth, Truth, boolean]>([
  ['and', false, false, true],
  ['and', false, true, false],
  ['and', false, null, true],
  ['and', true, true, true],
  ['or', true, true, true],
  ['or', true, false, false],
  ['or', false, false, true],
  ['not', false, true, true],
])('in a %s that is %s, a %s child decides: %s', (kind, whole, part, expected) =>
  expect(decides(leaf('a', part), node(kind, whole, []))).toBe(expected),
)
