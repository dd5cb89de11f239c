import type { GrowingTable } from '../events/growing-table'
import { amendTimes } from './ecs/amend-times'
import type { EcsOptions, EcsSink } from './ecs/ecs-sink'
import type { ExtendedValues } from './ecs/extended-values'
import { chooseTime, isFarFrom, type ToldTime } from './ecs/event-time'
import { mapWindowsEvent } from './ecs/map-windows'
import { type ClockChange, SourceClocks, type ToldTimes } from './ecs/source-clocks'
import { nameProcesses } from './ecs/name-processes'
import { clockText } from './ecs/wording'
import type { ReadAs } from './read-as'
import type { WindowsEvent } from './windows/windows-event'

/** Makes ECS records of what Windows says, for one source. */
export class WindowsMapper {
  readonly options: EcsOptions
  private readonly clocks: SourceClocks | undefined
  private farCount = 0
  private isFar = false
  private isDoubtful = false
  private hasMapped = false

  constructor(readAs: ReadAs) {
    const { mode = 'faithful', time = 'as-elastic', correctClock } = readAs
    this.options = { mode, time }
    this.clocks = correctClock === false ? undefined : new SourceClocks()
  }

  /** Gives a sink the event as ECS. */
  map(event: WindowsEvent, sink: EcsSink): void {
    this.isDoubtful = event.clock === 'doubtful'
    const correctionMs = this.isDoubtful ? this.clocks?.correctionOf(event) : undefined
    const options =
      correctionMs === undefined ? this.options : { ...this.options, correctionMs }
    this.isFar = mapWindowsEvent(event, sink, options).isFar
  }

  /** As `map`, of the times alone: what they were, and how many ms are added to one. */
  decide(told: ToldTimes, isDoubtful: boolean): ToldTime {
    this.isDoubtful = isDoubtful
    const correctionMs = isDoubtful ? this.clocks?.correctionAt(told) : undefined
    const isSure = !isDoubtful || correctionMs !== undefined
    const time = chooseTime(told, correctionMs ?? 0, isSure, this.options)
    this.isFar = time.isFar
    return time
  }

  /** The event that was mapped last has become a row, at that place in its source. */
  accept(position: number, extended?: ExtendedValues): void {
    extended?.accept(position)
    this.hasMapped = true
    if (this.isFar) this.farCount++
    if (this.isDoubtful) this.clocks?.accept(position)
  }

  /**
   * No more events come: times that later events have shown to be wrong are changed, and
   * in extended mode processes are named by other events. Pauses every few thousand rows.
   * What there is to be said, in whole sentences.
   */
  *finish(
    table: GrowingTable,
    source: number,
    extended: ExtendedValues,
    onAmended: () => void,
  ): Generator<void, readonly string[]> {
    const { changes, notes } = this.clocks?.finish() ?? { changes: [], notes: [] }
    yield* amendTimes(table, source, changes, this.options, onAmended)
    if (this.options.mode === 'extended' && this.hasMapped)
      yield* nameProcesses(table, source, extended, onAmended)
    if (this.options.time === 'as-elastic') this.countFar(changes)
    const far = this.farCount > 0 ? [clockText.far(this.farCount)] : []
    return [...notes.map(clockText.setRight), ...far]
  }

  private countFar(changes: readonly ClockChange[]): void {
    for (const { by, logged, utc } of changes) {
      if (isFarFrom(utc, logged - by)) this.farCount--
      if (isFarFrom(utc, logged)) this.farCount++
    }
  }
}
