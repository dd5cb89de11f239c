import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import type { Rule } from '../../src/rules/rule'
import { EMPTY_SESSION, type Session, type StoredRule } from '../../src/session/session'
import { findOwnRules } from '../../src/ui/state/own-rules'

const toml = (name: string, query: string, ruleId = '') =>
  `[rule]\nname = ${JSON.stringify(name)}\ntype = "eql"\n${ruleId && `rule_id = "${ruleId}"\n`}query = '${query}'\n`

const ruleOf = (text: string): Rule => readRules(text).rules[0]!
const stored = (text: string, more: Partial<StoredRule> = {}): StoredRule => ({
  id: ruleOf(text).id,
  origin: { format: 'toml', text },
  ...more,
})

async function* sessions(
  ...all: (readonly [string, ...StoredRule[]])[]
): AsyncGenerator<Session, void> {
  for (const [name, ...rules] of all)
    yield { id: name, name, data: { ...EMPTY_SESSION, rules } }
}

const told = async (wanted: Rule, ...all: (readonly [string, ...StoredRule[]])[]) =>
  (await findOwnRules(sessions(...all), wanted)).map(
    ({ session, rule }) => `${session}: ${rule.query}`,
  )

const ID = '11111111-2222-3333-4444-555555555555'
const OTHER = '99999999-2222-3333-4444-555555555555'

test('a rule of the same id comes before one of the same name', async () => {
  const wanted = ruleOf(toml('Say "hi"', 'any where true', ID))
  const renamed = stored(toml('Other', 'process where true', ID))
  const named = stored(toml('Say "hi"', 'file where true', OTHER))
  const neither = stored(toml('Another', 'network where true', OTHER))
  expect(await told(wanted, ['A', named, neither], ['B', renamed])).toEqual([
    'B: process where true',
    'A: file where true',
  ])
})

test('it is told as it was edited', async () => {
  const text = toml('Mine', 'any where true')
  const edited = stored(text, { edited: 'any where 1 == 1' })
  expect(await told(ruleOf(text), ['A', edited])).toEqual(['A: any where 1 == 1'])
})

test('there may be none', async () => {
  const mine = stored(toml('Mine', 'any where true'))
  expect(await told(ruleOf(toml('Theirs', 'any where true')), ['A', mine])).toEqual([])
})
