import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { Condition } from '../../src/engine/plan'
import { readEventQuery } from '../support/event-query'
import { drawTable, type DrawnTable } from '../support/text-table'

/** An event as plain lists of values, and what the same event looks like drawn. */
interface PlainEvent {
  readonly name: readonly string[]
  readonly pid: readonly number[]
  readonly flag: readonly boolean[]
}

/** A condition as text, and as a function of plain events. */
interface Twin {
  readonly text: string
  readonly holds: (event: PlainEvent) => boolean
}

const names = fc.array(fc.constantFrom('x', 'y', 'X', 'xy', ''), { maxLength: 3 })
const event: fc.Arbitrary<PlainEvent> = fc.record({
  name: names,
  pid: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
  flag: fc.array(fc.boolean(), { maxLength: 1 }),
})

const number = fc.integer({ min: -1, max: 4 })
const word: fc.Arbitrary<string> = fc.constantFrom('x', 'y', 'xy', '')

const leaf: fc.Arbitrary<Twin> = fc.oneof(
  word.map((text) => ({
    text: `name == "${text}"`,
    holds: (e: PlainEvent) => e.name.includes(text),
  })),
  word.map((text) => ({
    text: `name != "${text}"`,
    holds: (e: PlainEvent) => !e.name.includes(text),
  })),
  word.map((text) => ({
    text: `name : "${text}*"`,
    holds: (e: PlainEvent) => e.name.some((name) => name.toLowerCase().startsWith(text)),
  })),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((texts) => ({
    text: `name in (${texts.map((text) => `"${text}"`).join(', ')})`,
    holds: (e: PlainEvent) => e.name.some((name) => texts.includes(name)),
  })),
  number.map((bound) => ({
    text: `pid > ${bound}`,
    holds: (e: PlainEvent) => e.pid.some((pid) => pid > bound),
  })),
  number.map((bound) => ({
    text: `${bound} >= pid`,
    holds: (e: PlainEvent) => e.pid.some((pid) => bound >= pid),
  })),
  number.map((sum) => ({
    text: `pid + pid == ${sum}`,
    holds: (e: PlainEvent) => e.pid.some((a) => e.pid.some((b) => a + b === sum)),
  })),
  number.map((length) => ({
    text: `length(name) == ${length}`,
    holds: (e: PlainEvent) => e.name.some((name) => name.length === length),
  })),
  fc.tuple(word, number).map(([text, pid]) => ({
    text: `concat(name, pid) == "${text}${pid}"`,
    holds: (e: PlainEvent) => e.name.includes(text) && e.pid.includes(pid),
  })),
  fc.constantFrom(
    { text: 'name == null', holds: (e: PlainEvent) => e.name.length === 0 },
    { text: 'pid != null', holds: (e: PlainEvent) => e.pid.length > 0 },
    { text: 'flag', holds: (e: PlainEvent) => e.flag.includes(true) },
    { text: 'flag == false', holds: (e: PlainEvent) => e.flag.includes(false) },
    {
      text: 'concat(name, pid) == null',
      holds: (e: PlainEvent) => e.name.length === 0 || e.pid.length === 0,
    },
    {
      text: '(pid > 1) == false',
      holds: (e: PlainEvent) => !e.pid.some((pid) => pid > 1),
    },
    { text: '?nowhere == null', holds: () => true },
    { text: '?nowhere != 1', holds: () => true },
  ),
)

const { condition } = fc.letrec<{ condition: Twin }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie('condition').map(({ text, holds }) => ({
      text: `not (${text})`,
      holds: (e: PlainEvent) => !holds(e),
    })),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => ({
      text: `(${a.text}) and (${b.text})`,
      holds: (e: PlainEvent) => a.holds(e) && b.holds(e),
    })),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => ({
      text: `(${a.text}) or (${b.text})`,
      holds: (e: PlainEvent) => a.holds(e) || b.holds(e),
    })),
  ),
}))

/** Conditions in which null literals come and go, of which only laws are known. */
const { foldable } = fc.letrec<{ foldable: string }>((tie) => ({
  foldable: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf.map(({ text }) => text),
    fc.constantFrom('?nowhere : "x"', '?nowhere > 1', 'true', 'false', 'null'),
    tie('foldable').map((a) => `not (${a})`),
    fc.tuple(tie('foldable'), tie('foldable')).map(([a, b]) => `(${a}) and (${b})`),
    fc.tuple(tie('foldable'), tie('foldable')).map(([a, b]) => `(${a}) or (${b})`),
  ),
}))

const cell = (values: readonly unknown[]): string =>
  values.length === 0
    ? '-'
    : `[${values.map((value) => JSON.stringify(value)).join(', ')}]`

const draw = (events: readonly PlainEvent[]): DrawnTable =>
  drawTable(
    [
      'name: keyword',
      'pid: long',
      'flag: boolean',
      'row  name  pid  flag',
      ...events.map(
        ({ name, pid, flag }, i) => `${i}  ${cell(name)}  ${cell(pid)}  ${cell(flag)}`,
      ),
    ].join('\n'),
  )

/** Compiles conditions that share their leaves. */
function compilerOver({ table, schema }: DrawnTable): (text: string) => Condition {
  const leaves = new LeafCache()
  const context = { table, schema, categoryField: 'event.category', now: 0, leaves }
  return (text) => compileCondition(readEventQuery(text), context)
}

const events = fc.array(event, { minLength: 1, maxLength: 20 })
const rowsOf = (condition: Condition): number[] => condition.rows().rows()

describe('conditions', () => {
  test('find what a plain reading of them finds', () => {
    fc.assert(
      fc.property(events, condition, (plain, { text, holds }) => {
        const found = rowsOf(compilerOver(draw(plain))(text))
        expect(found).toEqual(plain.flatMap((e, row) => (holds(e) ? [row] : [])))
      }),
    )
  })

  test('tell of each event what they found', () => {
    fc.assert(
      fc.property(events, foldable, (plain, text) => {
        const compiled = compilerOver(draw(plain))(text)
        const rows = compiled.rows()
        plain.forEach((_, row) =>
          expect(compiled.evidence(row).truth === true).toBe(rows.has(row)),
        )
        if (compiled.constant !== undefined)
          expect(rows.count()).toBe(compiled.constant === true ? plain.length : 0)
      }),
    )
  })

  test('keep to the laws of their connectives', () => {
    fc.assert(
      fc.property(events, foldable, foldable, (plain, a, b) => {
        const compile = compilerOver(draw(plain))
        const [left, right] = [compile(a).rows(), compile(b).rows()]
        expect(rowsOf(compile(`(${a}) and (${b})`))).toEqual(left.and(right).rows())
        expect(rowsOf(compile(`not not (${a})`))).toEqual(left.rows())
        const either = rowsOf(compile(`(${a}) or (${b})`))
        expect(either).toEqual(left.or(right).rows())
        if (compile(a).constant !== null)
          expect(rowsOf(compile(`not (${a})`))).toHaveLength(plain.length - left.count())
      }),
    )
  })

  test('are the and of their terms', () => {
    fc.assert(
      fc.property(events, foldable, (plain, text) => {
        const compiled = compilerOver(draw(plain))(text)
        const { active } = draw(plain).table
        const joined = compiled.terms.reduce(
          (rows, term) => rows.and(term.rows()),
          active,
        )
        expect(joined.rows()).toEqual(rowsOf(compiled))
      }),
    )
  })
})
