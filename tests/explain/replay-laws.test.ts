import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeyTuple, SequenceObserver } from '../../src/engine/observer'
import { runRule, runToEnd } from '../../src/engine/run'
import { RowSet } from '../../src/events/row-set'
import { replaySequences } from '../../src/explain/replay'
import type { Deed, Frame, Replay } from '../../src/explain/replay-frame'
import { bindPlainRule } from '../engine/hand-made-rule'
import type { PlainEvent } from '../engine/naive-sequence'
import { runPlain, worlds, type World } from '../engine/plain-worlds'

const NOTHING = { size: 0, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/** What the observer of a run calls waiting, of one key. */
function waitingAt(
  { rule, events }: World,
  key: KeyTuple,
): readonly (readonly number[])[] {
  const waiting: (readonly number[])[] = []
  const observer: SequenceObserver = {
    waiting: (of, rows) => String(of) === String(key) && waiting.push(rows),
  }
  runToEnd(runRule(bindPlainRule(rule, events), NOTHING, observer))
  return waiting
}

/** Every key that begins a sequence. */
function keysOf({ rule, events }: World): readonly KeyTuple[] {
  const keys = new Map<string, KeyTuple>()
  const observer: SequenceObserver = {
    opened: (key) => keys.set(JSON.stringify(key), key),
  }
  runToEnd(runRule(bindPlainRule(rule, events), NOTHING, observer))
  return [...keys.values()]
}

const replayAll = (
  world: World,
  cap?: number,
): readonly (readonly [KeyTuple, Replay])[] =>
  keysOf(world).map((key) => [
    key,
    runToEnd(replaySequences(bindPlainRule(world.rule, world.events), key, { cap })),
  ])

const inTime = (events: readonly PlainEvent[]): readonly PlainEvent[] =>
  [...events].sort((a, b) => a.time - b.time || a.row - b.row)

const deedsOf = <K extends Deed['kind']>(frames: readonly Frame[], kind: K) =>
  frames.flatMap(({ row, deeds }) =>
    deeds
      .filter((deed): deed is Extract<Deed, { kind: K }> => deed.kind === kind)
      .map((deed) => ({ ...deed, by: row })),
  )

const withoutMissing = (rows: readonly number[]): readonly number[] =>
  rows.filter((row) => row >= 0)

test('the matches of a replay are those of a run over all', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const found = runPlain(world)
      const told = replayAll(world).flatMap(([key, { frames }]) =>
        deedsOf(frames, 'matched').map(({ rows }) => JSON.stringify([key, rows])),
      )
      const expected = found.map(({ key, rows }) =>
        JSON.stringify([key, withoutMissing(rows)]),
      )
      expect([...told].sort()).toEqual([...expected].sort())
    }),
    { numRuns: 300 },
  )
})

test('after every event waits what waits at the end of a run over the events so far', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const ordered = inTime(world.events)
      for (const [key, { frames }] of replayAll(world))
        for (const { row, pending } of frames) {
          const place = ordered.findIndex((event) => event.row === row)
          const gone = new Set(ordered.slice(place + 1))
          const soFar = world.events.map((event) =>
            gone.has(event)
              ? { ...event, fits: event.fits.map(() => false), isUntil: false }
              : event,
          )
          const waiting = waitingAt({ ...world, events: soFar }, key)
          expect(pending.map(({ rows }) => rows)).toEqual(waiting)
        }
    }),
    { numRuns: 150 },
  )
})

