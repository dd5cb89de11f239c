import type { GrowingTable } from '../events/growing-table'
import type { EcsSink } from './ecs/ecs-sink'
import { ExtendedValues } from './ecs/extended-values'
import type { Flattened, Flattener } from './flatten'
import type { JsonValue } from './lossless-json'

/** Writes the fields of an event into the row that a table is at. */
export class TableSink implements EcsSink {
  /** How that went, since the row was begun. */
  result: Flattened = 'done'
  /** What only extended mode gives the events that became rows. */
  readonly extended = new ExtendedValues()

  constructor(
    private readonly table: GrowingTable,
    private readonly flattener: Flattener,
  ) {}

  /** Gets ready for the next row. */
  begin(): void {
    this.result = 'done'
    this.extended.begin()
  }

  put(field: string, value: JsonValue): void {
    const node = this.table.root.child(field)
    if (node.isPending) return
    const result = this.flattener.put(node, value)
    if (result !== 'done') this.result = result
  }

  extend(field: string, faithful: JsonValue | undefined): void {
    if (!this.table.root.child(field).isPending) this.extended.note(field, faithful)
  }
}
