import { isExceptionFile } from '../../rules/exception-file'
import type { RuleProblem } from '../../rules/read-rules'
import type { Rule } from '../../rules/rule'
import { readRules } from '../../rules/rule-file'
import type { RuleFile } from '../../rules/rule-folder'
import { looksLikeTests } from '../../rules/rule-tests'
import { readRuleFiles, type RuleTree } from '../../rules/rule-tree'
import type { OwnTests } from './open-rule.svelte'
import { Turns } from './turns'
import { sayEventsNotUsed } from './wording'

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
 * `beside`: files of events by their paths. The page breathes between two files.
 */
export async function readFoundRules(
  texts: readonly RuleFile[],
  beside: ReadonlyMap<string, File>,
): Promise<FoundRules> {
  const tree = await readInTurns([
    ...texts,
    ...[...beside.keys()].map((path) => ({ path, text: '' })),
  ])
  const rules: FoundRule[] = []
  const problems: FoundRules['problems'][number][] = [...tree.problems]
  const used = new Set<string>()
  for (const { rule, tests, eventsPath } of tree.rules) {
    if (!tests) {
      rules.push({ rule })
      continue
    }
    used.add(tests.path)
    const file = beside.get(eventsPath ?? '')
    const isUsed = file !== undefined && isForTests(file)
    if (file && !isUsed)
      problems.push({ path: tests.path, message: sayEventsNotUsed(nameOf(file.name)) })
    const events = isUsed ? await file.text() : undefined
    rules.push({ rule, tests: { text: tests.text, events } })
  }
  return {
    rules,
    problems: [...problems, ...tellIdle(texts, rules.length)],
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
const tellIdle = (texts: readonly RuleFile[], rules: number): FoundRules['problems'] =>
  rules > 0
    ? []
    : texts
        .filter(({ text }) => isExceptionFile(text))
        .flatMap(({ path, text }) =>
          readRules(text, path).problems.map((problem) => ({ ...problem, path })),
        )
