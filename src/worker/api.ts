import type { Scalar } from '../events/column'
import type { FieldType } from '../events/schema'
import type { FunnelStage, RunFailure } from '../engine/result'
import type { Cause } from '../explain/explanation'
import type { KeyCheck } from '../explain/key-doctor'
import type { MaxspanTuning } from '../explain/maxspan-tuner'
import type { Keep } from '../ingest/keep'
import type { InnerFiles, Wants } from '../ingest/look-inside'
import type { ReadAs } from '../ingest/read-as'
import type { IngestProgress } from '../ingest/report'
import type { SourceFile } from '../ingest/source'
import type { Span } from '../language/ast'
import type { Diagnostic } from '../language/diagnostics'
import type { TestOutcome } from '../rules/test-case'
import type { ExcludedEvents, ExclusionView, RuleTimes } from './analysis-api'
import type { CoverageAnswer, CoverageEvents } from './coverage-api'
import type { FitAnswer } from './fit-api'
import type {
  Evaluation,
  EventRoleView,
  PartTruth,
  RuleInWords,
  StepExplanation,
} from './why-api'
import type { HeavyPart } from './heavy-api'
import type { EventLimits } from './hiding-filter'
import type { EventOrigin } from './origin-api'
import type { EngineState, LoadEstimate, SourceState } from './load-api'
import type { JoinKeyPage, ReplayAnswer, ReplayOf, TieView } from './replay-api'

/** A rule, as far as running it goes. */
export interface RuleText {
  readonly query: string
  readonly timestampField?: string | undefined
  readonly tiebreakerField?: string | undefined
  readonly eventCategoryField?: string | undefined
}

/** A rule, and what exceptions and filters keep from it. */
export interface HidingRule extends RuleText, Pick<EventLimits, 'hidden'> {}

/** What to run. `ticket` grows with every request; per rule only the newest is answered. */
export interface RunRequest extends RuleText, EventLimits {
  readonly ruleId: string
  readonly ticket: number
}

/** What of a rule is held against the loaded events. */
export interface FitRequest extends RuleText {
  readonly ruleId: string
  /** The index patterns of the rule; without any, nothing is told of indices. */
  readonly patterns: readonly string[]
}

/** A rule and the cases it is tested with. */
export interface TestRequest extends RuleText {
  /** The events of each case, as NDJSON text. */
  readonly cases: readonly string[]
}

/** One event of a match or near miss, with what a card shows of it. */
export interface StepEvent {
  /** 1-based number of the step as written. */
  readonly step: number
  readonly row: number
  readonly eventId: string
  /** Epoch ms; NaN without a usable timestamp. */
  readonly time: number
  readonly category: string
  /** The fields the step's condition names, with the event's values, most telling first. */
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}
export interface MissingStep {
  readonly step: number
  readonly missing: true
}
export interface NamedKey {
  readonly name: string
  readonly value: Scalar
}

export interface MatchView {
  readonly steps: readonly (StepEvent | MissingStep)[]
  readonly joinKeys: readonly NamedKey[]
  /** From the first to the last event, ms. */
  readonly spanMs: number
  /** Only extended mode gives it: Elastic's own pipelines would not. */
  readonly isExtendedOnly?: true
}

export interface NearMissView {
  readonly cause: Cause
  readonly step: number
  readonly sentence: string
  readonly slack: string
  readonly span: Span
  /** One event of each step. */
  readonly steps: readonly StepEvent[]
  /** All events it has, where a step is written with `runs`. */
  readonly allSteps?: readonly StepEvent[]
  readonly joinKeys: readonly NamedKey[]
  /** The event that broke it. */
  readonly culprit: number
  /** Epoch ms of that event; NaN without a usable timestamp. */
  readonly culpritTime?: number
}

/** The verdict of one rule over the loaded events. */
export interface RunOutcome {
  readonly ruleId: string
  readonly ticket: number
  /** The engine version the answer is of. */
  readonly version: number
  /** Problems of the text; with an error among them there is no answer below. */
  readonly diagnostics: readonly Diagnostic[]
  readonly failure?: RunFailure | undefined
  readonly answer?: RunAnswer | undefined
}
export interface RunAnswer {
  readonly kind: 'events' | 'sequence' | 'sample'
  /** How many steps as written; 1 for an event query. */
  readonly stepCount: number
  readonly maxspanMs?: number | undefined
  readonly matchCount: number
  readonly funnel: readonly FunnelStage[]
  /** The first page; ask `matches` for more. */
  readonly matches: readonly MatchView[]
  /** Present when some of the matches are there only in extended mode: how many. */
  readonly extendedOnly?: number
  readonly notes: readonly string[]
  /** Time the worker spent on it. */
  readonly tookMs: number
  /** Present while a source is still being read: the active events it is of. */
  readonly partial?: { readonly events: number }
  /** Present when it took more than 200 ms. */
  readonly heavy?: HeavyPart
}

