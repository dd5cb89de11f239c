import type { Rule, Severity } from '../../rules/rule'
import type { OpenRule } from '../state/open-rule.svelte'

/** What became of a rule over the loaded events; `waiting` until that is known. */
export type RuleVerdictKind =
  'match' | 'near-miss' | 'none' | 'not-runnable' | 'error' | 'waiting'

export type RuleOrder = 'opened' | 'matches' | 'near-misses' | 'severity' | 'name'

/** Which rules of a long list are wanted, and in which order; an empty text: all. */
export interface RuleChoice {
  /** Each of these words is in the name, the tags or the severity. */
  readonly words: string
  readonly tactic: string
  readonly severity: string
  readonly platform: string
  readonly verdict: RuleVerdictKind | ''
  readonly order: RuleOrder
}

export const ALL_RULES: RuleChoice = {
  words: '',
  tactic: '',
  severity: '',
  platform: '',
  verdict: '',
  order: 'opened',
}

/** How many of the four filters are set. */
export const countFilters = (choice: RuleChoice): number =>
  FACETS.filter((facet) => choice[facet] !== '').length

export type Facet = 'tactic' | 'severity' | 'platform' | 'verdict'
export const FACETS: readonly Facet[] = ['tactic', 'severity', 'platform', 'verdict']

/** The rules that are wanted, in the order that is wanted; equal ones stay as opened. */
export function chooseRules(
  rules: readonly OpenRule[],
  choice: RuleChoice,
): readonly OpenRule[] {
  const words = choice.words.toLowerCase().split(/\s+/).filter(Boolean)
  const set = FACETS.filter((facet) => choice[facet] !== '')
  const found =
    words.length + set.length === 0
      ? rules
      : rules.filter(
          (rule) =>
            set.every((facet) => valuesOf(rule, facet).includes(choice[facet])) &&
            hasWords(rule, words),
        )
  const compare = ORDERS[choice.order]
  return compare ? found.toSorted(compare) : found
}

/** With more rules than this there is a way to search them. */
const FEW = 8
export const isLongList = (rules: readonly OpenRule[]): boolean => rules.length > FEW

/** The rules that are listed: of a short list all, as its filters are out of sight. */
export const chooseListed = (
  rules: readonly OpenRule[],
  choice: RuleChoice,
): readonly OpenRule[] => (isLongList(rules) ? chooseRules(rules, choice) : rules)

/** The values rules have of a facet and how many have each; what is most severe first. */
export function countValues(
  rules: readonly OpenRule[],
  facet: Facet,
): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const rule of rules)
    for (const value of valuesOf(rule, facet))
      counts.set(value, (counts.get(value) ?? 0) + 1)
  const known: readonly string[] = facet === 'severity' ? SEVERITIES : VERDICTS
  return [...counts].toSorted(
    ([a], [b]) => known.indexOf(a) - known.indexOf(b) || (a < b ? -1 : 1),
  )
}

const VERDICTS: readonly RuleVerdictKind[] = [
  ...(['match', 'near-miss', 'none', 'not-runnable', 'error', 'waiting'] as const),
]
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** What is known of the rule's answer, be it of the text or the events before. */
function verdictOf({ state, problems, answer }: OpenRule): RuleVerdictKind {
  if (state === 'error')
    return problems.some(({ code }) => NOT_RUNNABLE.has(code)) ? 'not-runnable' : 'error'
  if (!answer) return 'waiting'
  if (answer.matchCount > 0) return 'match'
  if (answer.nearMissCount === undefined) return 'waiting'
  return answer.nearMissCount > 0 ? 'near-miss' : 'none'
}

/** Why a rule is not run, by no fault of its text: one sentence. */
export const whyNotRunnable = ({ state, problems }: OpenRule): string | undefined =>
  state === 'error'
    ? problems.find(({ code }) => NOT_RUNNABLE.has(code))?.message
    : undefined

/** Another language, or words that only the endpoint knows. */
const NOT_RUNNABLE: ReadonlySet<string> = new Set([
  ...['other-language', 'endpoint-alias', 'endpoint-variable', 'process-relation'],
])

function valuesOf(open: OpenRule, facet: Facet): readonly string[] {
  const { rule } = open
  if (facet === 'verdict') return [verdictOf(open)]
  if (facet === 'severity') return rule.severity === undefined ? [] : [rule.severity]
  return factsOf(rule)[facet]
}

interface ListedFacts {
  readonly tactic: readonly string[]
  readonly platform: readonly string[]
  /** What is searched, in lower case; the name stands apart, for it can be changed. */
  readonly text: string
}
const known = new WeakMap<Rule, ListedFacts>()

/** Read once of every rule: a list of a thousand is gone through with every letter. */
function factsOf(rule: Rule): ListedFacts {
  const facts = known.get(rule) ?? {
    tactic: [...new Set(rule.threat.map(({ tactic }) => tactic.name).filter(Boolean))],
    platform: platformsOf(rule),
    text: [rule.severity ?? '', ...rule.tags].join(' ').toLowerCase(),
  }
  known.set(rule, facts)
  return facts
}

const hasWords = (open: OpenRule, words: readonly string[]): boolean => {
  const name = open.name.toLowerCase()
  const { text } = factsOf(open.rule)
  return words.every((word) => name.includes(word) || text.includes(word))
}

/**
 * The operating systems a rule is for: as tags say it (`OS: Windows`, once `Windows`
 * alone), a rule of the endpoint by its list, or else by what its query compares.
 */
function platformsOf({ tags, endpoint, query }: Rule): readonly string[] {
  const tagged = tags.flatMap((tag) => SYSTEMS.get(tag.replace(/^OS:\s*/i, '')) ?? [])
  const listed = (endpoint?.osList ?? []).flatMap((name) => SYSTEMS.get(name) ?? [])
  const said = [...tagged, ...listed]
  const compared = said.length > 0 ? [] : query.matchAll(OS_TYPE)
  const asked = [...compared].flatMap(([, name = '']) => SYSTEMS.get(name) ?? [])
  return [...new Set([...said, ...asked])]
}
const OS_TYPE = /\bhost\.os\.type\s*==\s*"(\w+)"/g
const SYSTEMS: ReadonlyMap<string, string> = new Map(
  ['Windows', 'Linux', 'macOS'].flatMap((name) => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
)

type Compare = (a: OpenRule, b: OpenRule) => number

const severityRank = ({ rule }: OpenRule): number =>
  rule.severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(rule.severity)

const ORDERS: Readonly<Record<RuleOrder, Compare | undefined>> = {
  opened: undefined,
  matches: (a, b) => (b.answer?.matchCount ?? -1) - (a.answer?.matchCount ?? -1),
  'near-misses': (a, b) =>
    (b.answer?.nearMissCount ?? -1) - (a.answer?.nearMissCount ?? -1),
  severity: (a, b) => severityRank(a) - severityRank(b),
  name: (a, b) => NAMES.compare(a.name, b.name),
}
const NAMES = new Intl.Collator(undefined, { numeric: true })
