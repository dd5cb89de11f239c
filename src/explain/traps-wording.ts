import type { Scalar } from '../events/column'
import type { NullReason } from './truth-tree-null'
import { printNullReason, printScalar } from './truth-tree-wording'

/** What people trip over, seen at work in a condition on one event. */
export type Trap =
  | {
      /** It fails only by upper and lower case (language.md 3.8). */
      readonly code: 'case'
      readonly op: string
      readonly wanted: string
      readonly value: Scalar | undefined
      /** The operator or function that does not mind. */
      readonly instead: string
    }
  | {
      /** `*` and `?` stand for themselves (language.md 3.8, 4.6). */
      readonly code: 'wildcard-literal'
      readonly op: string
      readonly wanted: string
      readonly value: Scalar | undefined
      readonly instead: string
    }
  | {
      /** A part of the value fits, but the whole has to (language.md 3.8, 3.9). */
      readonly code: 'whole-value'
      readonly op: string
      readonly wanted: string
      readonly value: Scalar | undefined
      /** A pattern that a part would satisfy. */
      readonly instead: string
      /** The field is of type text, of which one expects words. */
      readonly isText: boolean
    }
  /** `!=` is true as the other side is null (language.md 3.3). */
  | { readonly code: 'unequal-null'; readonly why: NullReason }
  /** `not` is true as all that it turns round is null (language.md 3.1). */
  | { readonly code: 'not-null'; readonly whys: readonly NullReason[] }
  /** `not` of what folded to null is null (language.md 3.4). */
  | { readonly code: 'not-unmapped'; readonly fields: readonly string[] }
  /** `?field != x` of a field that nothing maps is true of every event (language.md 3.4). */
  | { readonly code: 'unequal-unmapped'; readonly fields: readonly string[] }
  | {
      /** A negation fails by one of several values (language.md 3.6). */
      readonly code: 'one-of-many'
      readonly field: string
      readonly value: Scalar | undefined
      readonly of: number
    }
  | {
      /** Two bounds of a range are kept by different values (language.md 3.6). */
      readonly code: 'elements-differ'
      readonly field: string
      readonly values: readonly (Scalar | undefined)[]
    }
  /** `length` is that of a text, never of the array (language.md 3.6). */
  | { readonly code: 'length-of-element'; readonly field: string; readonly of: number }
  | {
      /** Numbers in a keyword field are compared as texts (language.md 3.7). */
      readonly code: 'compared-as-text'
      readonly field: string
      readonly value: Scalar
      readonly wanted: string
    }

/** A trap in one sentence or two. */
export function printTrap(trap: Trap): string {
  switch (trap.code) {
    case 'case':
      return `But for upper and lower case, which \`${trap.op}\` minds and \`${trap.instead}\` does not, ${seen(trap.value)} would fit ${quoted(trap.wanted)}.`
    case 'wildcard-literal':
      return `\`${trap.op}\` takes the * and ? of ${quoted(trap.wanted)} literally; with \`${trap.instead}\` the pattern fits ${seen(trap.value)}.`
    case 'whole-value':
      return trap.isText
        ? `\`${trap.op}\` compares the whole value, not its words, even of a text field; ${quoted(trap.instead)} fits ${seen(trap.value)}.`
        : `\`${trap.op}\` has to fit the whole value; ${quoted(trap.instead)} fits ${seen(trap.value)}.`
    case 'unequal-null':
      return `True only because there is nothing to compare: ${uncapitalized(printNullReason(trap.why))}`
    case 'not-null':
      return `True only because what it negates is null: ${uncapitalized(trap.whys.map(printNullReason).join(' '))}`
    case 'not-unmapped':
      return `${optional(trap.fields)} mapped nowhere, so this is null and stays null under not; were the field mapped and only absent here, the negation would be true.`
    case 'unequal-unmapped':
      return `${optional(trap.fields)} mapped nowhere, which makes this true of every event.`
    case 'one-of-many':
      return `A negation wants none of the ${trap.of} values of ${trap.field} to fit, and ${printScalar(trap.value)} does.`
    case 'elements-differ':
      return `Each bound is kept by some value of ${trap.field}, but not by the same one: ${trap.values.map(printScalar).join(' and ')}.`
    case 'length-of-element':
      return `length is that of one value; it does not count the ${trap.of} values of ${trap.field}.`
    case 'compared-as-text':
      return `${trap.field} is not a number field, so ${printScalar(trap.value)} and ${trap.wanted} are compared as texts, character by character.`
  }
}

const quoted = (text: string): string => printScalar(text)

const seen = (value: Scalar | undefined): string =>
  value === undefined ? 'the value' : printScalar(value)

const optional = (fields: readonly string[]): string =>
  `${fields.map((name) => `?${name}`).join(' and ')} ${fields.length === 1 ? 'is' : 'are'}`

/** A field name at the beginning stays as it is. */
const uncapitalized = (sentence: string): string =>
  /^[A-Z][a-z]* /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence
