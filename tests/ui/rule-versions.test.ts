import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { sayVersion } from '../../src/ui/rule/version-wording'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { RuleComparer } from '../../src/ui/state/rule-comparer.svelte'
import { ruleAsEdited, writeSource } from '../../src/ui/state/rule-source'
import { standingOf } from '../../src/ui/state/rule-standing'
import {
  keepVersion,
  leaveDraft,
  openedVersion,
  restoreVersion,
  takeFile,
  undoRestore,
  versionNow,
} from '../../src/ui/state/rule-versions'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'
import { VersionWatch } from '../../src/ui/state/version-watch'
import type { CompareAnswer, CompareRequest } from '../../src/worker/repair-api'

const TOML =
  '[rule]\nname = "Odd child"\ntype = "eql"\n' +
  'severity = "low"\nquery = "process where true"\n'
const NOON = Date.UTC(2026, 0, 1, 12)
const MINUTE = 60_000
const ruleOf = (text: string) => readRules(text).rules[0]!
const open = (text = TOML) => new OpenRule(ruleOf(text), 'odd', NOON - MINUTE)
const runs = {
  edit: (rule: OpenRule, text: string) => {
    rule.text = text
  },
  runNow: () => undefined,
}

/** What a rule was, the newest first: `Edited process where true`. */
const told = (rule: OpenRule) =>
  rule.versions.map(
    (version) =>
      `${sayVersion(version, version === openedVersion(rule))}: ${version.read()?.query ?? version.text}`,
  )
const restart = (rule: OpenRule) => openStoredRule(structuredClone(storeRule(rule)))!

