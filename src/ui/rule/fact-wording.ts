import type { EarlierVersion, EndpointAction, Rule } from '../../rules/rule'

/** What the page says of a rule besides the rule's own words. */

export const FACTS = {
  assumed: 'assumed',
  byDefault: 'The source does not say it. This is what the detection engine uses then.',
  byGuess: 'The source cannot say it. Rules of this kind have it so.',
  nothing: 'none',
  endpoint: 'Endpoint rule: no index, no schedule',
  endpointHint: 'What it does on the endpoint is shown here and cannot be tried.',
  remarks: 'Remarks',
  noEvents: 'Open events to see how many of them have these fields.',
  fromQuery: 'The rule names none; these are the fields of its query.',
  placeholders: 'Filled from the event that is chosen: the last one of the match.',
} as const

/** Settings of the API, as people say them. */
export const FACT_NAMES = {
  type: 'Rule type',
  severity: 'Severity',
  riskScore: 'Risk score',
  schedule: 'Schedule',
  interval: 'Runs every',
  from: 'Looks back from',
  to: 'Looks back to',
  maxSignals: 'Most alerts a run',
  index: 'Index patterns',
  dataViewId: 'Data view',
  timestampOverride: 'Timestamp override',
  noFallback: 'Without it, no fallback to @timestamp',
  timestampField: 'Timestamp field',
  tiebreakerField: 'Tiebreaker field',
  eventCategoryOverride: 'Event category field',
  enabled: 'Enabled',
  tags: 'Tags',
  references: 'References',
  relatedIntegrations: 'Related integrations',
  author: 'Authors',
  license: 'Licence',
  version: 'Version',
  ruleId: 'Rule id',
  investigationFields: 'Fields to look at first',
  buildingBlockType: 'Building block',
  ruleNameOverride: 'Alerts are named by',
  timeline: 'Timeline template',
  timelineId: 'Id of the timeline template',
  severityMapping: 'Severity taken from',
  riskScoreMapping: 'Risk score taken from',
  suppression: 'Alert suppression',
  exceptionsList: 'Exception lists',
  filters: 'Filters',
  actions: 'Actions',
  responseActions: 'Response actions',
  throttle: 'Actions run',
  integration: 'Integration',
  maturity: 'Maturity',
  dates: 'Dates',
  stack: 'Least version of the stack',
  provenance: 'In releases',
  falsePositives: 'False positives',
  note: 'Investigation guide',
  setup: 'Setup',
  threat: 'ATT&CK',
  requiredFields: 'Required fields',
  revision: 'Revision',
  furtherFacts: 'Further facts',
  unknown: 'Kept as they are written',
  history: 'Earlier versions',
} as const

export const sayType = ({ type, language }: Rule): string =>
  type === undefined || type === language ? language : `${type} (${language})`

/** `present in 12 % of your events`; a share that is not zero is not said to be. */
export function sayPresence(events: number, total: number): string {
  const share = (events / total) * 100
  const said = events === 0 ? '0' : share < 1 ? 'less than 1' : String(Math.floor(share))
  return `present in ${said} % of your events`
}

export const saySuppression = ({ alertSuppression }: Rule): string | undefined => {
  if (!alertSuppression) return undefined
  const { groupBy, duration, missingFieldsStrategy } = alertSuppression
  const per = duration ? `for ${duration.value}${duration.unit}` : 'in each run'
  const without =
    missingFieldsStrategy === 'doNotSuppress' ? ', but not without these fields' : ''
  return `by ${groupBy.join(', ')} ${per}${without}`
}

/** `known-scanners (detection)`, and whether the list itself is there. */
export function sayListReference(
  { listId, type, namespaceType }: Rule['exceptionsList'][number],
  known: Rule['exceptions'],
): string {
  const kind = namespaceType === 'single' ? type : `${type}, ${namespaceType}`
  const isHere = known.some(({ id }) => id === listId)
  return `${listId} (${kind})${isHere ? '' : ': the list did not come along'}`
}

export const sayAction = ({ action, field, state, tree }: EndpointAction): string => {
  const step = state === undefined ? '' : ` of step ${state + 1}`
  return `${action}: ${field}${step}${tree === true ? ', with its descendants' : ''}`
}

export const sayEarlier = ({ version, release }: EarlierVersion): string =>
  release === undefined ? `Version ${version}` : `Version ${version} (${release})`

export const sayDates = ({ metadata }: Rule): string | undefined => {
  const said = [
    metadata?.creationDate && `made ${metadata.creationDate}`,
    metadata?.updatedDate && `updated ${metadata.updatedDate}`,
    metadata?.deprecationDate && `deprecated ${metadata.deprecationDate}`,
  ].filter(Boolean)
  return said.length > 0 ? said.join(', ') : undefined
}

export const sayReleases = ({ provenance }: Rule): string | undefined => {
  const { addedIn, modifiedIn } = provenance
  const said = [
    addedIn && `added in ${addedIn}`,
    modifiedIn && `changed in ${modifiedIn}`,
  ]
  return said.filter(Boolean).join(', ') || undefined
}

/** A placeholder of a query nothing is known for. */
export const sayUnfilled = (fields: readonly string[]): string =>
  `The chosen event has no ${[...new Set(fields)].join(', ')}, so this finds nothing yet.`

export const sayWindow = (from: string | undefined, to: string | undefined): string =>
  `Kibana looks at ${from ?? 'the start'} to ${to ?? 'now'}, counted from the alert; here all loaded events are looked at.`
