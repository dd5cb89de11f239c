import type { EcsOptions, EcsSink } from './ecs/ecs-sink'
import { mapWindowsEvent } from './ecs/map-windows'
import type { JsonObject, JsonValue } from './lossless-json'
import type { ReadAs } from './read-as'
import type { WindowsEvent } from './windows/windows-event'

/** Makes ECS records of what Windows says, for one source. */
export class WindowsMapper {
  private readonly options: EcsOptions

  constructor({ mode = 'faithful', time = 'as-elastic', offsetMs }: ReadAs) {
    this.options = { mode, time, ...(offsetMs !== undefined && { offsetMs }) }
  }

  /** The event as ECS, with dotted names. */
  map(event: WindowsEvent): JsonObject {
    const record = new RecordSink()
    mapWindowsEvent(event, record, this.options)
    return record.fields
  }
}

/** Keeps the values, not where they came from. */
class RecordSink implements EcsSink {
  readonly fields: Record<string, JsonValue> = {}

  put(field: string, value: JsonValue): void {
    if (this.fields[field] === undefined) this.fields[field] = value
  }
}
