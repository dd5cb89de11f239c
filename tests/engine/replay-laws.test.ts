import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeyTuple, SequenceObserver } from '../../src/engine/observer'
import { runRule, runToEnd } from '../../src/engine/run'
import { replayKey } from '../../src/engine/sequence'
import { bindPlainRule } from './hand-made-rule'
import { runPlain, worlds, type World } from './plain-worlds'

const NOTHING = { size: 0, resultPosition: 'tail', maxSamplesPerKey: 1 } as const

/** What is told of each key, in order. */
type Tale = Record<string, unknown[]>

const listenTo = (tale: Tale): Required<SequenceObserver> => {
  const note =
    (kind: string) =>
    (key: KeyTuple, ...rest: unknown[]): void => {
      ;(tale[JSON.stringify(key)] ??= []).push([kind, ...rest])
    }
  return {
    opened: note('opened'),
    advanced: note('advanced'),
    replaced: note('replaced'),
    expired: note('expired'),
    cut: note('cut'),
    violated: note('violated'),
    matched: note('matched'),
    waiting: note('waiting'),
  }
}

const tellAll = ({ rule, events }: World): Tale => {
  const tale: Tale = {}
  runToEnd(runRule(bindPlainRule(rule, events), NOTHING, listenTo(tale)))
  return tale
}

test('of one key, a replay tells what the run over all told of it', () => {
  fc.assert(
    fc.property(worlds, ({ rule, events }) => {
      const whole = tellAll({ rule, events })
      const found = runPlain({ rule, events })
      let replayed = 0
      for (const [name, told] of Object.entries(whole)) {
        const tale: Tale = {}
        const key = JSON.parse(name) as KeyTuple
        const bound = bindPlainRule(rule, events)
        const matches = runToEnd(replayKey(bound, key, listenTo(tale)))
        expect(tale).toEqual({ [name]: told })
        expect(matches.map(({ rows }) => rows)).toEqual(
          found.filter((match) => JSON.stringify(match.key) === name).map((m) => m.rows),
        )
        replayed += matches.length
      }
      expect(replayed).toBe(found.length)
    }),
    { numRuns: 500 },
  )
})
