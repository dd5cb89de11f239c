import type { JsonValue } from '../lossless-json'
import type { WindowsEvent } from '../windows/windows-event'
import type { EcsOptions, EcsSink } from './ecs-sink'

/** Lists of ECS that gather what stands in several fields of an event. */
export type Related = 'user' | 'ip' | 'hash' | 'hosts'

/** Writes one event: what its fields were made of, and what is gathered on the way. */
export class EventWriter {
  private gathered: Map<Related, Gathering> | undefined = undefined

  constructor(
    readonly event: WindowsEvent,
    readonly sink: EcsSink,
    readonly options: EcsOptions,
  ) {}

  get isExtended(): boolean {
    return this.options.mode === 'extended'
  }

  put(field: string, value: JsonValue, from: string): void {
    this.sink.put(field, value, from)
  }

  /**
   * Gives a field what Elastic's pipelines would not; `faithful` is what they would, if
   * anything. To be asked for in extended mode only.
   */
  extend(
    field: string,
    value: JsonValue,
    faithful: JsonValue | undefined,
    from: string,
  ): void {
    this.sink.extend?.(field, faithful)
    this.sink.put(field, value, from)
  }

  /** A writer of what only extended mode gives; Elastic gives those fields no value. */
  get extending(): EventWriter {
    const put: EcsSink['put'] = (field, value, from) =>
      this.extend(field, value, undefined, from)
    return new EventWriter(this.event, { put }, this.options)
  }

  /** Adds to one of the lists, each value once. */
  relate(list: Related, value: string, from: string): void {
    this.gathered ??= new Map()
    const gathering = this.gathered.get(list)
    if (!gathering) this.gathered.set(list, { values: new Set([value]), from: [from] })
    else if (!gathering.values.has(value)) {
      gathering.values.add(value)
      if (gathering.from.at(-1) !== from) gathering.from.push(from)
    }
  }

  /** Writes the lists; to be done last. */
  putRelated(): void {
    if (!this.gathered) return
    for (const [list, { values, from }] of this.gathered)
      this.put(RELATED[list], [...values], from.join(' '))
  }

  /** The first value of a name in EventData that says something. */
  datum(name: string): string | undefined {
    for (const datum of this.event.data)
      if (datum.name === name) return isBlank(datum.value) ? undefined : datum.value
    return undefined
  }

  /** Whether there is such a value. */
  has(name: string): boolean {
    return this.datum(name) !== undefined
  }
}

interface Gathering {
  readonly values: Set<string>
  readonly from: string[]
}

export const RELATED: Readonly<Record<Related, string>> = {
  user: 'related.user',
  ip: 'related.ip',
  hash: 'related.hash',
  hosts: 'related.hosts',
}

const NO_GUID = '{00000000-0000-0000-0000-000000000000}'

/** Values that stand for none: Elastic takes them out before all else. */
export const isBlank = (value: string): boolean =>
  value === '' || value === '-' || value === NO_GUID