describe('the versions of a rule', () => {
  test('what is saved is one, and nothing is saved twice', () => {
    const rule = open()
    expect(versionNow(rule)).toBe(rule.versions[0])
    rule.text = 'process where process.pid > 4'
    expect(versionNow(rule)).toBe(undefined)
    keepVersion(rule, NOON, 'saved')
    keepVersion(rule, NOON + 1, 'saved')
    expect(versionNow(rule)).toBe(rule.versions[0])
    expect(told(rule)).toEqual([
      'Saved: process where process.pid > 4',
      'As opened: process where true',
    ])
  })

  test('come back with the session, whole', () => {
    const rule = open()
    for (const [n, origin] of (['saved', 'edited'] as const).entries()) {
      rule.text = `process where process.pid > ${n}`
      keepVersion(rule, NOON + n, origin)
    }
    rule.text = 'process where false'
    const again = restart(rule)
    expect(told(again)).toEqual([
      'Edited: process where process.pid > 1',
      'Saved: process where process.pid > 0',
      'As opened: process where true',
    ])
    expect(again.versions.map(({ id, time }) => [id, time])).toEqual(
      rule.versions.map(({ id, time }) => [id, time]),
    )
    expect(again.versions[0].read()).toMatchObject({ severity: 'low' })
    expect(versionNow(again)).toBe(undefined)
  })

  test('keep comments, and what is gone back to is as it was, byte for byte', () => {
    const rule = open()
    const commented = TOML.replace('"low"', '"high" # it is')
    writeSource(runs, rule, commented)
    keepVersion(rule, NOON, 'edited')
    rule.text = 'process where false'
    restoreVersion(runs, rule, rule.versions[0], NOON + 2 * MINUTE)
    expect([rule.document?.text, rule.text]).toEqual([commented, 'process where true'])
    expect(told(rule)).toEqual([
      'Edited: process where false',
      'Edited: process where true',
      'As opened: process where true',
    ])
    restoreVersion(runs, rule, rule.versions.at(-1)!, NOON + 4 * MINUTE)
    expect([rule.isEdited, rule.rule.severity]).toEqual([false, 'low'])
    expect(told(rule)).toHaveLength(3)
  })

  test('going back soon after an edit loses neither of the two', () => {
    const rule = open()
    rule.text = 'process where false'
    keepVersion(rule, NOON, 'edited')
    rule.text = 'any where false'
    restoreVersion(runs, rule, rule.versions[0], NOON + 1000)
    keepVersion(rule, NOON + 2000, 'edited')
    rule.text = 'any where 1 == 1'
    keepVersion(rule, NOON + 3000, 'edited')
    expect(told(rule)).toEqual([
      'Edited: any where 1 == 1',
      'Edited: any where false',
      'Edited: process where false',
      'As opened: process where true',
    ])
  })

  test('going back is undone without losing what was edited since', () => {
    const rule = open()
    rule.text = 'process where false'
    const before = standingOf(rule)
    restoreVersion(runs, rule, rule.versions[0], NOON)
    rule.text = 'any where false'
    keepVersion(rule, NOON + 1000, 'saved')
    rule.text = 'any where true'
    undoRestore(runs, rule, before, NOON + 2000)
    expect(rule.text).toBe('process where false')
    expect(told(rule)).toEqual([
      'Edited: any where true',
      'Saved: any where false',
      'Edited: process where false',
      'As opened: process where true',
    ])
    // An edit soon after stands for nothing that was undone.
    rule.text = 'any where 1 == 1'
    keepVersion(rule, NOON + 3000, 'edited')
    expect(told(rule).slice(0, 2)).toEqual([
      'Edited: any where 1 == 1',
      'Edited: any where true',
    ])
  })

  describe('of a source that cannot be read', () => {
    const broken = (text: string) => `${text}risk_score =`
    const leaves: readonly (readonly [string, (rule: OpenRule) => void])[] = [
      [
        'going back to a version',
        (rule) => restoreVersion(runs, rule, openedVersion(rule), NOON),
      ],
      ['leaving it', (rule) => leaveDraft(rule, NOON)],
    ]
    test.each(leaves)('are one after %s, beside what could be read', (_, leave) => {
      const rule = open()
      const edited = TOML.replace('"low"', '"high"')
      for (const text of [edited, broken(edited)]) writeSource(runs, rule, text)
      leave(rule)
      expect([rule.draft, rule.text]).toEqual([undefined, 'process where true'])
      const wanted = [
        `Edited, source that cannot be read: ${broken(edited)}`,
        'Edited: process where true',
        'As opened: process where true',
      ]
      expect(told(rule)).toEqual(wanted)
      expect(told(restart(rule))).toEqual(wanted)
      const again = restart(rule)
      restoreVersion(runs, again, again.versions[0], NOON + 1)
      expect(again.draft?.text).toBe(broken(edited))
      expect(versionNow(again)).toBe(again.versions[0])
    })

    test('do not stay in the way of one that a page tells of', () => {
      const rule = open()
      const told = {
        ...{ id: 'told-1', origin: 'told' as const, version: 1 },
        read: () => ({ ...rule.opened, query: 'any where 1 == 1' }),
      }
      writeSource(runs, rule, broken(TOML))
      restoreVersion(runs, rule, told, NOON)
      expect([rule.draft, rule.text]).toEqual([undefined, 'any where 1 == 1'])
      expect(rule.versions[0].text).toBe(broken(TOML))
    })

    test('stand for nothing else, however soon that comes', () => {
      const rule = open()
      for (const [n, text] of [broken(TOML), broken(`${TOML}# again\n`)].entries()) {
        writeSource(runs, rule, text)
        leaveDraft(rule, NOON + n)
      }
      rule.text = 'any where true'
      keepVersion(rule, NOON + 2, 'edited')
      expect(rule.versions.map(({ text }) => text)).toEqual([
        TOML.replace('process where true', 'any where true'),
        broken(`${TOML}# again\n`),
        broken(TOML),
        TOML,
      ])
    })
  })

  test.each([
    ['a bare query', 'process where true'],
    ['an export', JSON.stringify({ name: 'Odd', rule_id: 'r', query: 'any where true' })],
  ])('of %s, opened on another day, have no other dates', (_, text) => {
    const rule = open(text)
    rule.text = 'any where false'
    keepVersion(rule, NOON, 'edited')
    const again = restart(rule)
    expect(versionNow(again)).toBe(again.versions[0])
    again.text = again.opened.query
    expect(versionNow(again)).toBe(openedVersion(again))
  })

  test('another file of the rule loses nothing of the one before', () => {
    const rule = open()
    rule.text = 'process where false'
    const newer = TOML.replace('process where true', 'any where true')
    takeFile(runs, rule, ruleOf(newer), undefined, NOON)
    expect([rule.text, rule.isEdited]).toEqual(['any where true', false])
    const wanted = [
      'Edited: process where false',
      'As opened: any where true',
      'Opened before: process where true',
    ]
    expect(told(rule).toSorted()).toEqual(wanted.toSorted())
    const again = restart(rule)
    expect(told(again).toSorted()).toEqual(wanted.toSorted())
    expect(again.versions.map(({ id }) => id)).toEqual(rule.versions.map(({ id }) => id))
    expect(again.versions.at(-1)?.text).toBe(TOML)
    // The older file is stood on again, and the newer one stays.
    restoreVersion(runs, again, again.versions.at(-1)!, NOON + MINUTE)
    expect([again.opened.source.text, again.isEdited]).toEqual([TOML, false])
    expect(restart(again).versions.map(({ text }) => text)).toContain(newer)
  })
})

