import { fieldsOfTest } from '../../rules/event-test'
import type { HidingRule, RuleText, RunRequest } from '../../worker/api'
import type { EventLimits } from '../../worker/hiding-filter'
import type { OpenRule } from './open-rule.svelte'
import { listHiding } from './rule-filters'
import { isUnsound, readText } from './read-text'

/** Reads the text, unless that was done before, and says whether it is worth running. */
export function isRunnable(rule: OpenRule): boolean {
  if (rule.read?.text !== rule.text) rule.read = readText(rule.text, rule.rule.language)
  const { problems, fields } = rule.read
  rule.problems = problems
  if (fields) rule.named = fields
  if (rule.fields.length === 0) rule.fields = rule.named
  rule.state = isUnsound(rule.read) ? 'error' : 'running'
  return rule.state === 'running'
}

/** Whether the text has been read, and is not worth running whatever the events. */
export const isKnownUnsound = ({ read, text, state }: OpenRule): boolean =>
  state === 'error' && read?.text === text && isUnsound(read)

export const requestOf = (rule: OpenRule): RunRequest => ({
  ruleId: rule.id,
  ticket: rule.ticket,
  ...textOf(rule),
  ...limitsOf(rule),
})

/** What keeps events from a rule: its indices, its exceptions and filters, as switched. */
export function limitsOf(
  rule: Pick<OpenRule, 'rule' | 'filtersOff' | 'onlyIndices'>,
): EventLimits {
  const hidden = listHiding(rule).filter(({ id }) => !rule.filtersOff.includes(id))
  return {
    ...(rule.onlyIndices && { indices: rule.rule.index }),
    ...(hidden.length > 0 && { hidden }),
  }
}

/** The fields that the text which ran reads, and those of exceptions as switched. */
export const fieldsReadBy = (rule: OpenRule): readonly string[] => {
  const hidden = limitsOf(rule).hidden ?? []
  return [...new Set([...rule.fields, ...hidden.flatMap((h) => fieldsOfTest(h.hides))])]
}

/** All of a rule that reads fields; exceptions can be switched on later. */
export const wholeOf = (rule: OpenRule): HidingRule => ({
  ...textOf(rule),
  hidden: listHiding(rule),
})

/** The text, with the fields the rule names for time, order and category. */
export const textOf = ({ text, rule }: OpenRule): RuleText => ({
  query: text,
  timestampField: rule.timestampField,
  tiebreakerField: rule.tiebreakerField,
  eventCategoryField: rule.eventCategoryOverride,
})
