import type {
  AskedRun,
  BoardAnswer,
  ResultsOfSource,
  RunSpread,
  SourceOfResults,
  Spread,
} from './board-api'
import { viewNearMiss } from './match-view'
import { viewMatches, type KeptRun } from './rule-answer'
import type { RuleRuns } from './rule-runs'
import { findPlaces, findSpread, type ResultKind } from './source-spread'
import type { WorkQueue } from './work-queue'

/** Loaded events that tell of their sources. */
interface SourcedEvents {
  readonly changes: number
  /** Ids of the sources that are in, and the numbers their rows have. */
  readonly sourceNumbers: ReadonlyMap<string, number>
}

interface KeptSpreads {
  /** Which sources they are of. */
  readonly key: string
  matches?: Spread
  nearMisses?: Spread
}

/** Rules by the sources their results are from, out of the answers there are. */
export class Board {
  private readonly spreads = new WeakMap<KeptRun, KeptSpreads>()
  private readonly places = new WeakMap<KeptRun, Map<string, readonly number[]>>()

  constructor(
    private readonly events: SourcedEvents,
    private readonly queue: WorkQueue,
    private readonly runs: RuleRuns,
  ) {}

  count(asked: readonly AskedRun[]): Promise<BoardAnswer | undefined> {
    return this.answer('board', this.counting(asked))
  }

  results(
    { ruleId, ticket }: AskedRun,
    kind: ResultKind,
    source: SourceOfResults,
    from: number,
    count: number,
  ): Promise<ResultsOfSource | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    if (!run) return Promise.resolve(undefined)
    return this.answer(
      `results ${kind}`,
      this.pageOf(run, kind, source, { from, to: from + count }),
    )
  }

  private async answer<T>(
    name: string,
    work: Generator<void, T>,
  ): Promise<T | undefined> {
    const { changes } = this.events
    const isStale = (): boolean => this.events.changes !== changes
    const ended = await this.queue.do('view', name, work, isStale)
    return ended.end === 'done' ? ended.value : undefined
  }

  private *counting(asked: readonly AskedRun[]): Generator<void, BoardAnswer> {
    const { sourceNumbers } = this.events
    const runs: RunSpread[] = []
    for (const { ruleId, ticket } of asked) {
      const run = this.runs.last(ruleId, ticket)
      if (!run) continue
      runs.push({ ruleId, ticket, ...(yield* this.spreadOf(run, sourceNumbers)) })
      yield
    }
    return { sources: [...sourceNumbers.keys()], runs }
  }

  private *spreadOf(
    run: KeptRun,
    sources: ReadonlyMap<string, number>,
  ): Generator<void, Omit<RunSpread, keyof AskedRun>> {
    const numbers = [...sources.values()]
    const key = numbers.join()
    const known = this.spreads.get(run)
    const kept: KeptSpreads = known?.key === key ? known : { key }
    this.spreads.set(run, kept)
    const matches = (kept.matches ??= yield* findSpread(run, 'match', numbers))
    if (!run.explained) return { matches }
    kept.nearMisses ??= yield* findSpread(run, 'near-miss', numbers)
    return { matches, nearMisses: kept.nearMisses }
  }

  private *pageOf(
    run: KeptRun,
    kind: ResultKind,
    source: SourceOfResults,
    { from, to }: { readonly from: number; readonly to: number },
  ): Generator<void, ResultsOfSource> {
    const all = yield* this.placesOf(run, kind, source)
    const page = all.slice(from, to)
    const head = { count: all.length, matches: [], nearMisses: [] }
    if (kind === 'match') {
      const matches = page.flatMap((place) =>
        viewMatches(run, place, 1).map((match) => ({ place, match })),
      )
      return { ...head, matches }
    }
    const list = run.explained?.nearMisses.list ?? []
    const nearMisses = page.map((place) => ({
      place,
      nearMiss: viewNearMiss(run.view, list[place]!),
    }))
    return { ...head, nearMisses }
  }

  /** Looked for once: the pages of a list are asked for one by one. */
  private *placesOf(
    run: KeptRun,
    kind: ResultKind,
    source: SourceOfResults,
  ): Generator<void, readonly number[]> {
    const number =
      source === undefined ? undefined : this.events.sourceNumbers.get(source)
    if (source !== undefined && number === undefined) return []
    const known = this.places.get(run) ?? new Map<string, readonly number[]>()
    this.places.set(run, known)
    const isKnown = kind === 'match' || run.explained !== undefined
    const key = `${kind} ${number ?? ''}`
    const places = known.get(key) ?? (yield* findPlaces(run, kind, number))
    if (isKnown) known.set(key, places)
    return places
  }
}