describe('while one edits', () => {
  beforeEach(() => vi.useFakeTimers({ now: NOON }))
  afterEach(() => vi.useRealTimers())
  const typed = (rule: OpenRule, text: string, state: OpenRule['state'] = 'done') => {
    rule.text = text
    rule.state = state
  }

  test('a text is kept when it runs and one pauses, not before', () => {
    const rule = open()
    const watch = new VersionWatch()
    typed(rule, 'any where 1 == 1')
    watch.watch(rule)
    vi.advanceTimersByTime(3000)
    typed(rule, 'any where 2 == 2')
    watch.watch(rule)
    vi.advanceTimersByTime(4000)
    expect(rule.versions).toHaveLength(1)
    vi.advanceTimersByTime(2000)
    expect(told(rule)[0]).toBe('Edited: any where 2 == 2')
    typed(rule, 'any where', 'error')
    watch.watch(rule)
    vi.advanceTimersByTime(60_000)
    expect(rule.versions).toHaveLength(2)
  })

  test('what is left is kept at once; what was not edited is not', () => {
    const [rule, other] = [open(), open()]
    const watch = new VersionWatch()
    typed(rule, 'any where', 'error')
    watch.watch(rule)
    watch.watch(other)
    watch.watch(undefined)
    expect(told(rule)[0]).toBe('Edited: any where')
    expect(other.versions).toHaveLength(1)
  })

  test('what is only tried out is no version', () => {
    const rule = open()
    const watch = new VersionWatch()
    typed(rule, 'any where true')
    const step = { text: 'process where true', chosen: undefined, view: 'all' } as const
    rule.scratch = { steps: [step], tried: rule.text, wanted: [] }
    watch.watch(rule)
    vi.advanceTimersByTime(60_000)
    watch.watch(undefined)
    expect(rule.versions).toHaveLength(1)
  })
})

test('a pair is compared once, and only the last pair counts', async () => {
  const answers: ((answer: CompareAnswer) => void)[] = []
  const compare = vi.fn(
    (_: CompareRequest) =>
      new Promise<CompareAnswer>((resolve) => {
        answers.push(resolve)
      }),
  )
  const ON = { filtersOff: [], onlyIndices: false }
  const comparer = new RuleComparer({ compare, comparedMatches: vi.fn() })
  const before = ruleAsEdited(open())
  const pairs = ['any where true', 'any where false'].map((query) =>
    comparer.compare(before, { ...before, query }, ON, 1),
  )
  void comparer.compare(before, { ...before, query: 'any where false' }, ON, 1)
  expect(compare).toHaveBeenCalledTimes(2)
  const [first, second] = [1, 2].map((id): CompareAnswer => ({
    ok: true,
    comparison: {
      ...{ id, version: 1 },
      counts: { gained: 0, lost: 0, unchanged: 0 },
      lists: { gained: [], lost: [], unchanged: [] },
    },
  }))
  answers[1]?.(second!)
  answers[0]?.(first!)
  await Promise.all(pairs)
  expect(comparer.answer).toBe(second)
  expect(comparer.isComparing).toBe(false)
})
