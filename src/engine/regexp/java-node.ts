/** Whether a character passes; two units where it is beyond the first plane. */
export type CharTest = (char: string) => boolean

/** A regular expression of Java's dialect, as read. */
export type JavaNode =
  | { readonly kind: 'char'; readonly passes: CharTest }
  | { readonly kind: 'then' | 'either'; readonly parts: readonly JavaNode[] }
  | JavaRepeat
  /** Parentheses that remember what they covered, numbered from 1. */
  | { readonly kind: 'group'; readonly number: number; readonly part: JavaNode }
  /** What a group covered, once more. */
  | { readonly kind: 'same'; readonly group: number | string }
  | JavaLook
  | { readonly kind: 'place'; readonly place: JavaPlace }

export interface JavaRepeat {
  readonly kind: 'repeat'
  readonly part: JavaNode
  readonly least: number
  /** Infinity for as often as one likes. */
  readonly most: number
  readonly isLazy: boolean
}

/** What stands ahead or behind, or must not. */
export interface JavaLook {
  readonly kind: 'look'
  readonly part: JavaNode
  readonly isBehind: boolean
  readonly isNegated: boolean
}

export type JavaPlace = 'begin' | 'end' | 'word edge' | 'no word edge'

/** A regular expression, and its groups that have names. */
export interface JavaRegexp {
  readonly node: JavaNode
  readonly names: ReadonlyMap<string, number>
}
