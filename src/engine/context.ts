import type { Schema } from '../events/schema'
import type { EventTable } from '../events/table'
import type { LeafCache } from './leaf-cache'

/** What a condition is compiled against. */
export interface EvaluationContext {
  readonly table: EventTable
  readonly schema: Schema
  /** Where the word before `where` is looked up, usually `event.category`. */
  readonly categoryField: string
  /** What `now` means in date constants; epoch milliseconds. */
  readonly now: number
  /** Shared by all rules over the same events. */
  readonly leaves: LeafCache
}
