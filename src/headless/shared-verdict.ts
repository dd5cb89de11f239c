import { readExceptionFile } from '../rules/exception-file'
import { readRuleFilters } from '../rules/hidden-events'
import type { Rule } from '../rules/rule'
import { readRules } from '../rules/rule-file'
import { parseQuery } from '../language/parse'
import { stepsOf } from '../language/walk'
import type { Bundle } from '../share/bundle'
import type { Reproduction } from '../share/reproduction'
import type { MatchView, NearMissView, StepEvent } from '../worker/api'
import type { EventLimits } from '../worker/hiding-filter'
import { EngineHost } from '../worker/host'

/** What became of one step, as written. */
export interface StepVerdict {
  /** 1-based. */
  readonly step: number
  /** What stands in its brackets. */
  readonly asks: string
  readonly verdict: 'satisfied' | 'absent, as asked' | 'failed' | 'nothing found'
  readonly events: readonly StepEvent[]
}

/** The result that is looked at first. */
export interface ShownResult {
  readonly kind: 'match' | 'near miss'
  /** Why it is none; empty for a match. */
  readonly sentence: string
  readonly steps: readonly StepVerdict[]
}

export interface RuleVerdict {
  readonly name: string
  readonly query: string
  /** Undefined when the rule does not run. */
  readonly counts?: { readonly matches: number; readonly nearMisses: number }
  /** Whether that is what it gave where it was made, as far as that is told. */
  readonly agrees: boolean
}

/** What a bundle comes to in this engine. */
export interface SharedVerdict {
  readonly title: string
  readonly note: string
  readonly events: number
  /** One for the first rule of each text. */
  readonly rules: readonly RuleVerdict[]
  /** Of the rule that is looked at first, which is this one. */
  readonly first: number
  readonly shown?: ShownResult | undefined
}

/** Runs the rules of a bundle over its events. */
export async function judgeShared(bundle: Bundle): Promise<SharedVerdict> {
  const { title, note = '', rules: texts, view } = bundle.reproduction
  const host = await openEvents(bundle)
  const first = Math.min(view?.rule ?? 0, Math.max(0, texts.length - 1))
  const rules: RuleVerdict[] = []
  let shown: ShownResult | undefined
  let shownAt = 0
  for (const [place, text] of texts.entries()) {
    const [rule] = readRules(text.text, text.name).rules
    if (!rule) continue
    const id = String(place)
    const found = await runRule(host, id, rule, limitsOf(rule, text))
    const then = bundle.reproduction.opensTo[place]
    const { counts } = found
    rules.push({
      name: rule.name,
      query: rule.query,
      ...(counts && { counts }),
      agrees:
        !then ||
        (counts?.matches === then.matches && counts.nearMisses === then.nearMisses),
    })
    if (place !== first) continue
    shown = await readShown(host, id, rule, view)
    shownAt = rules.length - 1
  }
  return {
    title: title ?? rules[shownAt]?.name ?? 'Shared',
    note,
    events: (await host.state()).events,
    rules,
    first: shownAt,
    shown,
  }
}

async function openEvents({ reproduction, originals }: Bundle): Promise<EngineHost> {
  const host = new EngineHost()
  const { mapping, mapMode, sources } = reproduction
  if (mapping) await host.setMapping(mapping.text)
  for (const [place, shared] of sources.entries()) {
    const { name, text, readAs, keep, original, isOff } = shared
    const file = original === undefined ? undefined : originals[original]
    const source = { id: String(place), name, blob: new Blob([file?.bytes ?? text]) }
    const how = mapMode ? { ...readAs, mode: mapMode } : readAs
    await host.load(source, undefined, keep, how)
    if (isOff) await host.setActive(source.id, false)
  }
  return host
}

/** What keeps events from the rule, as it was switched. */
function limitsOf(
  rule: Rule,
  { exceptions, filtersOff = [], onlyIndices }: Reproduction['rules'][number],
): EventLimits {
  const lists = exceptions === undefined ? [] : readExceptionFile(exceptions).lists
  const whole = { ...rule, exceptions: [...rule.exceptions, ...lists] }
  const hidden = readRuleFilters(whole, Date.now()).flatMap(({ id, test }) =>
    test.ok && !filtersOff.includes(id) ? [{ id, hides: test.hides }] : [],
  )
  return {
    ...(onlyIndices && { indices: rule.index }),
    ...(hidden.length > 0 && { hidden }),
  }
}

/** There is one run of each rule. */
const TICKET = 1

async function runRule(
  host: EngineHost,
  ruleId: string,
  rule: Rule,
  limits: EventLimits,
): Promise<Pick<RuleVerdict, 'counts'>> {
  const { query, timestampField, tiebreakerField, eventCategoryOverride } = rule
  const fields = { timestampField, tiebreakerField }
  const outcome = await host.run({
    ...{ ruleId, ticket: TICKET, query, ...fields, ...limits },
    eventCategoryField: eventCategoryOverride,
  })
  const found = await host.findNearMisses(ruleId, TICKET)
  if (!outcome?.answer || !found) return {}
  return { counts: { matches: outcome.answer.matchCount, nearMisses: found.count } }
}

/** The result that was chosen, else the first there is. */
async function readShown(
  host: EngineHost,
  ruleId: string,
  { query }: Rule,
  view: Reproduction['view'],
): Promise<ShownResult | undefined> {
  const place = view?.place ?? 0
  const at = (kind: 'match' | 'near miss', from: number) =>
    kind === 'match'
      ? host.matches(ruleId, TICKET, from, 1)
      : host.nearMisses(ruleId, TICKET, from, 1)
  const [chosen] = (view?.kind && (await at(view.kind, place))) ?? []
  const [other] = chosen ? [] : ((await at('match', 0)) ?? [])
  const [last] = (chosen ?? other) ? [] : ((await at('near miss', 0)) ?? [])
  const result = chosen ?? other ?? last
  return result && viewShown(query, result)
}

function viewShown(query: string, result: MatchView | NearMissView): ShownResult {
  const { query: read } = parseQuery(query)
  const steps = read ? stepsOf(read) : []
  const miss = 'cause' in result ? result : undefined
  const held = (miss?.allSteps ?? result.steps).flatMap((each) =>
    'row' in each ? [each] : [],
  )
  return {
    kind: miss ? 'near miss' : 'match',
    sentence: miss?.sentence ?? '',
    steps: steps.map(({ query: { from, to }, missing }, at) => {
      const step = at + 1
      const events = held.filter((event) => event.step === step)
      return {
        step,
        asks: query.slice(from, to).replace(/\s+/g, ' '),
        verdict: verdictOf(step, events.length, missing, miss?.step),
        events,
      }
    }),
  }
}

const verdictOf = (
  step: number,
  events: number,
  missing: boolean,
  failed: number | undefined,
): StepVerdict['verdict'] => {
  if (step === failed) return 'failed'
  if (missing) return 'absent, as asked'
  return events > 0 ? 'satisfied' : 'nothing found'
}