/** Near misses that fail for the same reason. */
export interface NearMissGroupView {
  /** How many, the shown one among them. */
  readonly count: number
  /** One sentence for all of them; empty for a group of one. */
  readonly sentence: string
  /** Place of the nearest in the list of near misses. */
  readonly place: number
  readonly nearest: NearMissView
}

/** What almost matched; asked for when the matches stand. */
export interface NearMissAnswer {
  readonly ruleId: string
  readonly ticket: number
  readonly version: number
  readonly count: number
  /** The search stopped at its cap. */
  readonly capped: boolean
  /** How many were looked at, of how many, when it stopped at its cap. */
  readonly examined?: { readonly examined: number; readonly of: number }
  /** The first page; ask `nearMisses` for more. */
  readonly list: readonly NearMissView[]
  /** How many groups they make by their reason, and the first page of those. */
  readonly groupCount: number
  readonly groups: readonly NearMissGroupView[]
  /** What only the loaded events can say of the text; never errors. */
  readonly advice: readonly Diagnostic[]
}

/** A page of the event grid: cells as text, in the order of the fields asked for. */
export interface EventPage {
  readonly version: number
  /** Events in the whole list, after the filter. */
  readonly total: number
  readonly rows: readonly {
    readonly row: number
    readonly eventId: string
    readonly time: number
    readonly cells: readonly string[]
  }[]
}

/** Which events the grid shows: all active ones, or those one step of a rule selects. */
export interface EventListQuery {
  readonly fields: readonly string[]
  /** Keep events in which any value of any field contains this text, case-insensitively. */
  readonly search?: string
  readonly ruleStep?: { readonly ruleId: string; readonly step: number }
  /** Keep events of which a part of a rule's text, asked alone, is so. */
  readonly partTruth?: PartTruth
  /** Keep events that an audit of a rule's exclusions has counted. */
  readonly exclusion?: ExcludedEvents
  /** Keep events behind a number of a rule's coverage or funnel; no list when stale. */
  readonly coverage?: CoverageEvents
}

/** One event with everything it says. */
export interface EventDetail {
  readonly row: number
  readonly eventId: string
  readonly source: string
  readonly time: number
  /** The original text of the record, exactly as it came; of a binary log, as XML. */
  readonly text: string
  /** Present when the record was no ECS. */
  readonly origin?: EventOrigin | undefined
  readonly fields: readonly {
    readonly name: string
    readonly type: FieldType
    readonly values: readonly Scalar[]
    readonly isArray: boolean
  }[]
}

export interface FieldInfo {
  readonly name: string
  readonly type: FieldType
  readonly knownBy: 'mapping' | 'ecs' | 'data'
  /** Active events that have it; 0 for fields only the schema knows. */
  readonly events: number
  /** Of a multi-field or an alias: the field whose values it shares. */
  readonly of?: string
}

export type Done<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string }

/**
 * Everything the page can ask of the worker. Nothing expected is thrown: what can go
 * wrong comes back as data. Plain data only, in pages.
 */
