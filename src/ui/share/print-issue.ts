import { plain, details, fence } from './markdown-text'
import { linesOf, titleOf, type Evidence } from './evidence'
import { joinParts, verdictParts } from './print-markdown'
import { reasonsOf, sayClause, sayResult } from './tell-step'
import { REPORT, sayOthers, sayWhatMadeIt } from './wording'

/** Characters of a text that a new issue is filled with by its address (experience.md 4.2). */
export const MOST_IN_ADDRESS = 4_000
/** So many events stand in an issue; more are a file. */
const MOST_EVENTS = 100

/** For an issue on GitHub: the verdict at once, rule and events folded away. */
export function printIssue(evidence: Evidence): string {
  const { sealed, address } = evidence
  const { note, rules, engine } = sealed.reproduction
  const lines = linesOf(sealed)
  const shown = lines.slice(0, MOST_EVENTS)
  return joinParts([
    `## ${plain(titleOf(evidence))}`,
    note && plain(note),
    ...verdictParts(evidence),
    address && `[${REPORT.open}](${address})`,
    details('Rule', fence(rules[0]?.text ?? '', 'toml')),
    details(
      `Events (${lines.length.toLocaleString('en')}, NDJSON)`,
      joinParts([
        fence(shown.join('\n'), 'json'),
        lines.length > shown.length ? sayOthers(lines.length - shown.length) : undefined,
      ]),
    ),
    whyDetails(evidence),
    sayWhatMadeIt(engine),
  ])
}

/** The clauses that decided, step by step. */
function whyDetails({ sealed }: Evidence): string | undefined {
  const [chosen] = sealed.told.results
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
 * in; undefined when that is too long for an address, or the name is none.
 */
export function newIssueAddress(
  repository: string,
  evidence: Evidence,
): string | undefined {
  const body = printIssue(evidence)
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || body.length > MOST_IN_ADDRESS)
    return undefined
  const query = new URLSearchParams({ title: titleOf(evidence), body })
  return `https://github.com/${repository}/issues/new?${query.toString()}`
}
