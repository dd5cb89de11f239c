import type { Cause } from '../../explain/explanation'
import { parseQuery } from '../../language/parse'
import { stepsOf } from '../../language/walk'
import type { NamedKey, StepEvent, MissingStep } from '../../worker/api'
import type { TruthNodeView } from '../../worker/why-api'
import type { Result } from './same-result'
import type { Explain, Verdict } from './witness-engine'

/** A clause that decided, and what the event held in its fields. */
export interface ToldClause {
  /** As it is written. */
  readonly text: string
  readonly truth: TruthNodeView['truth']
  readonly values: readonly { readonly field: string; readonly text: string }[]
  readonly notes: readonly string[]
}

/** What became of one step. `failed` of a near miss: the one that broke it. */
export type StepVerdict = 'satisfied' | 'missing' | 'failed' | 'nothing found'

export interface ToldStep {
  /** 1-based, as written. */
  readonly step: number
  /** Its text in the query. */
  readonly asks: string
  readonly verdict: StepVerdict
  /** The events that stand for it; several where it is written with `runs`. */
  readonly events: readonly StepEvent[]
  /** What decided about the last of its events. */
  readonly clauses: readonly ToldClause[]
}

/** One match or near miss, as a reader is told of it. */
export interface ToldResult {
  readonly kind: Result['kind']
  /** 0-based, in the list of its kind. */
  readonly place: number
  readonly steps: readonly ToldStep[]
  /** In order of time, as the timeline has them. */
  readonly line: readonly (StepEvent | MissingStep)[]
  readonly joinKeys: readonly NamedKey[]
  /** Why it is no match. */
  readonly miss?:
    | {
        readonly cause: Cause
        readonly step: number
        readonly sentence: string
        /** The event that broke it. */
        readonly culprit: number
        /** Epoch ms of the event that broke it. */
        readonly culpritTime?: number | undefined
      }
    | undefined
}

/** The results of a rule over what leaves; events are told by their line, from 0. */
export interface Told {
  readonly kind: Verdict['answer']['kind']
  readonly maxspanMs?: number | undefined
  /** The chosen one first. */
  readonly results: readonly ToldResult[]
  /** How many more there are. */
  readonly others: number
}

/** So many results are told of, one after the other. */
const MOST = 12

/** Tells of the chosen result (by its place among those of its kind), then of others. */
export async function tellResults(
  query: string,
  verdict: Verdict,
  chosen: { readonly kind: Result['kind']; readonly place: number },
  explain: Explain,
): Promise<Told> {
  const all: readonly Placed[] = [
    ...verdict.matches.map((view, place) => ({ kind: 'match', view, place }) as const),
    ...verdict.nearMisses.map(
      (view, place) => ({ kind: 'near-miss', view, place }) as const,
    ),
  ]
  const isChosen = ({ kind, place }: Placed): boolean =>
    kind === chosen.kind && place === chosen.place
  const told = [...all.filter(isChosen), ...all.filter((each) => !isChosen(each))].slice(
    0,
    MOST,
  )
  const asks = readSteps(query)
  const results: ToldResult[] = []
  for (const each of told) results.push(await tellResult(asks, each, explain))
  const { kind, maxspanMs } = verdict.answer
  const others = verdict.matchCount + verdict.nearMissCount - told.length
  return { kind, maxspanMs, results, others }
}

type Placed = Result & { readonly place: number }

interface WrittenStep {
  readonly text: string
  readonly isMissing: boolean
}

function readSteps(query: string): readonly WrittenStep[] {
  const { query: parsed } = parseQuery(query)
  return (parsed ? stepsOf(parsed) : []).map(({ from, to, missing }) => ({
    text: query.slice(from, to),
    isMissing: missing,
  }))
}

async function tellResult(
  asks: readonly WrittenStep[],
  result: Placed,
  explain: Explain,
): Promise<ToldResult> {
  const { kind, place, view } = result
  const miss = result.kind === 'near-miss' ? result.view : undefined
  const line = miss?.allSteps ?? view.steps
  const found = line.filter((each) => 'row' in each)
  const steps: ToldStep[] = []
  for (const [at, { text, isMissing }] of asks.entries()) {
    const step = at + 1
    const events = found.filter((each) => each.step === step)
    const isFailed = miss?.step === step
    // What broke it may be no event of its steps: what `until` is, or a later start.
    const judged = isFailed ? miss.culprit : events.at(-1)?.row
    const clauses = judged === undefined ? [] : await tellClauses(step, judged, explain)
    const verdict = isFailed
      ? 'failed'
      : events.length > 0
        ? 'satisfied'
        : isMissing
          ? 'missing'
          : 'nothing found'
    steps.push({ step, asks: text, verdict, events, clauses })
  }
  return { kind, place, steps, line, joinKeys: view.joinKeys, miss }
}

async function tellClauses(
  step: number,
  line: number,
  explain: Explain,
): Promise<readonly ToldClause[]> {
  const explained = (await explain(line)).find((each) => each.step === step)
  return explained ? decidingLeaves(explained.tree).map(tellClause) : []
}

/** The clauses of the shortest reason for the truth of the whole. */
function decidingLeaves(node: TruthNodeView): readonly TruthNodeView[] {
  const deciding = node.children.filter(({ decides }) => decides)
  return deciding.length > 0 ? deciding.flatMap(decidingLeaves) : [node]
}

const tellClause = ({ kind, text, truth, values, notes }: TruthNodeView): ToldClause => ({
  text: kind === 'category' ? `category ${text}` : text,
  truth,
  values: values.map(({ field, text, isAbsent }) => ({
    field,
    text: isAbsent ? 'absent' : text,
  })),
  notes: notes.map((note) => note.text),
})
