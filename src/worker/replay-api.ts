import type { Scalar } from '../events/column'
import type { Deed } from '../explain/replay-frame'

/** A join key, field by field. */
export type NamedKeys = readonly { readonly name: string; readonly value: Scalar }[]

/** What a replay is of: the key of an event, of a result, or one of the list of keys. */
export type ReplayOf =
  | { readonly row: number }
  | { readonly match: number }
  | { readonly nearMiss: number }
  | { readonly key: number }

/** A rule without sequences, or an event without a key, has nothing to replay. */
export type ReplayAnswer =
  | { readonly kind: 'nothing'; readonly sentence: string }
  | ({ readonly kind: 'frames' } & ReplayView)

/** The life of the sequences of one join key, event by event. */
export interface ReplayView {
  readonly joinKeys: NamedKeys
  /** The positive steps, `runs` written out. */
  readonly places: readonly ReplayPlace[]
  readonly maxspanMs?: number | undefined
  /** In the order of time. */
  readonly frames: readonly ReplayFrame[]
  /** The frame of the event it was asked for; the first, if for none. */
  readonly start: number
  /** Said when not all events have a frame. */
  readonly note?: string
}

/** A place where a sequence can stand, or its end. */
export interface ReplayPlace {
  /** 1-based, as written. */
  readonly step: number
  /** 1-based, where the step is written with `runs`, and how many there are. */
  readonly run?: number
  readonly runs?: number
}

/** One event of the key. */
export interface ReplayFrame {
  readonly row: number
  readonly eventId: string
  /** Epoch ms. */
  readonly time: number
  /** What it did, and why. */
  readonly sentence: string
  /** What it did, each kind once. */
  readonly deeds: readonly Deed['kind'][]
  /** Steps as written, 1-based, that it served: as which it opened or carried on. */
  readonly steps: readonly number[]
  /** Whether another state comes of it. */
  readonly changes: boolean
  readonly pending: readonly PendingView[]
}

/** A sequence that waits. */
export interface PendingView {
  /** Place of its last event, 0-based. */
  readonly place: number
  readonly rows: readonly number[]
  readonly eventIds: readonly string[]
  /** Epoch ms until which the last step has to come, if there is a maxspan. */
  readonly deadline?: number
  /** Until came after its last event, with this one: it can go no further. */
  readonly until?: string
}

/** Join keys of a rule for which a sequence was begun, the most advanced first. */
export interface JoinKeyPage {
  /** How many there are, of those that hold the text searched for. */
  readonly total: number
  readonly list: readonly JoinKeyView[]
}

export interface JoinKeyView {
  /** What a replay is asked for with. */
  readonly key: number
  readonly joinKeys: NamedKeys
  /** The step, as written and 1-based, that its most advanced sequence reached. */
  readonly step: number
  readonly matches: number
  readonly pending: number
}

/** That a result hangs on the order in which events of equal time were loaded. */
export interface TieView {
  /** Place of the match or near miss in the list of its kind. */
  readonly index: number
  readonly sentence: string
}
