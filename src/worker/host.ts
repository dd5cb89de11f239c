import type { KeyCheck } from '../explain/key-doctor'
import type { MaxspanTuning } from '../explain/maxspan-tuner'
import type { Keep } from '../ingest/keep'
import { type InnerFiles, lookInside, type Wants } from '../ingest/look-inside'
import { Pace } from '../ingest/pace'
import type { ReadAs } from '../ingest/read-as'
import type { IngestProgress } from '../ingest/report'
import type { SourceFile } from '../ingest/source'
import type { Span } from '../language/ast'
import type { TestOutcome } from '../rules/test-case'
import type {
  Done,
  EngineApi,
  EventDetail,
  EventListQuery,
  EventPage,
  FitRequest,
  FieldInfo,
  HidingRule,
  MatchView,
  NearMissAnswer,
  NearMissGroupView,
  NearMissView,
  RunOutcome,
  RunRequest,
  TestRequest,
} from './api'
import type { EngineState, LoadEstimate, SourceState } from './load-api'
import { Analyses } from './analyses'
import type { ClusterApi, ClusterComparison, ClusterQuestion } from './cluster-api'
import { ClusterAnswers } from './cluster-answers'
import { Board } from './board'
import type { AskedRun, BoardAnswer, BoardApi, ResultsOfSource } from './board-api'
import type { ExclusionView, RuleTimes } from './analysis-api'
import type { CoverageAnswer } from './coverage-api'
import type { FitAnswer } from './fit-api'
import { readEvent } from './event-detail'
import { viewSteps } from './event-explanation'
import { EventLists } from './event-lists'
import { EventStore } from './event-store'
import { HiddenCounts } from './hidden-counts'
import type { HiddenAnswer, HiddenRequest, HidingApi } from './hiding-api'
import { letGo } from './let-go'
import { estimateLoad } from './load-estimate'
import { listFields, listValues } from './field-list'
import { viewNearMiss } from './match-view'
import { checkTests } from './rule-check'
import { tabCapacity, thisMachine } from './memory-budget'
import type { JoinKeyPage, ReplayAnswer, ReplayOf, TieView } from './replay-api'
import type {
  ChangedMatch,
  CompareAnswer,
  CompareRequest,
  GroupPlace,
  PlacedNearMiss,
  RepairAnswer,
  RepairApi,
} from './repair-api'
import { printEvents } from './print-event'
import { readNeeds, type RuleNeeds, withTellers } from './rule-needs'
import { viewMatches } from './rule-answer'
import { RuleRuns } from './rule-runs'
import { tellText } from './rule-words'
import { RunQuestions } from './run-questions'
import { RunRepairs } from './run-repairs'
import { RunReplays } from './run-replays'
import type { ShareApi, SharedResult, WitnessContext } from './share-api'
import type { Evaluation, EventRoleView, RuleInWords, StepExplanation } from './why-api'
import { readWitnessContext } from './witness-context'
import { WorkQueue } from './work-queue'

/**
 * The engine behind the worker's door: holds the events and the rules' last answers.
 * An ordinary class, so that Node and tests use it without a worker.
 */
