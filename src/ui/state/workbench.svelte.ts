import type { CoveragePlace } from '../../explain/coverage-list'
import type { Span } from '../../language/ast'
import type { StoredSource } from '../../session/session'
import type { ResultView } from '../result/result-items'
import type { Selection } from '../result/selection'
import { ALL_RULES, type RuleChoice } from '../rule/rule-choice'
import type {
  EventListQuery,
  MissingStep,
  NearMissView,
  StepEvent,
} from '../../worker/api'
import type { EngineState } from '../../worker/load-api'
import type { PartTruth } from '../../worker/why-api'
import type { ReplayOf } from '../../worker/replay-api'
import type { ExcludedEvents } from '../../worker/analysis-api'
import { Notices } from './notices.svelte'
import type { OpenRule } from './open-rule.svelte'
import type { OpenSource } from './open-source.svelte'
import type { MapMode } from './map-mode'
import {
  matchAt,
  nearMissAt,
  type LimitedResults,
  type ShownAnswer,
} from './shown-answer'

export type Theme = 'system' | 'light' | 'dark'

/** The four screens of a phone; wider pages show all of them at once. */
export type Destination = 'rules' | 'result' | 'events' | 'more'

export type EventTab = 'fields' | 'why' | 'text'

export interface LoadedMapping {
  readonly name: string
  readonly text: string
}

export interface ResultLimit {
  readonly ruleId: string
  /** Undefined: of several sources. */
  readonly sourceId: string | undefined
}

const NOTHING: EngineState = {
  version: 0,
  sources: [],
  events: 0,
  schemaModel: 'union',
  formats: [],
}

/** The one mutable object of the page. What changes it stands in the files beside it. */
export class Workbench {
  rules = $state.raw<readonly OpenRule[]>([])
  ruleId = $state<string | undefined>()
  /** Which rules of a long list are shown. */
  ruleChoice = $state.raw<RuleChoice>(ALL_RULES)
  sources = $state<OpenSource[]>([])
  /** Sources of the session whose content is not stored here, or no longer. */
  lost = $state.raw<readonly StoredSource[]>([])
  /** The person wants no content of the session's sources to be stored. */
  eventsOut = $state(false)
  /** Files that are looked at and not yet rules or sources. */
  opening = $state.raw<readonly File[]>([])
  mapping = $state.raw<LoadedMapping | undefined>()
  engine = $state.raw<EngineState>(NOTHING)
  /** A source that is too big to be read unasked, while one is asked. */
  asked = $state.raw<OpenSource | undefined>()
  /** What events may take by the person's own choice, bytes; else what the tab can hold. */
  memoryLimit = $state<number | undefined>()
  /** How events of Windows become ECS, in all sources. */
  mapMode = $state<MapMode>('faithful')
  /** True from the turn of the first source until the engine's new state is here. */
  isReading = $state(false)
  /** True while the engine is being fed again after it stopped. */
  isRestarting = $state(false)
  /** Undefined: the first match, else the first near miss. */
  chosen = $state.raw<Selection | undefined>()
  /** Which results are listed. */
  resultView = $state<ResultView>('all')
  /** Only the results of a rule with events of one source are listed, or of several. */
  limit = $state.raw<ResultLimit | undefined>()
  /** Rules by sources stand in the place of what one works with. */
  showsBoard = $state(false)
  /** A key that is followed beside what is chosen, until something else is chosen. */
  following = $state.raw<{ readonly of: ReplayOf; readonly beside: string } | undefined>()
  /** What the grid lists; undefined while there is none. */
  listed = $state.raw<EventListQuery | undefined>()
  /** 1-based step whose events the grid is narrowed to. */
  step = $state<number | undefined>()
  /** What an audit of exclusions counted, that the grid is narrowed to. */
  excluded = $state.raw<
    { readonly exclusion: ExcludedEvents; readonly words: string } | undefined
  >()
  /** A number of a rule's coverage or funnel whose events the grid is narrowed to. */
  covered = $state.raw<
    | {
        readonly ruleId: string
        /** What was counted; of another text the place would be another. */
        readonly text: string
        readonly place: CoveragePlace
        readonly words: string
      }
    | undefined
  >()
  /** The event chosen in the grid, and whether its card is open. */
  row = $state<number | undefined>()
  showsEvent = $state(false)
  /** The open tab of the event's card. */
  eventTab = $state<EventTab>('fields')
  /** By which rule and step the event is judged; undefined: the open rule, its best step. */
  why = $state.raw<{ readonly ruleId?: string; readonly step?: number }>({})
  /** Another number each time one asks why: the focus goes to the answer; else 0. */
  whyAsked = $state(0)
  private asks = 0
  /** The place in the query that is pointed at elsewhere, and whether to scroll to it. */
  lit = $state.raw<(Span & { readonly scrolls: boolean }) | undefined>()
  /** What is selected in the query; empty at a caret. */
  textSpan = $state.raw<Span>({ from: 0, to: 0 })
  /** A clause of the rule that the grid is narrowed by, and the whole text it is of. */
  part = $state.raw<
    (PartTruth & { readonly text: string; readonly ran: string }) | undefined
  >()
  /** Where the caret stands in the query, both from 1. */
  caret = $state.raw({ line: 1, column: 1 })
  /** A place in the query to be led to. */
  jump = $state.raw<Span | undefined>()
  theme = $state<Theme>('system')
  destination = $state<Destination>('result')
  /** Open tab by the name of the tab list, and split sizes by the name of the split. */
  tabs = $state<Record<string, string>>({})
  panes = $state<Record<string, number[]>>({})
  /** The list of all sessions is open. */
  showsSessions = $state(false)
  readonly notices = new Notices()

