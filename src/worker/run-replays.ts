import { keyOf } from '../engine/match-key'
import type { KeyTuple } from '../engine/observer'
import { MISSING } from '../engine/result'
import type { SequenceRule } from '../engine/sequence'
import type { Row } from '../events/row-set'
import { listBegunKeys, type BegunKeys } from '../explain/begun-keys'
import { replaySequences } from '../explain/replay'
import { keyOfEvent, keyOfNearMiss } from '../explain/replay-key'
import { nothingToReplay, sayNoKey } from '../explain/replay-wording'
import type {
  JoinKeyPage,
  JoinKeyView,
  ReplayAnswer,
  ReplayOf,
  TieView,
} from './replay-api'
import { scalarText } from './event-text'
import { tellTies, type TiedResults } from './result-ties'
import { nameEvent, nameKey, placesOf, viewReplay } from './replay-view'
import type { KeptRun } from './rule-answer'
import type { RuleRuns } from './rule-runs'
import type { RunQuestions } from './run-questions'
import { sayNoRoomForAnswer } from './wording'

/** The key a replay is of, and the event it is to begin with. */
interface Wanted {
  readonly key: KeyTuple | undefined
  readonly around?: number | undefined
}

/** The sequences of single join keys, followed event by event. */
export class RunReplays {
  private readonly begun = new WeakMap<KeptRun, BegunKeys>()

  constructor(
    private readonly runs: RuleRuns,
    private readonly questions: RunQuestions,
  ) {}

  /** Undefined when another replay has been asked for meanwhile. */
  async replay(
    ruleId: string,
    ticket: number,
    of: ReplayOf,
    withOthers: boolean,
  ): Promise<ReplayAnswer | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    const work = run && this.follow(run, of, withOthers)
    const unanswered = { kind: 'nothing', sentence: sayNoRoomForAnswer } as const
    return run && work && this.questions.answer('replay', run, work, unanswered)
  }

  /** Undefined when another list of keys has been asked for meanwhile. */
  async joinKeys(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
    search: string,
  ): Promise<JoinKeyPage | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    const work = run && this.list(run, from, count, search.toLowerCase())
    return run && work && this.questions.answer('join-keys', run, work)
  }

  /** Of the results of a kind at some places, those that hang on the order of loading. */
  async ties(
    ruleId: string,
    ticket: number,
    kind: 'match' | 'near-miss',
    places: readonly number[],
  ): Promise<readonly TieView[] | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    return run && this.questions.answer(`ties of ${kind}`, run, tiesAt(run, kind, places))
  }

  private *follow(
    run: KeptRun,
    of: ReplayOf,
    withOthers: boolean,
  ): Generator<void, ReplayAnswer> {
    const { rule, active } = run.prepared
    if (rule.kind !== 'sequence')
      return { kind: 'nothing', sentence: nothingToReplay[rule.kind] }
    const wanted = yield* this.findKey(run, rule, of)
    if (!wanted) return { kind: 'nothing', sentence: nothingToReplay.gone }
    const { key, around } = wanted
    if (!key) {
      const fields = (rule.steps[0]?.keys ?? []).map(({ name }) => name)
      const name = around === undefined ? '' : nameEvent(run, around)
      return { kind: 'nothing', sentence: sayNoKey(name, fields) }
    }
    const othersOf = withOthers ? active : undefined
    const replay = yield* replaySequences(rule, key, { around, othersOf })
    return { kind: 'frames', ...(yield* viewReplay(run, rule, replay, around)) }
  }

  private *findKey(
    run: KeptRun,
    rule: SequenceRule,
    of: ReplayOf,
  ): Generator<void, Wanted | undefined> {
    if ('row' in of) {
      // A run knows nothing of rows that have come since, or are kept from it.
      const isKnown = run.prepared.active.has(of.row)
      return isKnown ? { key: keyOfEvent(rule, of.row), around: of.row } : undefined
    }
    if ('match' in of) {
      const [match] = run.result.matches.slice(of.match, of.match + 1)
      const around = match?.rows.find((row) => row !== MISSING)
      return match && { key: keyOf(rule, match), around }
    }
    if ('nearMiss' in of) {
      const miss = run.explained?.nearMisses.list[of.nearMiss]
      return miss && { key: keyOfNearMiss(rule, miss), around: miss.culprit }
    }
    const keys = yield* this.keysOf(run, rule)
    return of.key < keys.length ? { key: keys.at(of.key).key } : undefined
  }

  private *keysOf(run: KeptRun, rule: SequenceRule): Generator<void, BegunKeys> {
    const known = this.begun.get(run)
    if (known) return known
    const keys = yield* listBegunKeys(rule)
    this.begun.set(run, keys)
    return keys
  }

  private *list(
    run: KeptRun,
    from: number,
    count: number,
    search: string,
  ): Generator<void, JoinKeyPage> {
    const { rule } = run.prepared
    if (rule.kind !== 'sequence') return { total: 0, list: [] }
    const keys = yield* this.keysOf(run, rule)
    const places = placesOf(rule)
    const list: JoinKeyView[] = []
    let total = 0
    const view = (key: number): JoinKeyView => {
      const { furthest, matches, pending, ...begun } = keys.at(key)
      const { step } = places[furthest - 1]!
      return { key, joinKeys: nameKey(run, rule, begun.key), step, matches, pending }
    }
    if (search === '')
      for (let key = from; key < Math.min(from + count, keys.length); key++)
        list.push(view(key))
    else
      for (let key = 0; key < keys.length; key++) {
        if (key % PAUSE === PAUSE - 1) yield
        const each = view(key)
        const isFound = each.joinKeys.some(({ value }) =>
          scalarText(value).toLowerCase().includes(search),
        )
        if (isFound && total++ >= from && list.length < count) list.push(each)
      }
    return { total: search === '' ? keys.length : total, list }
  }
}

/** Keys looked at without a pause. */
const PAUSE = 4096

function* tiesAt(
  run: KeptRun,
  kind: 'match' | 'near-miss',
  places: readonly number[],
): Generator<void, readonly TieView[]> {
  const { matches } = run.result
  const nearMisses = run.explained?.nearMisses.list ?? []
  const end = kind === 'match' ? matches.length : nearMisses.length
  const known = places.filter((place) => place < end)
  const results: TiedResults =
    kind === 'match'
      ? { kind, list: known.flatMap((place) => matches.slice(place, place + 1)) }
      : { kind, list: known.flatMap((place) => nearMisses.slice(place, place + 1)) }
  const nameOf = (row: Row): string => nameEvent(run, row)
  const ties = yield* tellTies(run.prepared.rule, results, 0, nameOf)
  return ties.map(({ index, sentence }) => ({ index: known[index]!, sentence }))
}
