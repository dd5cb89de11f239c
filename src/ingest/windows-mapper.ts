import type { GrowingTable } from '../events/growing-table'
import { amendTimes } from './ecs/amend-times'
import type { EcsOptions, EcsSink } from './ecs/ecs-sink'
import type { ExtendedValues } from './ecs/extended-values'
import { chooseTime, isFarFrom, type ToldTime } from './ecs/event-time'
import { mapWindowsEvent } from './ecs/map-windows'
import type { SettledClocks } from './ecs/settled-clocks'
import { type ClockChange, SourceClocks } from './ecs/source-clocks'
import type { TakenPlace, ToldTimes } from './ecs/source-clocks'
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

  /** `settled`: what was found of clocks when the source was read before. */
  constructor(readAs: ReadAs, settled?: SettledClocks) {
    const { mode = 'faithful', time = 'as-elastic', correctClock } = readAs
    this.options = { mode, time }
    this.clocks = correctClock === false ? undefined : new SourceClocks(settled)
  }

  /** Gives a sink the event as ECS, which has that place among all of its source. */
  map(event: WindowsEvent, sink: EcsSink, place: number): void {
    this.isDoubtful = event.clock === 'doubtful'
    const { isDoubtful, clocks } = this
    const correctionMs = isDoubtful ? clocks?.correctionOf(event, place) : undefined
    const options =
      correctionMs === undefined ? this.options : { ...this.options, correctionMs }
    this.isFar = mapWindowsEvent(event, sink, options).isFar
  }

  /** As `map`, of the times alone: what they were, and how many ms are added to one. */
  decide(told: ToldTimes, isDoubtful: boolean): ToldTime {
    this.isDoubtful = isDoubtful
    // Rows that are mapped by their times alone are read once.
    const correctionMs = isDoubtful ? this.clocks?.correctionAt(told, 0) : undefined
    const isSure = !isDoubtful || correctionMs !== undefined
    const time = chooseTime(told, correctionMs ?? 0, isSure, this.options)
    this.isFar = time.isFar
    return time
  }

  /** The event that was mapped last has become a row, or is not to be kept. */
  accept(place: TakenPlace, extended?: ExtendedValues): void {
    if (this.isDoubtful) this.clocks?.accept(place)
    if (place.position === undefined) return
    extended?.accept(place.position)
    this.hasMapped = true
    if (this.isFar) this.farCount++
  }

  /** When no more events come: what is known of clocks, where that came too late. */
  findLateClocks(): SettledClocks | undefined {
    return this.clocks?.findLate()
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