test('every event that a rule has a use for has a frame, and what it tells is so', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const positive = rule.missing.flatMap((missing, step) => (missing ? [] : [step]))
      const event = (row: number): PlainEvent => events[row]!
      const fits = (row: number, place: number): boolean =>
        event(row).fits[positive[place]!]!
      const span = (from: number, to: number): number => event(to).time - event(from).time
      for (const [, { frames }] of replayAll({ rule, events })) {
        const used = events.filter(
          (each) => each.fits.includes(true) || (rule.hasUntil && each.isUntil),
        )
        expect(used.map(({ row }) => row)).toEqual(
          expect.arrayContaining(frames.map(({ row }) => row)),
        )
        expect(deedsOf(frames, 'outside')).toEqual([])
        for (const kind of ['opened', 'advanced', 'matched', 'violated'] as const)
          for (const { rows, by } of deedsOf(frames, kind)) {
            expect(rows.at(-1)).toBe(by)
            expect(rows.every((row, place) => fits(row, place))).toBe(true)
            expect(span(rows[0]!, by)).toBeLessThanOrEqual(rule.maxspan ?? Infinity)
          }
        for (const { rows, by, overMs } of deedsOf(frames, 'expired')) {
          expect(fits(by, rows.length)).toBe(true)
          expect(overMs).toBe(span(rows[0]!, by) - rule.maxspan!)
          expect(overMs).toBeGreaterThan(0)
        }
        for (const { rows, by, until } of deedsOf(frames, 'cut')) {
          expect(fits(by, rows.length) && event(until).isUntil).toBe(true)
          expect(span(rows.at(-1)!, until)).toBeGreaterThanOrEqual(0)
          expect(span(until, by)).toBeGreaterThanOrEqual(0)
        }
        for (const { step, witness, rows } of deedsOf(frames, 'violated')) {
          expect(event(witness).fits[step] && rule.missing[step]).toBe(true)
          const told = frames.find(({ row }) => row === witness)
          expect(told?.deeds).toContainEqual({ kind: 'witness', rows, step })
        }
        for (const { step, by } of deedsOf(frames, 'quiet'))
          expect(event(by).fits[step] && rule.missing[step]).toBe(true)
        for (const [at, { row, deeds }] of frames.entries())
          for (const deed of deeds) {
            const before = frames[at - 1]?.pending ?? []
            if (deed.kind === 'unused') {
              expect(fits(row, deed.place)).toBe(true)
              expect(before.some(({ rows }) => rows.length === deed.place)).toBe(false)
            }
            if (deed.kind === 'replaced')
              expect(before.map(({ rows }) => rows)).toContainEqual(deed.rows)
            if (deed.kind === 'until') {
              expect(event(row).isUntil).toBe(true)
              expect(frames[at]!.pending.every(({ until }) => until !== undefined)).toBe(
                true,
              )
            }
          }
      }
    }),
    { numRuns: 300 },
  )
})

test('what is ended by until is cut, never carried on', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      for (const [, { frames }] of replayAll(world))
        for (const [at, { pending }] of frames.entries())
          for (const { rows, until } of pending) {
            if (until === undefined) continue
            const later = frames.slice(at + 1)
            const carried = [
              ...deedsOf(later, 'advanced'),
              ...deedsOf(later, 'matched'),
            ].some((deed) => rows.every((row, place) => deed.rows[place] === row))
            expect(carried).toBe(false)
          }
    }),
    { numRuns: 150 },
  )
})

test('a part of the frames tells the same of its events as all of them', () => {
  fc.assert(
    fc.property(worlds, fc.nat(13), ({ rule, events }, near) => {
      for (const key of keysOf({ rule, events })) {
        const bound = bindPlainRule(rule, events)
        const whole = runToEnd(replaySequences(bound, key))
        const around = whole.frames[near % whole.frames.length]!.row
        const part = runToEnd(replaySequences(bound, key, { around, cap: 3 }))
        expect(part.of).toBe(whole.of)
        expect(part.frames.map(({ row }) => row)).toContain(around)
        expect(part.frames).toEqual(
          whole.frames.slice(part.from, part.from + part.frames.length),
        )
      }
    }),
    { numRuns: 200 },
  )
})

test('on demand, the other events of the key have frames too', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const bound = bindPlainRule(rule, events)
      for (const key of keysOf({ rule, events })) {
        const othersOf = RowSet.all(events.length)
        const plain = runToEnd(replaySequences(bound, key))
        const more = runToEnd(replaySequences(bound, key, { othersOf }))
        const isOutside = ({ deeds }: Frame): boolean => deeds[0]?.kind === 'outside'
        expect(more.frames.filter((frame) => !isOutside(frame))).toEqual(plain.frames)
        for (const { row } of more.frames.filter(isOutside))
          expect(
            events[row]!.fits.includes(true) && plain.frames.some((f) => f.row === row),
          ).toBe(false)
      }
    }),
    { numRuns: 100 },
  )
})
