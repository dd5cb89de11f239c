import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tellRule } from '../../src/explain/in-words'
import type { Expression, Query, Span } from '../../src/language/ast'
import { parseQuery } from '../../src/language/parse'
import { printQuery } from '../../src/language/print'
import { stepsOf } from '../../src/language/walk'
import { query as drawnQuery } from '../language/queries'

/** The smallest boolean parts, as the engine cuts a condition. */
function leavesOf(node: Expression): readonly Span[] {
  if (node.kind === 'and' || node.kind === 'or') return node.operands.flatMap(leavesOf)
  if (node.kind === 'not') return leavesOf(node.operand)
  const isTruth =
    node.kind === 'compare' &&
    (node.op === '==' || node.op === '!=') &&
    node.right.kind === 'literal' &&
    node.right.type === 'boolean' &&
    ['and', 'or', 'not'].includes(node.left.kind)
  return isTruth ? leavesOf(node.left) : [node]
}

/** Everything that a query says. */
function factsOf({ body, pipes, ...query }: Query): readonly Span[] {
  const steps = stepsOf({ body, pipes, ...query })
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  return [
    ...(body.kind === 'event' ? [] : body.by),
    ...(body.kind === 'sequence' && body.maxspan ? [body.maxspan] : []),
    ...[...steps, ...until].flatMap((step) => [
      step.query.category,
      ...leavesOf(step.query.condition),
      ...step.by,
      ...(step.runsSpan ? [step.runsSpan] : []),
    ]),
    ...pipes,
  ]
}

const readable = drawnQuery.map(printQuery).filter((text) => {
  const { query } = parseQuery(text)
  return query !== undefined
})

const holds = (outer: Span, inner: Span): boolean =>
  outer.from <= inner.from && inner.to <= outer.to

function checkTold(text: string): void {
  const query = parseQuery(text).query!
  const phrases = tellRule(query).flatMap((paragraph) => paragraph.phrases)
  const linked = phrases.flatMap(({ from, to, text: words }) =>
    from === undefined || to === undefined ? [] : [{ from, to, words }],
  )
  for (const fact of factsOf(query))
    expect(
      linked.filter((phrase) => holds(phrase, fact)),
      text.slice(fact.from, fact.to),
    ).toHaveLength(1)
  const inOrder = linked.toSorted((a, b) => a.from - b.from)
  inOrder.forEach(({ to }, at) => {
    expect(to).toBeLessThanOrEqual(inOrder[at + 1]?.from ?? text.length)
  })
  for (const phrase of phrases) expect(phrase.text).not.toBe('')
}

test('every clause, key, span, count and pipe is told once', () => {
  fc.assert(fc.property(readable, checkTold), { numRuns: 300 })
})

test('so are those of rules as people write them', () => {
  checkTold(`sequence by host.id, ?user.id with maxspan=5m
    [process where event.type == "start" and not (a == 1 or (b : "x*" and not c)) ] by d
    ![file where (a == 1 and b == 2) == false] by e with runs=2
    [any where not not a == 1 and not ?b : ("x", "y*")] by f with runs=3
    until [process where event.type == "end"] by d | head 5 | tail 2`)
  checkTold('sample by host.id [process where true] by a [file where 1 < b] by c')
})
