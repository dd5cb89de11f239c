import { expect, test, vi } from 'vitest'
import type { ExceptionFile } from '../../src/rules/exception-file'
import { readFoundRules } from '../../src/ui/state/read-found-rules'
import { exceptionsToml } from '../support/rule-toml'

const rule = (name: string) =>
  `[rule]\nname = "${name}"\ntype = "eql"\nquery = "any where true"\n`
const TESTS =
  'format = 1\n[[test]]\nname = "a"\nexpect = "none"\nevents_file = "events.ndjson"\n'
const EXCEPTIONS = exceptionsToml('rule_names = ["Two"]')
const EVENTS = '{"n":1}\n'

/** What each rule came with. */
async function read(
  texts: Record<string, string>,
  events: readonly string[] = [],
  takes: (exceptions: ExceptionFile) => boolean = () => false,
) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }))
  const beside = new Map(events.map((path) => [path, new File([EVENTS], path)]))
  const { rules, problems, others } = await readFoundRules(files, beside, takes)
  return {
    rules: rules.map(({ rule: { name, exceptions }, tests }) =>
      [
        name,
        ...(tests ? ['tests'] : []),
        ...(tests?.events === EVENTS ? ['events'] : []),
        ...exceptions.map((list) => list.name),
      ].join(' + '),
    ),
    problems: problems.map(({ path, message }) => `${path}: ${message.slice(0, 40)}`),
    others,
  }
}

test('tests and events lie beside a rule, exceptions name theirs', async () => {
  const found = await read(
    {
      'a/rule.toml': rule('One'),
      'a/tests.toml': TESTS,
      'b/two.toml': rule('Two'),
      'exceptions/known.toml': EXCEPTIONS,
      'c/tests.toml': TESTS,
    },
    ['a/events.ndjson', 'other.ndjson'],
  )
  expect(found).toEqual({
    rules: ['One + tests + events', 'Two + Known good'],
    problems: [],
    others: ['c/tests.toml'],
  })
})

test('exceptions alone say that they need their rules', async () => {
  const found = await read({ 'known.toml': EXCEPTIONS })
  expect(found.rules).toEqual([])
  expect(found.problems).toEqual(['known.toml: This file holds an exception list, not a'])
})

test('exceptions that came without their rules are for those that are open', async () => {
  const given: string[] = []
  const take = ({ ruleNames }: ExceptionFile) => given.push(...ruleNames) > 0
  const alone = await read({ 'known.toml': EXCEPTIONS }, [], take)
  expect([given, alone.problems]).toEqual([['Two'], []])
  await read({ 'known.toml': EXCEPTIONS, 'a.toml': rule('One') }, [], take)
  expect(given).toEqual(['Two', 'Two'])
  await read({ 'known.toml': EXCEPTIONS, 'b.toml': rule('Two') }, [], take)
  expect(given).toHaveLength(2)
})

test('between two of many files there is time for other things', async () => {
  const texts = Object.fromEntries(
    Array.from({ length: 150 }, (_, n) => [`r${n}.toml`, rule(`Rule ${n}`)]),
  )
  // However quick the machine is: each file takes a while.
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 5))
  let turns = 0
  const timer = setInterval(() => turns++, 0)
  const { rules } = await read(texts)
  clearInterval(timer)
  clock.mockRestore()
  expect(rules).toHaveLength(150)
  expect(turns).toBeGreaterThan(10)
})

test('tests in JSON, and events where they say', async () => {
  const tests = JSON.stringify({
    format: 1,
    test: [{ name: 'a', expect: 'none', events_file: '../data/late.ndjson' }],
  })
  const found = await read({ 'a/rule.toml': rule('One'), 'a/tests.json': tests }, [
    'a/events.ndjson',
    'data/late.ndjson',
  ])
  expect(found.rules).toEqual(['One + tests + events'])
  expect(found.others).toEqual([])
})

test('events that tests name and that did not come along are told', async () => {
  const found = await read({ 'a/rule.toml': rule('One'), 'a/tests.toml': TESTS })
  expect(found.problems).toEqual([
    expect.stringMatching(/^a\/tests\.toml: Its tests name events in events\.ndjson/),
  ])
})

test('events that tests cannot use are told', async () => {
  const found = await read({ 'a/rule.toml': rule('One'), 'a/tests.toml': 'format = 1' }, [
    'a/events.evtx',
  ])
  expect(found.rules).toEqual(['One + tests'])
  expect(found.problems).toEqual([
    expect.stringMatching(/^a\/tests\.toml: Its events in events\.evtx cannot/),
  ])
})
