import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  breaksOf,
  findFrame,
  meetsBreak,
  nextChange,
  type Break,
} from '../../src/ui/replay/replay-moves'
import { ReplayPlayer } from '../../src/ui/replay/replay-player.svelte'
import { mainDeed, printClock, sayTimeLeft } from '../../src/ui/replay/wording'
import type { ReplayFrame, ReplayView } from '../../src/worker/replay-api'

type Drawn = readonly [deed: ReplayFrame['deeds'][number], step?: number]

const frameOf = ([deed, step]: Drawn, at: number): ReplayFrame => ({
  row: 10 + at,
  eventId: `e${at}`,
  time: at * 1000,
  sentence: '',
  deeds: [deed],
  steps: step === undefined ? [] : [step],
  changes: !['unused', 'quiet', 'outside'].includes(deed),
  pending: [],
})

const draw = (...drawn: readonly Drawn[]): ReplayView => ({
  joinKeys: [],
  places: [{ step: 1 }, { step: 2 }],
  maxspanMs: 5000,
  frames: drawn.map(frameOf),
  start: 0,
})

const life = draw(
  ['unused'],
  ['opened', 1],
  ['outside'],
  ['expired'],
  ['opened', 1],
  ['until'],
  ['cut'],
  ['opened', 1],
  ['matched', 2],
  ['unused'],
)

describe('moves', () => {
  test.each([
    [0, 1, 1],
    [1, 1, 3],
    [3, -1, 1],
    [1, -1, 0],
    [8, 1, 9],
  ] as const)('from %i the next change, way %i, is at %i', (from, way, to) => {
    expect(nextChange(life.frames, from, way)).toBe(to)
  })

  test.each<[Break, readonly number[]]>([
    ['step 1', [1, 4, 7]],
    ['step 2', [8]],
    ['until', [5, 6]],
    ['too late', [3]],
    ['match', [8]],
  ])('a stop at %s is met at %j', (name, places) => {
    const met = life.frames.flatMap((frame, at) =>
      meetsBreak(frame, new Set([name])) ? [at] : [],
    )
    expect(met).toEqual(places)
  })

  test('one can stop at what can happen', () => {
    expect(breaksOf(life)).toEqual(['step 1', 'step 2', 'until', 'too late', 'match'])
    const { maxspanMs: _, ...endless } = draw(['opened', 1])
    expect(breaksOf(endless)).toEqual(['step 1', 'step 2', 'match'])
  })

  test('nothing is found beyond the ends', () => {
    expect(findFrame(life.frames, 9, 1, () => true)).toBeUndefined()
    expect(findFrame(life.frames, 0, -1, () => true)).toBeUndefined()
  })
})

describe('a player', () => {
  const rows: number[] = []
  let player: ReplayPlayer
  beforeEach(() => {
    vi.useFakeTimers()
    rows.length = 0
    player = new ReplayPlayer(({ row }) => rows.push(row))
    player.show({ ...life, start: 1 })
  })
  afterEach(() => vi.useRealTimers())

  test('begins where it was asked to, and tells of moves alone', () => {
    expect(player.place).toBe(1)
    player.go(2)
    player.go(99)
    player.go(-1)
    expect(rows).toEqual([12, 19, 10])
  })
  test('goes to an event chosen elsewhere without telling of it', () => {
    player.goToRow(14)
    player.goToRow(4711)
    expect([player.place, rows]).toEqual([4, []])
  })
  test('plays to the next stop, then to the end, then from the beginning', () => {
    player.setBreaks(['until'])
    player.play()
    vi.advanceTimersByTime(60_000)
    expect([player.place, player.isPlaying]).toEqual([5, false])
    player.setBreaks([])
    player.play()
    vi.advanceTimersByTime(60_000)
    expect([player.place, player.isPlaying]).toEqual([9, false])
    player.play()
    expect([player.place, player.isPlaying]).toEqual([0, true])
    player.go(3)
    vi.advanceTimersByTime(60_000)
    expect([player.place, player.isPlaying]).toEqual([3, false])
  })
  test('runs to the next stop at once', () => {
    expect(player.nextBreak).toBeUndefined()
    player.setBreaks(['match'])
    player.goToBreak()
    expect([player.place, player.matches, player.nextBreak]).toEqual([8, 1, undefined])
  })
})

test.each([
  [0, '0:00'],
  [21_000, '0:21'],
  [180, '0:00.180'],
  [3_725_000, '1:02:05'],
])('%i ms on the clock: %s', (ms, text) => {
  expect(printClock(ms)).toBe(text)
})

test('at its deadline a sequence is still in time', () => {
  expect(sayTimeLeft(5000, 5000)).toBe('0:00 left')
  expect(sayTimeLeft(5000, 5001)).toBe('0:00.001 over time')
})

test('of several deeds the most telling is shown', () => {
  expect(mainDeed({ ...frameOf(['opened'], 0), deeds: ['opened', 'matched'] })).toBe(
    'matched',
  )
})
