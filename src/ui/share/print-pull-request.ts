import { addRuleTest, type NewTest } from '../../rules/print-rule-test'
import { printRuleFolder, type RuleFile } from '../../rules/rule-folder'
import { textOfMember } from '../../share/event-line'
import type { StepEvent } from '../../worker/api'
import type { OpenRule } from '../state/open-rule.svelte'
import { documentOf } from '../state/rule-source'
import { linesOf, titleOf, type Evidence } from './evidence'
import { fence, plain } from './markdown-text'
import { joinParts, verdictParts } from './print-markdown'
import { REPORT, sayWhatMadeIt } from './wording'

/** So many events make a case of a test; more belong into a file. */
const MOST_EVENTS = 200

/**
 * For a pull request: the rule and its tests, with one more that holds what is shown, as
 * texts with the paths they go to, and the verdict as evidence.
 */
export function printPullRequest(
  evidence: Evidence & { readonly rule: OpenRule },
  tests: string,
): string {
  const { sealed, address, rule } = evidence
  const { note, engine } = sealed.reproduction
  return joinParts([
    `## ${plain(titleOf(evidence))}`,
    note && plain(note),
    `### ${REPORT.evidence}`,
    ...verdictParts(evidence),
    address && `[${REPORT.open}](${address})`,
    `### ${REPORT.files}`,
    ...filesOf(rule, evidence, tests).flatMap(({ path, text }) => [
      `\`${path}\``,
      fence(text, path.endsWith('.ndjson') ? 'json' : 'toml'),
    ]),
    sealed.told && sayWhatMadeIt(engine),
  ])
}

/** The rule's folder as it is to be, in the layout of `rules/README.md`. */
function filesOf(rule: OpenRule, evidence: Evidence, tests: string): readonly RuleFile[] {
  const test = testOf(evidence)
  const written = test ? addRuleTest(tests, test) : tests
  const files = printRuleFolder(rule.rule, { tests: written })
  return files.map(({ path, text }) => ({
    path: `rules/${path}`,
    text: path.endsWith('/rule.toml') ? documentOf(rule).text : text,
  }))
}

/** What is shown as a case that holds it; undefined when it is too much for one. */
function testOf(evidence: Evidence): NewTest | undefined {
  const { sealed } = evidence
  const { told, matches } = sealed
  const events = linesOf(sealed)
  if (!told || events.length > MOST_EVENTS || told.kind === 'sample') return undefined
  const [chosen] = told.results
  const listed = told.results.filter(({ kind }) => kind === 'match')
  const miss = chosen?.miss
  return {
    name: titleOf(evidence),
    events,
    matches: listed.map(({ line }) =>
      line.map((each) => ('missing' in each ? 'missing' : idOf(each))),
    ),
    ...(matches > listed.length && { atLeast: true }),
    nearMisses: miss ? [{ cause: miss.cause, culprit: idAt(events, miss.culprit) }] : [],
  }
}

const idOf = ({ eventId, row }: StepEvent): string =>
  eventId === String(row) ? `e${row + 1}` : eventId

/** What the event of a line is called in a test: by its `_id`, else by its place. */
function idAt(lines: readonly string[], line: number): string {
  return textOfMember(lines[line] ?? '', '_id') ?? `e${line + 1}`
}
