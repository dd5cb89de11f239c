import { isExceptionFile } from '../../rules/exception-file'
import type { RuleProblem } from '../../rules/read-rules'
import type { Rule } from '../../rules/rule'
import { readRules } from '../../rules/rule-file'
import type { RuleFile } from '../../rules/rule-folder'
import { readRuleFiles, type RuleTree } from '../../rules/rule-tree'
import type { OwnTests } from './open-rule.svelte'
import { Turns } from './turns'

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

/** Whether a file may hold tests of a rule (rules.md 5.2), by how it begins. */
export const looksLikeTests = (head: string): boolean =>
  /^\s*format\s*=\s*\d/m.test(head) && /^\s*\[\[test\]\]/m.test(head)

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
  const used = new Set<string>()
  for (const { rule, tests, eventsPath } of tree.rules) {
    if (!tests) {
      rules.push({ rule })
      continue
    }
    used.add(tests.path)
    const events = await readEvents(beside.get(eventsPath ?? ''))
    rules.push({ rule, tests: { text: tests.text, events } })
  }
  return {
    rules,
    problems: [...tree.problems, ...tellIdle(texts, rules.length)],
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

const readEvents = async (file: File | undefined): Promise<string | undefined> =>
  file && file.size <= LARGEST_EVENTS ? file.text() : undefined

/** Exceptions without any rule are of no use, and say so. */
const tellIdle = (texts: readonly RuleFile[], rules: number): FoundRules['problems'] =>
  rules > 0
    ? []
    : texts
        .filter(({ text }) => isExceptionFile(text))
        .flatMap(({ path, text }) =>
          readRules(text, path).problems.map((problem) => ({ ...problem, path })),
        )
