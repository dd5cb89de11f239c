import type { Selection } from '../result/selection'
import type { EngineState, MissingStep, NearMissView, StepEvent } from '../../worker/api'
import { Notices } from './notices.svelte'
import type { OpenRule } from './open-rule.svelte'
import type { OpenSource } from './open-source.svelte'

export type Theme = 'system' | 'light' | 'dark'

/** The four screens of a phone; wider pages show all of them at once. */
export type Destination = 'rules' | 'result' | 'events' | 'more'

export interface LoadedMapping {
  readonly name: string
  readonly text: string
}

const NOTHING: EngineState = { version: 0, sources: [], events: 0, schemaModel: 'union' }

/** The one mutable object of the page. What changes it stands in the files beside it. */
export class Workbench {
  rules = $state<OpenRule[]>([])
  ruleId = $state<string | undefined>()
  sources = $state<OpenSource[]>([])
  /** Names of files that are looked at and not yet sources. */
  opening = $state<string[]>([])
  mapping = $state.raw<LoadedMapping | undefined>()
  engine = $state.raw<EngineState>(NOTHING)
  /** True from the turn of the first source until the engine's new state is here. */
  isReading = $state(false)
  /** True while the engine is being fed again after it stopped. */
  isRestarting = $state(false)
  /** Undefined: the first match, else the first near miss. */
  chosen = $state.raw<Selection | undefined>()
  /** 1-based step whose events the grid is narrowed to. */
  step = $state<number | undefined>()
  /** The event chosen in the grid, and whether its card is open. */
  row = $state<number | undefined>()
  showsEvent = $state(false)
  /** Where the caret stands in the query, both from 1. */
  caret = $state.raw({ line: 1, column: 1 })
  theme = $state<Theme>('system')
  destination = $state<Destination>('result')
  /** Open tab by the name of the tab list, and split sizes by the name of the split. */
  tabs = $state<Record<string, string>>({})
  panes = $state<Record<string, number[]>>({})
  readonly notices = new Notices()

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
    return this.rules.some((rule) => rule.state === 'running')
  }
  get isBusy(): boolean {
    return this.isLoading || this.isRunning
  }
  /** Events read from sources whose reading was stopped do not tell the whole story. */
  get isPartial(): boolean {
    return this.sources.some((source) => source.active && source.report?.partial)
  }
  /** What is chosen in the result; without a choice the first match, else near miss. */
  get selection(): Selection | undefined {
    const answer = this.rule?.answer
    if (!answer) return undefined
    const chosen = this.chosen
    if (chosen && chosen.index < listOf(answer, chosen.kind).length) return chosen
    if (answer.matches.length > 0) return { kind: 'match', index: 0 }
    return answer.nearMisses.length > 0 ? { kind: 'near-miss', index: 0 } : undefined
  }

  /** Chooses an event and opens its card. */
  showEvent(row: number): void {
    this.row = row
    this.showsEvent = true
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
    return this.rule?.answer?.matches[selection.index]?.steps
  }
  get chosenNearMiss(): NearMissView | undefined {
    const selection = this.selection
    if (selection?.kind !== 'near-miss') return undefined
    return this.rule?.answer?.nearMisses[selection.index]
  }

  openRule(id: string | undefined): void {
    if (id === this.ruleId) return
    this.ruleId = id
    this.chosen = undefined
    this.step = undefined
  }
}

const listOf = (
  answer: {
    readonly matches: readonly unknown[]
    readonly nearMisses: readonly unknown[]
  },
  kind: Selection['kind'],
): readonly unknown[] => (kind === 'match' ? answer.matches : answer.nearMisses)
