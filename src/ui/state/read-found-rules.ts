import {
  isExceptionFile,
  isForRule,
  readExceptionFile,
  type ExceptionFile,
} from '../../rules/exception-file'
import type { RuleProblem } from '../../rules/read-rules'
import type { Rule } from '../../rules/rule'
import { readRules } from '../../rules/rule-file'
import type { RuleFile } from '../../rules/rule-folder'
import { looksLikeTests } from '../../rules/rule-tests'
import { readRuleFiles, type RuleTree } from '../../rules/rule-tree'
import type { EventsOfTests, OwnTests } from './open-rule.svelte'
import { Turns } from './turns'
import { sayEventsMissing, sayEventsNotUsed } from './wording'

/** A rule that is to be opened, with the tests that lay beside it. */
export interface FoundRule {
  readonly rule: Rule
  readonly tests?: OwnTests
}

export interface FoundRules {
  readonly rules: readonly FoundRule[]
  readonly problems: readonly (RuleProblem & { readonly path: string })[]
  /** Paths of tests that belong to no rule. */
  readonly others: readonly string[]
}

/** Events beside a rule's tests are kept with it up to this size, bytes. */
const LARGEST_EVENTS = 1024 * 1024

/**
 * Rules, exceptions and tests that were opened together, put together by where they lay.
 * `beside`: files of events by their paths. `takes`: whether rules that are open take
 * exceptions that came without theirs. The page breathes between two files.
 */
export async function readFoundRules(
  texts: readonly RuleFile[],
  beside: ReadonlyMap<string, File>,
  takes: (exceptions: ExceptionFile) => boolean,
): Promise<FoundRules> {
  const tree = await readInTurns([
    ...texts,
    ...[...beside.keys()].map((path) => ({ path, text: '' })),
  ])
  const rules: FoundRule[] = []
  const problems: FoundRules['problems'][number][] = [...tree.problems]
  const used = new Set<string>()
  for (const { rule, tests, eventsPath, eventsFiles, missing = [] } of tree.rules) {
    if (!tests) {
      rules.push({ rule })
      continue
    }
    const { path, text } = tests
    used.add(path)
    const readEvents = async (eventsAt = ''): Promise<string | undefined> => {
      const file = beside.get(eventsAt)
      if (!file || isForTests(file)) return file?.text()
      problems.push({ path, message: sayEventsNotUsed(nameOf(file.name)) })
      return undefined
    }
    const events = await readEvents(eventsPath)
    const files: EventsOfTests[] = []
    for (const { name, path: eventsAt } of eventsFiles ?? [])
      files.push({ name, text: (await readEvents(eventsAt)) ?? '' })
    problems.push(...missing.map((name) => ({ path, message: sayEventsMissing(name) })))
    rules.push({ rule, tests: { text, events, ...(eventsFiles && { files }) } })
  }
  return {
    rules,
    problems: [...problems, ...tellIdle(texts, rules, takes)],
    others: texts
      .filter(({ path, text }) => looksLikeTests(text) && !used.has(path))
      .map(({ path }) => path),
  }
}

async function readInTurns(files: readonly RuleFile[]): Promise<RuleTree> {
  const turns = new Turns()
  const steps = readRuleFiles(files)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await turns.next()
  }
}

/** They are kept as text with the rule. */
const isForTests = ({ name, size }: File): boolean =>
  size <= LARGEST_EVENTS && !/\.(?:evtx|gz)$/.test(name)

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Exceptions without any rule are of no use, and say so. */
const tellIdle = (
  texts: readonly RuleFile[],
  rules: readonly FoundRule[],
  takes: (exceptions: ExceptionFile) => boolean,
): FoundRules['problems'] => {
  const isTaken = (file: ExceptionFile): boolean =>
    rules.some(({ rule }) => isForRule(file, rule)) || takes(file)
  const idle = texts.filter(
    ({ text }) => isExceptionFile(text) && !isTaken(readExceptionFile(text)),
  )
  // A folder may have those of rules that were left out of it.
  if (rules.length > 0) return []
  return idle.flatMap(({ path, text }) =>
    readRules(text, path).problems.map((problem) => ({ ...problem, path })),
  )
}
