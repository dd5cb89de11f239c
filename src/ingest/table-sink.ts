import type { GrowingTable } from '../events/growing-table'
import type { EcsSink } from './ecs/ecs-sink'
import type { Flattened, Flattener } from './flatten'
import type { JsonValue } from './lossless-json'

/** Writes the fields of an event into the row that a table is at. */
export class TableSink implements EcsSink {
  /** How that went, since the row was begun. */
  result: Flattened = 'done'

  constructor(
    private readonly table: GrowingTable,
    private readonly flattener: Flattener,
  ) {}

  put(field: string, value: JsonValue): void {
    const node = this.table.root.child(field)
    if (node.isPending) return
    const result = this.flattener.put(node, value)
    if (result !== 'done') this.result = result
  }
}
