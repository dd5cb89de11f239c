import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { isRunnable } from '../../src/ui/state/rule-text'
import {
  ALL_RULES,
  chooseRules,
  countValues,
  type RuleChoice,
} from '../../src/ui/rule/rule-choice'
import { answerOf, outcomeOf } from '../browser/answers'

/*
 *   name          severity  tags         tactic        answer
 *   Task from Word  high    OS: Windows  Persistence   2 matches
 *   Cron from curl  low     Linux        Persistence   3 near misses
 *   Odd shell       medium  -            Execution     nothing; its query asks for macOS
 *   Counting        -       -            -             not EQL
 *   Broken          high    -            -             does not parse
 *   Fresh           -       -            -             has not run yet
 */
const file = (name: string, parts: string, query = 'process where true') =>
  `[rule]\nname = "${name}"\ntype = "eql"\nquery = '''${query}'''\n${parts}`
const threat = (tactic: string) =>
  `[[rule.threat]]\nframework = "MITRE ATT&CK"\n[rule.threat.tactic]\nid = "TA1"\n` +
  `name = "${tactic}"\nreference = "https://example.org"\n`

function open(text: string, matches?: number, nearMisses?: number): OpenRule {
  const [rule] = readRules(text).rules
  const opened = new OpenRule(rule!)
  isRunnable(opened)
  if (matches === undefined || nearMisses === undefined) return opened
  opened.outcome = outcomeOf({ ...answerOf(matches, 0), nearMissCount: nearMisses })
  opened.state = 'done'
  return opened
}

const rules = [
  open(
    file(
      'Task from Word',
      `severity = "high"\ntags = ["OS: Windows"]\n${threat('Persistence')}`,
    ),
    2,
    0,
  ),
  open(
    file(
      'Cron from curl',
      `severity = "low"\ntags = ["Linux"]\n${threat('Persistence')}`,
    ),
    0,
    3,
  ),
  open(
    file(
      'Odd shell',
      `severity = "medium"\n${threat('Execution')}`,
      'process where host.os.type == "macos"',
    ),
    0,
    0,
  ),
  open(
    '[rule]\nname = "Counting"\ntype = "esql"\nlanguage = "esql"\nquery = "from logs"',
  ),
  open(file('Broken', 'severity = "high"', 'process whe')),
  open(file('Fresh', '')),
]

const chosen = (choice: Partial<RuleChoice>) =>
  chooseRules(rules, { ...ALL_RULES, ...choice })
    .map(({ name }) => name)
    .join(', ')

test.each<[Partial<RuleChoice>, string]>([
  [{}, 'Task from Word, Cron from curl, Odd shell, Counting, Broken, Fresh'],
  [{ words: 'FROM' }, 'Task from Word, Cron from curl'],
  [{ words: 'from linux' }, 'Cron from curl'],
  [{ words: 'high' }, 'Task from Word, Broken'],
  [{ tactic: 'Persistence' }, 'Task from Word, Cron from curl'],
  [{ tactic: 'Persistence', severity: 'low' }, 'Cron from curl'],
  [{ platform: 'Windows' }, 'Task from Word'],
  [{ platform: 'macOS' }, 'Odd shell'],
  [{ verdict: 'match' }, 'Task from Word'],
  [{ verdict: 'near-miss' }, 'Cron from curl'],
  [{ verdict: 'none' }, 'Odd shell'],
  [{ verdict: 'not-runnable' }, 'Counting'],
  [{ verdict: 'error' }, 'Broken'],
  [{ verdict: 'waiting' }, 'Fresh'],
  [
    { order: 'name' },
    'Broken, Counting, Cron from curl, Fresh, Odd shell, Task from Word',
  ],
  [
    { order: 'severity' },
    'Task from Word, Broken, Odd shell, Cron from curl, Counting, Fresh',
  ],
  [
    { order: 'matches' },
    'Task from Word, Cron from curl, Odd shell, Counting, Broken, Fresh',
  ],
  [
    { order: 'near-misses', words: 'o' },
    'Cron from curl, Task from Word, Odd shell, Counting, Broken',
  ],
])('with %j: %s', (choice, names) => {
  expect(chosen(choice)).toBe(names)
})

test('the values there are, and how many rules have each', () => {
  expect(countValues(rules, 'severity')).toEqual([
    ['high', 2],
    ['medium', 1],
    ['low', 1],
  ])
  expect(countValues(rules, 'tactic')).toEqual([
    ['Execution', 1],
    ['Persistence', 2],
  ])
  expect(countValues(rules, 'platform').map(([name]) => name)).toEqual([
    'Linux',
    'Windows',
    'macOS',
  ])
  expect(countValues(rules, 'verdict')[0]).toEqual(['match', 1])
})
