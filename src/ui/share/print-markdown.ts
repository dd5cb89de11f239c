import { printDateTime } from '../result/time-text'
import { labelOf, readEvents, titleOf, type Evidence } from './evidence'
import { code, fence, plain, table } from './markdown-text'
import { labelOfStep, reasonsOf, sayKeys, sayPlace } from './tell-step'
import type { ToldResult, ToldStep } from './told-results'
import { REPORT, sayCounts, sayOthers, VERDICTS } from './wording'

/** So many events, and characters of a step, are of use in a text. */
const MOST_EVENTS = 50
const LONGEST_STEP = 160
/** What of a step is told beside its verdict. */
const MOST_REASONS = 3

/** For a chat or an issue: the rule, a verdict for each step, the events, the link. */
export function printMarkdown(evidence: Evidence): string {
  const { rule, sealed, address } = evidence
  const { note } = sealed.reproduction
  return joinParts([
    `### ${plain(titleOf(evidence))}`,
    note && plain(note),
    fence(rule.text, 'eql'),
    ...verdictParts(evidence),
    eventTable(evidence),
    address && `[${REPORT.open}](${address})`,
  ])
}

export const joinParts = (parts: readonly (string | undefined)[]): string =>
  parts.filter(Boolean).join('\n\n')

/** What the rule gives, and for the chosen result what became of each step. */
export function verdictParts({ sealed }: Evidence): readonly (string | undefined)[] {
  const { told, matches, nearMisses } = sealed
  if (!told) return [REPORT.doesNotRun]
  const [chosen] = told.results
  const others = told.others + told.results.length - 1
  return [
    `Gives ${sayCounts(matches, nearMisses)}.`,
    chosen && verdictTable(chosen),
    others > 0 ? sayOthers(others) : undefined,
  ]
}

/** One row for each step. */
function verdictTable(result: ToldResult): string {
  const { miss } = result
  const rows = result.steps.map((step) => [
    String(step.step),
    code(shorten(step.asks)),
    VERDICTS[step.verdict],
    code(step.events.map(labelOfStep).join(', ')),
    code(step.events.map(({ time }) => printDateTime(time)).join(', ')),
    reasonsOf(result, step).slice(0, MOST_REASONS).map(code).join('<br>'),
  ])
  return joinParts([
    [`**${sayPlace(result)}**`, ...sayKeys(result).map(code)].join(', ') +
      (miss ? `: ${code(miss.sentence)}` : ''),
    table(['Step', 'Asks', 'Verdict', 'Event', 'Time (UTC)', 'Why'], rows),
  ])
}

const shorten = (asks: ToldStep['asks']): string => {
  const line = asks.replace(/\s+/g, ' ')
  return line.length > LONGEST_STEP ? `${line.slice(0, LONGEST_STEP)} …` : line
}

function eventTable({ sealed }: Evidence): string | undefined {
  const { list, count } = readEvents(sealed, MOST_EVENTS)
  if (list.length === 0) return undefined
  const names = [...new Set(list.flatMap(({ fields }) => fields.map((f) => f.name)))]
  const shown = names.filter((name) => name !== '_id')
  const rows = list.map((event) => [
    code(labelOf(event)),
    ...shown.map((name) =>
      code(event.fields.find((field) => field.name === name)?.value ?? ''),
    ),
  ])
  return joinParts([
    table(['Event', ...shown.map(code)], rows),
    count > list.length ? sayOthers(count - list.length) : undefined,
  ])
}
