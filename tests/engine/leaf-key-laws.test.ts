import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leafKey } from '../../src/engine/leaf-key'
import type { Expression, Literal } from '../../src/language/ast'

/** Texts that look like pieces of keys, or like what ends one. */
const texts = fc.oneof(
  fc.constantFrom('', 'a', 'A', '1', '-0', 'NaN', 'null', 'true', '*', '?', 'now', ' 0'),
  fc.constantFrom('a,string1:a', 'a],string1:a', '1:a)', 'a~', '\ud800', '\udc00'),
  fc.stringMatching(/^[1:,()[\]~"\\]{0,5}$/),
)

const values = {
  string: texts,
  integer: fc.constantFrom(0, 1, -1, 10),
  long: fc.constantFrom(1, 2 ** 53 - 1, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 63n)),
  unsigned_long: fc.constantFrom(1n, 2n ** 53n, 2n ** 64n - 1n),
  double: fc.constantFrom(0, -0, 1, 1.5, 1e21, 2 ** 53, NaN, Infinity, -Infinity),
  boolean: fc.boolean(),
  null: fc.constant(null),
} satisfies Record<Literal['type'], fc.Arbitrary<Literal['value']>>

/** Where it stands and how it was written: what makes no other leaf of it. */
const places = fc.record({
  from: fc.nat(9),
  to: fc.nat(9),
  opSpan: fc.constant({ from: 0, to: 0 }),
  nameSpan: fc.constant({ from: 0, to: 0 }),
  optional: fc.boolean(),
})

const literalsOf = (type: Literal['type']) =>
  fc.record({
    kind: fc.constant('literal' as const),
    type: fc.constant(type),
    value: values[type] as fc.Arbitrary<Literal['value']>,
    from: fc.constant(0),
    to: fc.constant(0),
  })
const types = Object.keys(values) as Literal['type'][]
const literals = fc.oneof(...types.map(literalsOf))
/** Two of one type, which are more often nearly the same. */
const pairs = fc.oneof(
  ...types.map((type) => fc.tuple(literalsOf(type), literalsOf(type))),
)

const { leaf: leaves } = fc.letrec<{ leaf: Expression; leafs: Expression[] }>((tie) => {
  const node = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc
      .tuple(fc.record(parts), places)
      .map(([made, place]): object => ({ ...place, ...made }))
      .map((made) => made as Expression)
  const caseInsensitive = fc.boolean()
  const [left, right, operand] = [tie('leaf'), tie('leaf'), tie('leaf')]
  const matchOps = fc.constantFrom(':', 'like', 'like~', 'regex', 'regex~')
  return {
    leafs: fc.array(tie('leaf'), { maxLength: 3 }),
    leaf: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      literals,
      node({ kind: fc.constant('field'), name: texts }),
      node({
        kind: fc.constant('call'),
        name: fc.constantFrom('startsWith', 'concat', 'in'),
        caseInsensitive,
        args: tie('leafs'),
      }),
      node({ kind: fc.constantFrom('negate', 'not'), operand }),
      node({
        kind: fc.constant('arithmetic'),
        op: fc.constantFrom('+', '-', '*', '/', '%'),
        left,
        right,
      }),
      node({
        kind: fc.constant('compare'),
        op: fc.constantFrom('==', '!=', '<', '<=', '>', '>='),
        left,
        right,
      }),
      node({ kind: fc.constant('in'), operand, items: tie('leafs'), caseInsensitive }),
      node({
        kind: fc.constant('match'),
        op: matchOps,
        operand,
        patterns: fc.array(literals, { maxLength: 3 }),
      }),
      node({ kind: fc.constantFrom('and', 'or'), operands: tie('leafs') }),
    ),
  }
})

const PLACE = ['from', 'to', 'opSpan', 'nameSpan', 'optional']

/** The same without where it stands. */
function bare(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(bare)
  if (typeof part !== 'object' || part === null) return part
  const kept = Object.entries(part).filter(([name]) => !PLACE.includes(name))
  return Object.fromEntries(kept.map(([name, each]) => [name, bare(each)]))
}

/** The same somewhere else, and with the first literal that is met given way to another. */
function rewrite(node: Expression, literal: Literal): Expression {
  let next: Literal | undefined = literal
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit)
    if (typeof part !== 'object' || part === null) return part
    if (next && 'kind' in part && part.kind === 'literal') {
      const given = next
      next = undefined
      return given
    }
    const visited = Object.entries(part).map(([name, each]) => [name, visit(each)])
    return { ...(Object.fromEntries(visited) as object), from: 77, optional: true }
  }
  return visit(node) as Expression
}

const areOne = (a: Expression, b: Expression): boolean =>
  isDeepStrictEqual(bare(a), bare(b))

test('leaves have one key just when they are one but for where they stand', () => {
  fc.assert(
    fc.property(leaves, leaves, pairs, (some, other, pair) => {
      const [a, b] = pair.map((literal) => rewrite(some, literal))
      for (const [one, two] of [
        [some, other],
        [some, a!],
        [a!, b!],
      ] as const)
        expect(leafKey(one, 0) === leafKey(two, 0)).toBe(areOne(one, two))
    }),
    { numRuns: 3000 },
  )
})

test('no text looks like two, whatever stands between those', () => {
  const keyOf = (...items: readonly string[]): string => {
    const spots = { from: 0, to: 0 }
    const literal = (value: string): Literal => ({
      kind: 'literal',
      type: 'string',
      value,
      ...spots,
    })
    const operand: Expression = { kind: 'field', name: 'x', optional: false, ...spots }
    const list = { kind: 'in', operand, caseInsensitive: false, ...spots } as const
    return leafKey({ ...list, items: items.map(literal) }, 0)
  }
  const two = keyOf('FIRST', 'LAST')
  const both = two.slice(two.indexOf('FIRST'), two.indexOf('LAST') + 'LAST'.length)
  expect(keyOf(both)).not.toBe(two)
})
