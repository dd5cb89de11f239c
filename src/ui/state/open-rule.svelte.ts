import type { Diagnostic } from '../../language/diagnostics'
import type { Rule } from '../../rules/rule'
import { startHistory, type RuleHistory } from '../../rules/rule-history'
import type { TomlDocument } from '../../rules/toml-document'
import type { MatchView, NearMissAnswer, NearMissGroupView } from '../../worker/api'
import type { CoverageAnswer } from '../../worker/coverage-api'
import type { FitAnswer } from '../../worker/fit-api'
import type { HiddenAnswer } from '../../worker/hiding-api'
import type { PlacedNearMiss } from '../../worker/repair-api'
import type { ReadText } from './read-text'
import type { ScratchVersion } from './scratch-version'
import {
  showGroup,
  withNearMisses,
  type LimitedResults,
  type ShownAnswer,
  type ShownGroup,
  type ShownOutcome,
} from './shown-answer'

/** Tests of a rule, and the events beside them, as texts. */
export interface OwnTests {
  readonly text: string
  readonly events?: string | undefined
  /** The files that the tests name, where those are several. */
  readonly files?: readonly EventsOfTests[] | undefined
}

export interface EventsOfTests {
  readonly name: string
  readonly text: string
}

/** The events of a file that tests name; of the one beside them, if they name no other. */
export const eventsNamed = ({ events = '', files }: OwnTests, name: string): string =>
  files?.find((file) => file.name === name)?.text ?? events

/** `done` when the matches stand; `running` from the first keystroke of a change until its answer is in, or it is stopped. */
export type RunState = 'idle' | 'running' | 'stopped' | 'done' | 'error'

/** A rule that is open on the page: what was opened, and what became of it since. */
export class OpenRule {
  readonly id: string
  /** As it was opened, from the file that was opened last. */
  opened: Rule = $state.raw()!
  /** When that was, epoch ms. */
  openedAt: number
  /** As its metadata is now. Its name and query are below, and may differ. */
  rule: Rule = $state.raw()!
  /** Its TOML as edited, but for name and query; none while that is as opened. */
  document = $state.raw<TomlDocument | undefined>()
  /** A source that cannot be read, as it was typed, and the query as it was before. */
  draft = $state.raw<{ readonly text: string; readonly query: string } | undefined>()
  name = $state('')
  text = $state('')
  state = $state<RunState>('idle')
  /** The matches stand, and what almost matched is being looked for. */
  searching = $state(false)
  /** What its text is tried out beside, while it is. */
  scratch = $state.raw<ScratchVersion | undefined>()
  /** What the text said when it was last read. */
  read: ReadText | undefined
  /** Problems of the text as it stands now. */
  problems = $state.raw<readonly Diagnostic[]>([])
  /** Fields the text names, join keys first, if it can be read. */
  named: readonly string[] = []
  /** The same of the last text that ran: columns do not come and go as one types. */
  fields = $state.raw<readonly string[]>([])
  /** The newest outcome with an answer; kept while the text is unfinished. */
  outcome = $state.raw<ShownOutcome | undefined>()
  /** The newest outcome, which may hold nothing but problems. */
  latest = $state.raw<ShownOutcome | undefined>()
  /** What the clauses of a text that ran let pass; kept until the next is counted. */
  coverage = $state.raw<
    { readonly answer: CoverageAnswer; readonly text: string } | undefined
  >()
  /** Whether the events had what its text needs, when that was last asked. */
  fit = $state.raw<FitAnswer | undefined>()
  /** Only events in the indices that the rule names are looked at. */
  onlyIndices = $state(false)
  /** The tests that lay beside it when it was opened. */
  tests = $state.raw<OwnTests | undefined>()
  /** What it came with and what was kept since, the newest first. */
  versions: RuleHistory = $state.raw()!
  /** Exceptions and filters that are switched off, by their ids. */
  filtersOff = $state.raw<readonly string[]>([])
  /** What its exceptions and filters hid, when that was last asked. */
  hidden = $state.raw<HiddenAnswer | undefined>()
  /** The text of `latest`: what the engine's verdicts and places speak of. */
  ranText = $state('')
  /** Ticket of the run that answered last, with whatever outcome; -1 after a change. */
  settled = $state(-1)
  /** Grows with every run asked for; an answer with an older one is not of this text. */
  ticket = 0

  constructor(rule: Rule, id = rule.id, openedAt = Date.now()) {
    this.id = id
    this.opened = rule
    this.openedAt = openedAt
    this.rule = rule
    this.versions = startHistory(rule, openedAt)
    this.name = rule.name
    this.text = rule.query
  }

  /** Whether `outcome` is of an earlier text or of other events. */
  get isStale(): boolean {
    return this.outcome !== undefined && this.outcome.ticket !== this.settled
  }

  get isBusy(): boolean {
    return this.state === 'running' || this.searching
  }
  /** Its answer is over the events so far: the last word comes when all are read. */
  get isProvisional(): boolean {
    return !this.isStale && this.state === 'running' && this.answer?.partial !== undefined
  }
  get isEdited(): boolean {
    return this.isQueryEdited || this.document !== undefined || this.draft !== undefined
  }
  get isQueryEdited(): boolean {
    return this.text !== this.opened.query
  }
  get errors(): number {
    return this.problems.filter((problem) => problem.severity === 'error').length
  }
  get answer(): ShownAnswer | undefined {
    return this.outcome?.answer
  }
  /** The answer, if it is of the text and events as they are now. */
  get freshAnswer(): ShownAnswer | undefined {
    return this.state === 'done' ? this.answer : undefined
  }

  /** Further pages of an answer; nothing, if another has come since they were asked for. */
  addMatches(to: ShownAnswer, more: readonly MatchView[]): void {
    this.replace(to, { ...to, matches: [...to.matches, ...more] })
  }
  addGroups(to: ShownAnswer, more: readonly NearMissGroupView[]): void {
    this.replace(to, { ...to, groups: [...to.groups, ...more.map(showGroup)] })
  }
  addMembers(to: ShownAnswer, group: number, more: readonly PlacedNearMiss[]): void {
    this.replaceGroup(to, group, ({ members }) => ({ members: [...members, ...more] }))
  }
  /** Lists some of the results alone, or all again. */
  limit(to: ShownAnswer, limited: LimitedResults | undefined): void {
    this.replace(to, { ...to, limited })
  }
  /** Opens or closes a group of near misses. */
  openGroup(to: ShownAnswer, group: number, isOpen: boolean): void {
    this.replaceGroup(to, group, () => ({ isOpen }))
  }
  /** What almost matched in the run that `outcome` is of. */
  addNearMisses(found: NearMissAnswer): void {
    if (this.outcome?.ticket !== found.ticket || this.outcome !== this.latest) return
    this.outcome = this.latest = withNearMisses(this.outcome, found)
    this.problems = [...this.problems, ...found.advice]
  }
  private replaceGroup(
    to: ShownAnswer,
    group: number,
    change: (old: ShownGroup) => Partial<ShownGroup>,
  ): void {
    const old = to.groups[group]
    if (!old) return
    const groups = to.groups.with(group, { ...old, ...change(old) })
    this.replace(to, { ...to, groups })
  }
  private replace(old: ShownAnswer, answer: ShownAnswer): void {
    if (this.outcome?.answer !== old) return
    const isLatest = this.outcome === this.latest
    this.outcome = { ...this.outcome, answer }
    if (isLatest) this.latest = this.outcome
  }
}
