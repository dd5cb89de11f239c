import { printConsole, printCurl } from '../../share/search-request'
import type { OpenRule } from '../state/open-rule.svelte'
import type { Sealed } from './seal'
import type { LeavingEvent } from './sharing.svelte'
import { sayCounts } from './wording'

/** For a chat, an issue or a pull request: the rule, its verdict, its events, the link. */
export function printMarkdown(
  rule: OpenRule,
  { matches, nearMisses }: Pick<Sealed, 'matches' | 'nearMisses'>,
  events: readonly LeavingEvent[],
  address: string | undefined,
): string {
  const names = [
    ...new Set(events.flatMap(({ fields }) => fields.map(({ name }) => name))),
  ]
  const rows = events.map(({ fields }) =>
    names.map((name) => fields.find((field) => field.name === name)?.value ?? ''),
  )
  const table = [names, names.map(() => '---'), ...rows].map(
    (cells, line) => `| ${(line === 1 ? cells : cells.map(printCell)).join(' | ')} |`,
  )
  return [
    `### ${oneLine(rule.name)}`,
    fence(rule.text),
    `Gives ${sayCounts(matches, nearMisses)}.`,
    ...(events.length > 0 ? [table.join('\n')] : []),
    ...(address === undefined ? [] : [`[Open in Maxspan](${address})`]),
  ].join('\n\n')
}

/** A cell must not end, and must not be read as Markdown or as a mention. */
const printCell = (text: string): string =>
  text === ''
    ? ''
    : `\`\` ${oneLine(text).replaceAll('`', 'ˋ').replaceAll('|', '\\|')} \`\``

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Longer than any run of ticks within. */
function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}eql\n${text}\n${ticks}`
}

/** The rule as a search on a cluster (language.md 8.1). */
export const requestOf = ({ rule, text }: OpenRule) => ({
  index: rule.index,
  query: text,
  size: 100,
  timestampField: rule.timestampField,
  tiebreakerField: rule.tiebreakerField,
  eventCategoryField: rule.eventCategoryOverride,
})

export const consoleOf = (rule: OpenRule): string => printConsole(requestOf(rule))
export const curlOf = (rule: OpenRule): string => printCurl(requestOf(rule))