  /** Whether counts stand beside the clauses; remembered as tabs are. */
  get showsCounts(): boolean {
    return this.tabs['counts'] !== 'hidden'
  }
  set showsCounts(shows: boolean) {
    this.tabs['counts'] = shows ? 'shown' : 'hidden'
  }
  get rule(): OpenRule | undefined {
    return this.rules.find((rule) => rule.id === this.ruleId)
  }
  get isLoading(): boolean {
    return (
      this.isRestarting ||
      this.isReading ||
      this.opening.length > 0 ||
      this.sources.some((source) => source.isLoading)
    )
  }
  get isRunning(): boolean {
    return this.rules.some((rule) => rule.isBusy)
  }
  get isBusy(): boolean {
    return this.isLoading || this.isRunning
  }
  /** Sources of which something was left out: no number tells the whole story then. */
  get partSources(): readonly OpenSource[] {
    return this.sources.filter((source) => source.active && source.isPart)
  }
  /** What the person's own limit leaves for a source beside the others, bytes. */
  roomFor(source: OpenSource): number | undefined {
    if (this.memoryLimit === undefined) return undefined
    const others = this.sources.filter((other) => other !== source && other.isHeld)
    const held = others.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
    return Math.max(0, this.memoryLimit - held)
  }
  /** The results of one source are being fetched. */
  get isLimiting(): boolean {
    const answer = this.rule?.freshAnswer
    return this.limit?.ruleId === this.ruleId && !!answer && !answer.limited
  }
  /** What is chosen in the result; without a choice the first match, else near miss. */
  get selection(): Selection | undefined {
    const answer = this.rule?.answer
    if (!answer) return undefined
    const chosen = this.chosen
    if (chosen && isFetched(answer, chosen)) return chosen
    if (answer.limited) return firstOf(answer.limited)
    if (answer.matches.length > 0) return { kind: 'match', index: 0 }
    return answer.groups.length > 0 ? { kind: 'near-miss', index: 0 } : undefined
  }

  /** What the replay is of: the key that is followed, else that of what is chosen. */
  get replayOf(): ReplayOf | undefined {
    const { following, selection } = this
    if (following?.beside === this.chosenName) return following.of
    if (!selection) return this.rule?.answer ? { key: 0 } : undefined
    const { kind, index } = selection
    return kind === 'match' ? { match: index } : { nearMiss: index }
  }

  /** Follows the key of an event, or one of the list of keys. */
  follow(of: ReplayOf): void {
    this.following = { of, beside: this.chosenName }
  }

  private get chosenName(): string {
    const { kind, index } = this.selection ?? {}
    return `${this.ruleId ?? ''} ${kind ?? ''} ${index ?? ''}`
  }

  /** Chooses an event and opens its card; the focus stays. */
  showEvent(row: number): void {
    this.whyAsked = 0
    this.row = row
    this.showsEvent = true
  }

  /** Opens the card of an event at why it does or does not satisfy a step. */
  showWhy(row: number, step?: number): void {
    this.why = step === undefined ? {} : { step }
    this.eventTab = 'why'
    this.showEvent(row)
    this.whyAsked = ++this.asks
  }

  /** Rows move up when a source goes: the one that was chosen would be another event. */
  forgetEvent(): void {
    this.row = undefined
    this.showsEvent = false
  }

  /** The steps of what is chosen, as its card shows them. */
  get chosenSteps(): readonly (StepEvent | MissingStep)[] | undefined {
    const selection = this.selection
    if (!selection) return undefined
    if (selection.kind === 'near-miss') return this.chosenNearMiss?.steps
    const answer = this.rule?.answer
    return answer && matchAt(answer, selection.index)?.steps
  }
  get chosenNearMiss(): NearMissView | undefined {
    const selection = this.selection
    const answer = this.rule?.answer
    if (selection?.kind !== 'near-miss' || !answer) return undefined
    return nearMissAt(answer, selection.index)
  }

  /** Puts rules into the list, at its end or at a place. */
  addRules(rules: readonly OpenRule[], place = this.rules.length): void {
    this.rules = this.rules.toSpliced(place, 0, ...rules)
  }
  dropRule(rule: OpenRule): void {
    this.rules = this.rules.filter((other) => other !== rule)
  }

  openRule(id: string | undefined): void {
    if (id === this.ruleId) return
    this.ruleId = id
    this.chosen = undefined
    this.limit = undefined
    this.step = undefined
    this.covered = undefined
    this.excluded = undefined
    this.why = {}
    this.lit = undefined
    this.textSpan = { from: 0, to: 0 }
    this.part = undefined
  }
}

const isFetched = (answer: ShownAnswer, { kind, index }: Selection): boolean =>
  (kind === 'match' ? matchAt : nearMissAt)(answer, index) !== undefined

function firstOf({ matches, nearMisses }: LimitedResults): Selection | undefined {
  const [match] = matches
  if (match) return { kind: 'match', index: match.place }
  const [nearMiss] = nearMisses
  return nearMiss && { kind: 'near-miss', index: nearMiss.place }
}
