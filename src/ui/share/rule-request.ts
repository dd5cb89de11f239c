import { printConsole, printCurl } from '../../share/search-request'
import type { OpenRule } from '../state/open-rule.svelte'

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
