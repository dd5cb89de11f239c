import type { Scalar } from '../../events/column'
import type { FieldNode } from '../../events/field-node'
import type { Related } from '../ecs/event-writer'

/** Values that a field gets, until they have a code. */
export interface FieldValue {
  readonly node: FieldNode
  readonly scalars: readonly Scalar[]
  readonly isList: boolean
}

/** A value of one of the lists that gather what stands in several fields. */
export interface RelatedValue {
  readonly list: Related
  readonly text: string
}

/** A field that has a value as it is, or as a number. */
export interface NodeCopy {
  readonly node: FieldNode
  readonly isNumber: boolean
}

/** What was made of some values of an event. */
export interface Captured {
  readonly values: readonly FieldValue[]
  readonly related: readonly RelatedValue[]
}
