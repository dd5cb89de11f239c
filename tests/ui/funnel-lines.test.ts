import { expect, test } from 'vitest'
import type { FunnelStage } from '../../src/engine/result'
import type { ClauseCoverage, RuleCoverage } from '../../src/explain/coverage'
import { findDeadEnd } from '../../src/ui/coverage/dead-end'
import { drawFunnel } from '../../src/ui/coverage/funnel-lines'

const text = 'sequence by host.id [process where a == 1 and b == 2] [file where true]'

const spanOf = (part: string) => {
  const from = text.indexOf(part)
  return { from, to: from + part.length }
}
const clause = (
  part: string,
  isTrue: number,
  left: number,
  alone = 0,
): ClauseCoverage => ({
  ...spanOf(part),
  counts: { true: isTrue, false: 0, null: 0 },
  operands: [],
  left,
  alone,
})
const stages = (...counts: readonly [number, number, number]): readonly FunnelStage[] => [
  { stage: 'events', count: 100 },
  { stage: 'step', step: 1, count: 3 },
  { stage: 'step', step: 2, count: 5 },
  { stage: 'joined', count: counts[0] },
  { stage: 'in-time', count: counts[1] },
  { stage: 'matched', count: counts[2] },
]

interface Counts {
  readonly category?: number
  readonly clauses?: readonly ClauseCoverage[]
  readonly keyed?: number
}

const cover = ({
  category = 40,
  clauses = [clause('a == 1', 9, 9, 4), clause('b == 2', 7, 3, 6)],
  keyed = 2,
}: Counts = {}): RuleCoverage => ({
  events: 100,
  steps: [
    {
      ...spanOf('process where a == 1 and b == 2'),
      ...{ step: 1, role: 'step', category, clauses, keyed, strictest: 1 },
      categorySpan: spanOf('process'),
      ...(category === 0 && { present: ['file', 'network'] }),
      selected: clauses.at(-1)?.left ?? category,
      keys: ['host.id'],
    },
    {
      ...spanOf('file where true'),
      ...{ step: 2, role: 'step', category: 5, selected: 5, keyed: 5 },
      categorySpan: spanOf('file'),
      clauses: [clause('true', 5, 5)],
      keys: ['host.id'],
    },
  ],
})

test('of three steps, the one between tells how many sequences came to it', () => {
  const three = (reached: number): RuleCoverage => {
    const [first, last] = cover().steps
    const inner = { ...last!, step: 2, reached }
    return {
      events: 100,
      steps: [{ ...first!, reached: 2 }, inner, { ...last!, step: 3, reached: 1 }],
    }
  }
  const told = { kind: 'sequence', funnel: stages(0, 0, 0) } as const
  const linesOf = (reached: number) =>
    drawFunnel(told, three(reached), text)
      .groups.slice(1, 4)
      .map(({ lines }) =>
        lines
          .filter(({ kind }) => kind === 'reached')
          .map(({ count, fell, died }) => ({ count, fell: fell?.words, died })),
      )
  expect(linesOf(2)).toEqual([
    [],
    [{ count: 2, fell: 'carried nothing on', died: false }],
    [],
  ])
  expect(linesOf(5)[1]).toEqual([{ count: 5, fell: undefined, died: false }])
  expect(linesOf(0)[1]?.[0]?.died).toBe(true)
  expect(findDeadEnd(told, three(0), text)).toEqual({
    fell: { place: { step: 2, stage: 'reached', outcome: 'fell' } },
  })
})

test('the way of the events, stage by stage, and who falls where', () => {
  const told = { kind: 'sequence', funnel: stages(2, 1, 1), maxspanMs: 300_000 } as const
  const { groups, logarithmic } = drawFunnel(told, cover(), text)
  const lines = groups.flatMap(({ title, lines }) =>
    lines.map(({ words, count, fell, alone, isStrictest }) =>
      [
        `${title}: ${words} ${count}`,
        ...(fell ? [`−${fell.count} ${fell.words}`] : []),
        ...(alone ? [`${alone.count} ${alone.words}`] : []),
        ...(isStrictest ? ['strictest'] : []),
      ].join(', '),
    ),
  )
  expect(lines).toEqual([
    'events: events 100',
    'step 1: process 40, −60 of other categories',
    'step 1: a == 1 9, −31 fail it, 4 only it',
    'step 1: b == 2 3, −6 fail it, 6 only it, strictest',
    'step 1: with key 2, −1 no host.id',
    'step 2: file 5, −95 of other categories',
    'step 2: with key 5',
    'sequences: joined 2, −NaN in no whole sequence',
    'sequences: within 5 m 1, −1 too late',
    'sequences: matched 1',
  ])
  expect(logarithmic).toBe(true)
  expect(groups.flatMap(({ lines: each }) => each).some(({ died }) => died)).toBe(false)
})

test('the first line that nothing passes is where it ends', () => {
  const told = { kind: 'sequence', funnel: stages(0, 0, 0) } as const
  const covered = cover({ clauses: [clause('a == 1', 9, 9), clause('b == 2', 7, 0)] })
  const dead = drawFunnel(told, covered, text).groups.flatMap(({ lines }) =>
    lines.filter(({ died }) => died).map(({ words }) => words),
  )
  expect(dead).toEqual(['b == 2'])
})

test.each<[string, Counts, string | undefined, unknown]>([
  [
    'a category no event has',
    { category: 0, clauses: [] },
    'No `process` events in 100; present: file, network.',
    undefined,
  ],
  [
    'a clause that nothing satisfies',
    { clauses: [clause('a == 1', 0, 0), clause('b == 2', 7, 0)] },
    'Step 1, clause 1, is true of none of the 40 events of the category.',
    { step: 1, stage: 'clause', clause: [0], outcome: 'fell' },
  ],
  [
    'a clause that nothing reaches',
    { clauses: [clause('a == 1', 9, 9), clause('b == 2', 7, 0)] },
    'Step 1, clause 2, lets none of the 9 events pass that are left after the clauses ' +
      'before it; alone it is true of 7.',
    { step: 1, stage: 'clause', clause: [1], outcome: 'fell' },
  ],
  [
    'no key',
    { keyed: 0 },
    'Step 1 fits 3 events, but none has host.id, so nothing can join.',
    { step: 1, stage: 'keyed', outcome: 'fell' },
  ],
  ['nothing joined', {}, undefined, { stage: 'joined', outcome: 'fell' }],
])('%s is where a rule dies', (_, counts, sentence, place) => {
  const answer = { kind: 'sequence', funnel: stages(0, 0, 0) } as const
  const end = findDeadEnd(answer, cover(counts), text)
  expect([end?.sentence, end?.fell?.place]).toEqual([sentence, place])
})