export interface EngineApi {
  state(): Promise<EngineState>
  /**
   * What reading a source would take; a small file is hardly looked at. `rules` are
   * those whose fields are to be kept: unless told, all that have been run. It fits when
   * there is room in the tab, and in `limitBytes` where a person has set a limit.
   */
  estimate(
    source: SourceFile,
    rules?: readonly HidingRule[],
    limitBytes?: number,
  ): Promise<LoadEstimate>
  /**
   * Looks through a file, unpacking it if it is packed, without loading anything: gives
   * the texts that are wanted, as told by how they begin and by their paths, and whether
   * there are events.
   */
  lookInside(blob: Blob, wants: Wants): Promise<InnerFiles>
  /**
   * Reads a source and adds its events, or of them what `keep` says; resolves when all,
   * or all until a cancel, is in. `readAs` is what a person decided about the reading.
   */
  load(
    source: SourceFile,
    onProgress: (progress: IngestProgress) => void,
    keep?: Keep,
    readAs?: ReadAs,
  ): Promise<Done<SourceState>>
  /** Reads a source again for fields not kept of it; a cancel leaves it as it was. */
  readFields(
    sourceId: string,
    fields: readonly string[],
    onProgress: (progress: IngestProgress) => void,
  ): Promise<Done<SourceState>>
  /**
   * What could not be used of a source, the first 10,000 records, as NDJSON: where each
   * is, why it is bad, and its text. Undefined when the source is not loaded.
   */
  rejects(sourceId: string): Promise<Blob | undefined>
  /** Stops reading that source; what was read stays, marked partial. */
  cancelLoad(sourceId: string): Promise<void>
  setActive(sourceId: string, active: boolean): Promise<EngineState>
  remove(sourceId: string): Promise<EngineState>
  /** An Elasticsearch index mapping as JSON text, or null for the union model. */
  setMapping(text: string | null): Promise<Done<EngineState>>
  /**
   * The matches of a rule; undefined when a newer ticket for the same rule has come, or
   * the run was stopped. While sources are being read, `onPartial` is told what it comes
   * to over the events so far, at growing distances, and the promise waits for the end.
   */
  run(
    request: RunRequest,
    onPartial?: (outcome: RunOutcome) => void,
  ): Promise<RunOutcome | undefined>
  /**
   * What almost matched in the run with this ticket, once no run is waiting any more;
   * undefined when the run was overtaken or stopped, or its events are gone.
   */
  findNearMisses(ruleId: string, ticket: number): Promise<NearMissAnswer | undefined>
  /** The rule whose work goes before that of the others, such as the one on the screen. */
  prefer(ruleId: string | undefined): Promise<void>
  /** Stops the run and the search for near misses of a rule, or of all. */
  stop(ruleId?: string): Promise<void>
  /** Runs each case in a store of its own; the loaded events have no part in it. */
  checkTests(request: TestRequest): Promise<readonly TestOutcome[]>
  /** Forgets what is kept for a rule that is no longer open. */
  forget(ruleId: string): Promise<void>
  /** A page of the answer with this ticket; undefined when it, or its events, are no more. */
  matches(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
  ): Promise<readonly MatchView[] | undefined>
  /** As `matches`, once `findNearMisses` has answered. */
  nearMisses(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
  ): Promise<readonly NearMissView[] | undefined>
  /** undefined when another list has been asked for before this one was made. */
  events(
    query: EventListQuery,
    from: number,
    count: number,
  ): Promise<EventPage | undefined>
  /** Position of a row in the list of that query, -1 when it is not in it. */
  positionOf(query: EventListQuery, row: number): Promise<number>
  event(row: number): Promise<Done<EventDetail>>
  /**
   * Why an event does or does not satisfy each step of the rule, in the run with this
   * ticket; undefined when that is kept no more or knows nothing of the event.
   */
  explainEvent(
    ruleId: string,
    ticket: number,
    row: number,
  ): Promise<readonly StepExplanation[] | undefined>
  /** What it did in the sequences of its keys; undefined also when overtaken. */
  findRoles(
    ruleId: string,
    ticket: number,
    row: number,
  ): Promise<EventRoleView | undefined>
  /**
   * The smallest condition that holds a span of the text of that run, asked alone of all
   * active events; undefined when there is none, the run is kept no more, or something
   * else has been asked for meanwhile.
   */
  evaluate(ruleId: string, ticket: number, span: Span): Promise<Evaluation | undefined>
  /**
   * What each maxspan would catch; undefined for rules that are no sequences, and when the
   * run with this ticket is kept no more or another tuning has been asked for.
   */
  tuneMaxspan(ruleId: string, ticket: number): Promise<MaxspanTuning | undefined>
  /** What other join keys would connect; undefined as above, and for event queries. */
  checkJoinKeys(ruleId: string, ticket: number): Promise<KeyCheck | undefined>
  /** What each `not` clause and each `!=` is good for; undefined as above. */
  auditExclusions(
    ruleId: string,
    ticket: number,
  ): Promise<readonly ExclusionView[] | undefined>
  /** What each clause lets pass; undefined as above. */
  coverage(ruleId: string, ticket: number): Promise<CoverageAnswer | undefined>
  /**
   * Whether the loaded events have what a rule asks of them; it need not have been run, or
   * be one that can. Undefined when another rule has been asked of meanwhile.
   */
  fit(request: FitRequest): Promise<FitAnswer | undefined>
  /** When all that a run found was; undefined when it is kept no more. */
  times(ruleId: string, ticket: number): Promise<RuleTimes | undefined>
  /** Any query text in plain sentences. */
  tell(query: string): Promise<RuleInWords>
  /**
   * The sequences of one join key, event by event; with others also events of the key that
   * satisfy no step. Undefined when stale, or when another replay has been asked for.
   */
  replay(
    ruleId: string,
    ticket: number,
    of: ReplayOf,
    withOthers: boolean,
  ): Promise<ReplayAnswer | undefined>
  /** The keys one can follow, those that hold the text searched for. */
  joinKeys(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
    search: string,
  ): Promise<JoinKeyPage | undefined>
  /** Of the matches or near misses at some places, those that hang on the order of loading. */
  findTies(
    ruleId: string,
    ticket: number,
    kind: 'match' | 'near-miss',
    places: readonly number[],
  ): Promise<readonly TieView[] | undefined>
  fields(): Promise<readonly FieldInfo[]>
  /**
   * Distinct values of a field that begin with the prefix, most frequent first; none when
   * other values have been asked for meanwhile.
   */
  values(field: string, prefix: string, count: number): Promise<readonly string[]>
}