export class EngineHost
  implements EngineApi, BoardApi, ClusterApi, HidingApi, RepairApi, ShareApi
{
  readonly store = new EventStore()
  private readonly queue = new WorkQueue(() => {
    this.store.dropLearnt()
    this.runs.limits.clear()
  })
  private readonly runs = new RuleRuns(this.store, this.queue)
  private readonly questions = new RunQuestions(this.store, this.queue, this.runs)
  private readonly replays = new RunReplays(this.runs, this.questions)
  private readonly repairs = new RunRepairs(this.store, this.queue, this.runs)
  private readonly hiding = new HiddenCounts(this.store, this.queue, this.runs.limits)
  private readonly clusters = new ClusterAnswers(this.store, this.runs, this.questions)
  private readonly analyses = new Analyses(this.store, this.queue, this.runs)
  private readonly board = new Board(this.store, this.queue, this.runs)
  private readonly lists = new EventLists(this.store, this.queue, (ruleId) =>
    this.runs.last(ruleId),
  )

  async state(): Promise<EngineState> {
    return this.store.state()
  }

  estimate(
    source: SourceFile,
    rules: readonly HidingRule[] = this.runs.requests,
    limitBytes = Infinity,
  ): Promise<LoadEstimate> {
    const room = tabCapacity(thisMachine()) - this.store.heldBytes()
    const budgetBytes = Math.max(0, Math.min(limitBytes, room))
    return estimateLoad(source, () => this.needsOf(rules), budgetBytes)
  }

  /** The columns that rules read, where the fields they name are kept. */
  private async needsOf(rules: readonly HidingRule[]): Promise<RuleNeeds> {
    const { fields, key } = await new Pace().do(readNeeds(rules))
    const { schema } = this.store
    const columnOf = (name: string): string => schema.field(name)?.column ?? name
    return { fields: withTellers(fields.map(columnOf)), key: columnOf(key) }
  }

  lookInside(blob: Blob, wants: Wants): Promise<InnerFiles> {
    return lookInside(blob, wants).finally(() => letGo(wants))
  }

  load(
    source: SourceFile,
    onProgress?: (progress: IngestProgress) => void,
    keep?: Keep,
    readAs?: ReadAs,
  ): Promise<Done<SourceState>> {
    return this.store
      .load(source, { onProgress, keep, readAs })
      .finally(() => letGo(onProgress))
  }

  readFields(
    sourceId: string,
    fields: readonly string[],
    onProgress?: (progress: IngestProgress) => void,
  ): Promise<Done<SourceState>> {
    return this.store
      .readFields(sourceId, fields, onProgress)
      .finally(() => letGo(onProgress))
  }

  async rejects(sourceId: string): Promise<Blob | undefined> {
    return this.store.rejects(sourceId)
  }

  async cancelLoad(sourceId: string): Promise<void> {
    this.store.cancel(sourceId)
  }

  async setActive(sourceId: string, active: boolean): Promise<EngineState> {
    this.store.setActive(sourceId, active)
    return this.store.state()
  }

  async remove(sourceId: string): Promise<EngineState> {
    await this.store.remove(sourceId)
    this.runs.forgetAnswers()
    return this.store.state()
  }

  async setMapping(text: string | null): Promise<Done<EngineState>> {
    return this.store.setMapping(text)
  }

  run(
    request: RunRequest,
    onPartial?: (outcome: RunOutcome) => void,
  ): Promise<RunOutcome | undefined> {
    return this.runs.run(request, onPartial).finally(() => letGo(onPartial))
  }

  findNearMisses(ruleId: string, ticket: number): Promise<NearMissAnswer | undefined> {
    return this.runs.findNearMisses(ruleId, ticket)
  }

  async prefer(ruleId: string | undefined): Promise<void> {
    this.queue.preferred = ruleId
  }

  async stop(ruleId?: string): Promise<void> {
    this.runs.stop(ruleId)
  }

  checkTests(request: TestRequest): Promise<readonly TestOutcome[]> {
    return checkTests(request)
  }

  async forget(ruleId: string): Promise<void> {
    this.runs.forget(ruleId)
  }

  async matches(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
  ): Promise<readonly MatchView[] | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    return run && viewMatches(run, from, count)
  }

  async nearMisses(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
  ): Promise<readonly NearMissView[] | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    const page = run?.explained?.nearMisses.list.slice(from, from + count)
    return run && page?.map((miss) => viewNearMiss(run.view, miss))
  }

  events(
    query: EventListQuery,
    from: number,
    count: number,
  ): Promise<EventPage | undefined> {
    return this.lists.page(query, from, count)
  }

  positionOf(query: EventListQuery, row: number): Promise<number> {
    return this.lists.positionOf(query, row)
  }

  event(row: number): Promise<Done<EventDetail>> {
    return readEvent(this.store, row)
  }

  async explainEvent(
    ruleId: string,
    ticket: number,
    row: number,
  ): Promise<readonly StepExplanation[] | undefined> {
    const run = this.questions.runWith(ruleId, ticket, row)
    return run && viewSteps(run, row)
  }

  findRoles(
    ruleId: string,
    ticket: number,
    row: number,
  ): Promise<EventRoleView | undefined> {
    return this.questions.findRoles(ruleId, ticket, row)
  }

  evaluate(ruleId: string, ticket: number, span: Span): Promise<Evaluation | undefined> {
    return this.questions.evaluate(ruleId, ticket, span)
  }

  async tell(query: string): Promise<RuleInWords> {
    return tellText(query)
  }

  replay(
    ruleId: string,
    ticket: number,
    of: ReplayOf,
    withOthers = false,
  ): Promise<ReplayAnswer | undefined> {
    return this.replays.replay(ruleId, ticket, of, withOthers)
  }

  joinKeys(
    ruleId: string,
    ticket: number,
    from: number,
    count: number,
    search = '',
  ): Promise<JoinKeyPage | undefined> {
    return this.replays.joinKeys(ruleId, ticket, from, count, search)
  }

  findTies(
    ruleId: string,
    ticket: number,
    kind: 'match' | 'near-miss',
    places: readonly number[],
  ): Promise<readonly TieView[] | undefined> {
    return this.replays.ties(ruleId, ticket, kind, places)
  }

  tuneMaxspan(ruleId: string, ticket: number): Promise<MaxspanTuning | undefined> {
    return this.analyses.tuneMaxspan(ruleId, ticket)
  }

  checkJoinKeys(ruleId: string, ticket: number): Promise<KeyCheck | undefined> {
    return this.analyses.checkJoinKeys(ruleId, ticket)
  }

  auditExclusions(
    ruleId: string,
    ticket: number,
  ): Promise<readonly ExclusionView[] | undefined> {
    return this.analyses.auditExclusions(ruleId, ticket)
  }

  coverage(ruleId: string, ticket: number): Promise<CoverageAnswer | undefined> {
    return this.questions.cover(ruleId, ticket)
  }

  fit(request: FitRequest): Promise<FitAnswer | undefined> {
    return this.questions.fit(request)
  }

  countHidden(request: HiddenRequest): Promise<HiddenAnswer | undefined> {
    return this.hiding.count(request)
  }

  async times(ruleId: string, ticket: number): Promise<RuleTimes | undefined> {
    return this.analyses.times(ruleId, ticket)
  }

  async nearMissGroups(
    ...asked: Parameters<RepairApi['nearMissGroups']>
  ): Promise<readonly NearMissGroupView[] | undefined> {
    return this.repairs.groups(...asked)
  }

  async groupMembers(
    ...asked: Parameters<RepairApi['groupMembers']>
  ): Promise<readonly PlacedNearMiss[] | undefined> {
    return this.repairs.members(...asked)
  }

  async groupOf(
    ruleId: string,
    ticket: number,
    nearMiss: number,
  ): Promise<GroupPlace | undefined> {
    return this.repairs.groupOf(ruleId, ticket, nearMiss)
  }

  findRepairs(
    ruleId: string,
    ticket: number,
    nearMiss: number,
  ): Promise<RepairAnswer | undefined> {
    return this.repairs.find(ruleId, ticket, nearMiss)
  }

  compare(request: CompareRequest): Promise<CompareAnswer | undefined> {
    return this.repairs.compare(request)
  }

  async comparedMatches(
    ...asked: Parameters<RepairApi['comparedMatches']>
  ): Promise<readonly ChangedMatch[] | undefined> {
    return this.repairs.changes(...asked)
  }

  countBySource(runs: readonly AskedRun[]): Promise<BoardAnswer | undefined> {
    return this.board.count(runs)
  }

  resultsOfSource(
    ...asked: Parameters<BoardApi['resultsOfSource']>
  ): Promise<ResultsOfSource | undefined> {
    return this.board.results(...asked)
  }

  compareAnswer(question: ClusterQuestion): Promise<ClusterComparison | undefined> {
    return this.clusters.compare(question)
  }

  async exportEvents(
    rows: readonly number[],
    fields: readonly string[] | 'whole',
  ): Promise<readonly string[]> {
    return printEvents(this.store.table, rows, fields)
  }

  async activeRows(count: number, sourceId?: string): Promise<readonly number[]> {
    return this.store.activeRows(count, sourceId)
  }

  async witnessContext(
    ruleId: string,
    ticket: number,
    of: SharedResult,
  ): Promise<WitnessContext | undefined> {
    const run = this.runs.fresh(ruleId, ticket)
    return run && readWitnessContext(run, of)
  }

  async fields(): Promise<readonly FieldInfo[]> {
    return listFields(this.store)
  }

  async values(field: string, prefix: string, count: number): Promise<readonly string[]> {
    const work = listValues(this.store, field, prefix, count)
    const ended = await this.queue.do('view', 'values', work)
    return ended.end === 'done' ? ended.value : []
  }
}
