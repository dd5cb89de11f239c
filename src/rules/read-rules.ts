import type { Rule } from './rule'

/** Something in a rule file that could not be used: a plain sentence and its place. */
export interface RuleProblem {
  readonly message: string
  /** 1-based, in the file. */
  readonly line?: number
  readonly column?: number
}

/** Why a text is not of one format, in the words of that format's parser. */
export interface ParserObjection extends RuleProblem {
  readonly format: 'TOML' | 'JSON' | 'EQL'
}

/** What came out of a rule file. Rules that are there are usable whatever the problems. */
export interface ReadRules {
  readonly rules: readonly Rule[]
  readonly problems: readonly RuleProblem[]
  /** Of a text that is no rule at all: what each parser has against it, to show side by side. */
  readonly objections?: readonly ParserObjection[]
}
