import { expect, test, vi } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { sayVersion } from '../../src/ui/rule/version-wording'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { RuleComparer } from '../../src/ui/state/rule-comparer.svelte'
import { isUnsaved, keepVersion, ruleNow } from '../../src/ui/state/rule-versions'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'
import type { CompareAnswer, CompareRequest } from '../../src/worker/repair-api'

const TOML =
  '[rule]\nname = "Odd child"\ntype = "eql"\nversion = 3\n' +
  'severity = "low"\nquery = "process where true"\n'
const open = () => new OpenRule(readRules(TOML).rules[0]!)
const NOON = Date.UTC(2026, 0, 1, 12)

test('what is saved is a version, and nothing is saved twice', () => {
  const rule = open()
  expect(isUnsaved(rule)).toBe(false)
  rule.text = 'process where process.pid > 4'
  expect(isUnsaved(rule)).toBe(true)
  keepVersion(rule, NOON)
  keepVersion(rule, NOON + 1)
  expect(isUnsaved(rule)).toBe(false)
  expect(rule.versions.map(({ rule: each }) => each.query)).toEqual([
    'process where process.pid > 4',
    'process where true',
  ])
  expect(rule.versions.map(sayVersion)).toEqual([
    'Saved 2026-01-01 12:00:00.000, version 3',
    'As opened, version 3',
  ])
})

test('saved versions come back with the session, whole', () => {
  const rule = open()
  for (const pid of [4, 5]) {
    rule.text = `process where process.pid > ${pid}`
    keepVersion(rule, NOON + pid)
  }
  rule.text = 'process where false'
  const reopened = openStoredRule(storeRule(rule))
  const queries = reopened?.versions.map(({ rule: each, time }) => [each.query, time])
  expect(queries?.slice(0, 2)).toEqual([
    ['process where process.pid > 5', NOON + 5],
    ['process where process.pid > 4', NOON + 4],
  ])
  expect(reopened?.versions).toHaveLength(3)
  expect(reopened?.versions[0].rule).toMatchObject({ version: 3, severity: 'low' })
  expect(reopened && isUnsaved(reopened)).toBe(true)
})

test('a pair is compared once, and only the last pair counts', async () => {
  const answers: ((answer: CompareAnswer) => void)[] = []
  const compare = vi.fn(
    (_: CompareRequest) =>
      new Promise<CompareAnswer>((resolve) => {
        answers.push(resolve)
      }),
  )
  const comparer = new RuleComparer({ compare, comparedMatches: vi.fn() })
  const rule = open()
  const before = ruleNow(rule)
  const pairs = ['any where true', 'any where false'].map((query) =>
    comparer.compare(before, { ...before, query }, {}, 1),
  )
  void comparer.compare(before, { ...before, query: 'any where false' }, {}, 1)
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
