import fc from 'fast-check'
import type {
  Call,
  EventQuery,
  Expression,
  FieldRef,
  Literal,
  Query,
  Step,
} from '../../src/language/ast'

const span = { from: 0, to: 0 }

/** Words that must survive printing: plain, reserved, and what needs backquotes. */
const part = fc.oneof(
  fc.constantFrom('a', 'process', 'name', '@timestamp', 'sequence', 'not', 'runs', '_x9'),
  fc.string({ minLength: 1, maxLength: 4 }).filter((text) => !text.includes('.')),
)

const field: fc.Arbitrary<FieldRef> = fc
  .record({
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
    optional: fc.boolean(),
  })
  .map(({ parts, optional }) => ({
    kind: 'field',
    ...span,
    name: parts.join('.'),
    optional,
  }))

const literal: fc.Arbitrary<Literal> = fc
  .oneof(
    fc.record({ type: fc.constant('string' as const), value: fc.string() }),
    fc.record({
      type: fc.constant('string' as const),
      value: fc.string({
        unit: fc.constantFrom('\\', '"', "'", '\n', '*', 'é', '\u0001'),
      }),
    }),
    fc.record({ type: fc.constant('integer' as const), value: fc.nat() }),
    fc.record({
      type: fc.constant('long' as const),
      value: fc.integer({ min: 2 ** 31, max: Number.MAX_SAFE_INTEGER }),
    }),
    fc.record({
      type: fc.constant('unsigned_long' as const),
      value: fc.bigInt(2n ** 63n, 2n ** 64n - 1n),
    }),
    fc.record({
      type: fc.constant('double' as const),
      value: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    }),
    fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.constant({ type: 'null' as const, value: null }),
  )
  .map((constant) => ({ kind: 'literal', ...span, ...constant }))

const negative: fc.Arbitrary<Literal> = fc.oneof(
  fc
    .integer({ min: -(2 ** 31) + 1, max: -1 })
    .map((value): Literal => ({ kind: 'literal', ...span, type: 'integer', value })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, max: -0 })
    .map((value): Literal => ({ kind: 'literal', ...span, type: 'double', value })),
)

export const expression: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>(
  (tie) => {
    const node = tie('node')
    const several = fc.array(node, { minLength: 1, maxLength: 3 })
    const leaf = fc.oneof(literal, negative, field)
    return {
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        node.map((operand): Expression => ({ kind: 'not', ...span, operand })),
        node
          .filter((operand) => operand.kind !== 'literal')
          .map((operand): Expression => ({ kind: 'negate', ...span, operand })),
        fc
          .record({
            kind: fc.constantFrom('and' as const, 'or' as const),
            operands: fc.array(node, { minLength: 2, maxLength: 3 }),
          })
          .map((logic): Expression => ({ ...span, ...logic })),
        fc
          .record({
            op: fc.constantFrom(
              '+' as const,
              '-' as const,
              '*' as const,
              '/' as const,
              '%' as const,
            ),
            left: node,
            right: node,
          })
          .map((rest): Expression => ({ kind: 'arithmetic', ...span, ...rest })),
        fc
          .record({
            op: fc.constantFrom(
              '==' as const,
              '!=' as const,
              '<' as const,
              '>=' as const,
            ),
            left: node,
            right: node,
          })
          .map((rest): Expression => ({
            kind: 'compare',
            ...span,
            ...rest,
            opSpan: span,
          })),
        fc
          .record({ operand: node, items: several, caseInsensitive: fc.boolean() })
          .map((rest): Expression => ({ kind: 'in', ...span, ...rest })),
        fc
          .record({
            op: fc.constantFrom(
              ':' as const,
              'like' as const,
              'like~' as const,
              'regex~' as const,
            ),
            operand: node,
            patterns: fc.array(literal, { minLength: 1, maxLength: 3 }),
          })
          .map((rest): Expression => ({ kind: 'match', ...span, ...rest, opSpan: span })),
        fc
          .record({
            name: fc.constantFrom('length', 'startsWith', 'foo'),
            caseInsensitive: fc.boolean(),
            args: fc.array(node, { maxLength: 2 }),
          })
          .map((rest): Call => ({ kind: 'call', ...span, ...rest, nameSpan: span })),
      ),
    }
  },
).node

const event: fc.Arbitrary<EventQuery> = fc
  .record({
    category: fc.oneof(
      fc.constant({ ...span, any: true, name: 'any' }),
      fc
        .constantFrom('process', 'any', 'with', 'my own')
        .map((name) => ({ ...span, any: false, name })),
    ),
    condition: expression,
  })
  .map((rest) => ({ kind: 'event', ...span, ...rest }))

const step = (missing: boolean): fc.Arbitrary<Step> =>
  fc
    .record({ query: event, by: fc.tuple(field), runs: fc.integer({ min: 2, max: 5 }) })
    .map((rest) => ({ ...span, ...rest, missing, runsSpan: span }))

export const query: fc.Arbitrary<Query> = fc
  .record({
    body: fc.oneof(
      event,
      fc
        .record({
          by: fc.array(field, { maxLength: 2 }),
          steps: fc.tuple(step(false), step(true), step(false)),
          until: fc.option(step(false), { nil: undefined }),
        })
        .map(({ by, steps, until }): Query['body'] => ({
          kind: 'sequence',
          ...span,
          by,
          maxspan: { ...span, ms: 300_000, text: '5m' },
          steps,
          ...(until && { until: { ...withoutRuns(until) } }),
        })),
    ),
    pipes: fc.array(
      fc
        .record({
          name: fc.constantFrom('head' as const, 'tail' as const),
          count: fc.nat(),
        })
        .map((rest) => ({ ...span, ...rest })),
      { maxLength: 2 },
    ),
  })
  .map((rest) => ({ ...span, text: '', ...rest }))

function withoutRuns({ runsSpan: _, ...step }: Step): Step {
  return { ...step, runs: 1 }
}
