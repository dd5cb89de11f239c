import type { EventDetail } from '../../worker/api'
import type { EngineClient } from '../../worker/client'
import type { Workbench } from './workbench.svelte'

/** The event an alert would be of: the last one of what is chosen, else the one chosen. */
export class AlertEvent {
  #read = $state.raw<EventDetail | undefined>()

  constructor(
    private readonly bench: Workbench,
    private readonly engine: Pick<EngineClient, 'event'>,
  ) {}

  /** Looks it up; called inside an effect, which then follows what is chosen. */
  follow(): void {
    const { version } = this.bench.engine
    const row = this.row
    this.#read = undefined
    if (row === undefined) return
    void this.engine
      .event(row)
      .then((read) => {
        const isNow = version === this.bench.engine.version && row === this.row
        if (isNow && read.ok) this.#read = read.value
      })
      .catch(() => undefined)
  }

  /** What it has in a field, as text; the first of several. */
  valueOf = (name: string): string | undefined => {
    const value = this.#read?.fields.find((field) => field.name === name)?.values[0]
    return value === undefined || value === null ? undefined : String(value)
  }

  private get row(): number | undefined {
    const { chosenSteps, row } = this.bench
    return chosenSteps?.findLast((step) => 'row' in step)?.row ?? row
  }
}
