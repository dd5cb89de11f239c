import { plain, details, fence } from './markdown-text'
import { linesOf, titleOf, type Evidence } from './evidence'
import { joinParts, verdictParts } from './print-markdown'
import { reasonsOf, sayClause, sayResult } from './tell-step'
import { REPORT, sayOthers, sayWhatMadeIt } from './wording'

/** Characters of a text that a new issue is filled with by its address (experience.md 4.2). */
const MOST_IN_ADDRESS = 4_000
/** So many events stand in an issue; more are a file. */
const MOST_EVENTS = 100

/** What is folded away, in the order in which it is left out of a text that is too long. */
const FOLDS = ['why', 'rule', 'events'] as const

/** For an issue on GitHub: the verdict at once, rule and events folded away. */
export function printIssue(
  evidence: Evidence,
  folds: readonly (typeof FOLDS)[number][] = FOLDS,
): string {
  const { sealed, address } = evidence
  const { note, rules, engine } = sealed.reproduction
  return joinParts([
    `## ${plain(titleOf(evidence))}`,
    note && plain(note),
    ...verdictParts(evidence),
    address && `[${REPORT.open}](${address})`,
    folds.includes('rule')
      ? details('Rule', fence(rules[0]?.text ?? '', 'toml'))
      : undefined,
    folds.includes('events') ? eventDetails(evidence) : undefined,
    folds.includes('why') ? whyDetails(evidence) : undefined,
    sealed.told && sayWhatMadeIt(engine),
  ])
}

function eventDetails({ sealed }: Evidence): string {
  const lines = linesOf(sealed)
  const shown = lines.slice(0, MOST_EVENTS)
  const others = lines.length - shown.length
  return details(
    `Events (${lines.length.toLocaleString('en')}, NDJSON)`,
    joinParts([
      fence(shown.join('\n'), 'json'),
      others > 0 ? sayOthers(others) : undefined,
    ]),
  )
}

/** The clauses that decided, step by step. */
function whyDetails({ sealed }: Evidence): string | undefined {
  const [chosen] = sealed.told?.results ?? []
  if (!chosen) return undefined
  const lines = chosen.steps.map((step) => {
    const clauses = step.clauses.map(sayClause)
    const reasons = clauses.length > 0 ? clauses : reasonsOf(chosen, step)
    return [`step ${step.step}: ${step.verdict}`, ...reasons.map((r) => `  ${r}`)]
  })
  return details('Why', fence([sayResult(chosen), ...lines.flat()].join('\n'), 'text'))
}

/**
 * The address of a new issue in a repository (`owner/name`) with title and text filled
 * in, of which is left out what an address has no room for. Undefined when even the
 * verdict is too long, or the name is none.
 */
export function newIssueAddress(
  repository: string,
  evidence: Evidence,
): string | undefined {
  if (!/^[\w-]+\/(?!\.{1,2}$)[\w.-]+$/.test(repository)) return undefined
  const body = [0, 1, 2, 3]
    .map((left) => printIssue(evidence, FOLDS.slice(left)))
    .find(({ length }) => length <= MOST_IN_ADDRESS)
  if (body === undefined) return undefined
  const query = new URLSearchParams({ title: titleOf(evidence), body })
  return `https://github.com/${repository}/issues/new?${query.toString()}`
}
