import type { Tree } from '@lezer/common'
import { canPass, parseStrictly, tokensAfter, type Top } from './strict-parse'
import type { Token } from './tokens'

/** The first place where a text cannot go on, as lexer and grammar see it. */
export interface SyntaxTrouble {
  readonly text: string
  readonly top: Top
  readonly tokens: readonly Token[]
  /** Index of the token that cannot stand where it is. */
  readonly index: number
  /** Kinds of tokens (as in `tokens.ts`) that could. */
  readonly expected: ReadonlySet<string>
}

/**
 * The same text with comments blanked out, so that a comment cannot hide where the
 * grammar got stuck. A `/*` that is never closed is two signs to the lexer, `/` and
 * `*`; to keep the grammar from seeing a comment in them, both become `*`.
 */
function blankComments(text: string, tokens: readonly Token[]): string {
  let blanked = ''
  for (const [i, token] of tokens.entries()) {
    const opensComment = token.kind === '/' && text[token.to] === '*'
    blanked += ' '.repeat(token.from - blanked.length)
    if (i < tokens.length - 1) blanked += opensComment ? '*' : token.text
  }
  return blanked
}

/** The tree of a text, or its first broken or misplaced token. */
export function findTrouble(
  text: string,
  top: Top,
  tokens: readonly Token[],
): Tree | SyntaxTrouble {
  const blanked = blankComments(text, tokens)
  const result = parseStrictly(blanked, top)
  const broken = tokens.findIndex(({ kind }) => kind === 'error')
  if (typeof result !== 'number' && broken < 0) return result
  const misplaced = typeof result === 'number' ? indexAt(tokens, result) : tokens.length
  const index = broken < 0 ? misplaced : Math.min(misplaced, broken)
  const before = blanked.slice(0, tokens[index - 1]?.to ?? 0)
  const expected = new Set([...tokensAfter(before, top)].flatMap(kindsOf))
  return { text, top, tokens, index, expected }
}

export const isTree = (result: Tree | SyntaxTrouble): result is Tree =>
  !('tokens' in result)

/** The token at an offset or the first one after it; beyond all, the end. */
function indexAt(tokens: readonly Token[], offset: number): number {
  const index = tokens.findIndex(({ to }) => to > offset)
  return index < 0 ? tokens.length - 1 : index
}

/** Whether the text could go on if something were inserted before the misplaced token. */
export function mendsBefore(trouble: SyntaxTrouble, insert: string): boolean {
  const { text, tokens, index, top } = trouble
  const before = blankComments(text, tokens.slice(0, index + 1)).trimEnd()
  const rest = blankComments(text, tokens).slice(tokens[index]!.from)
  const joined = `${before} ${insert} `
  return canPass(joined + rest, joined.length, top)
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  CompareOp: ['==', '!=', '<', '<=', '>', '>='],
  PlusOp: ['+', '-'],
  TimesOp: ['*', '/', '%'],
  ArrayIndex: ['['],
  String: ['STRING'],
  Number: ['INTEGER_VALUE', 'DECIMAL_VALUE'],
  Identifier: ['IDENTIFIER'],
  QuotedIdentifier: ['QUOTED_IDENTIFIER'],
  TildeIdentifier: ['TILDE_IDENTIFIER'],
  // The lexer has one kind of string, and comments are none of its tokens.
  RawString: [],
  OldString: [],
  LineComment: [],
}

const kindsOf = (name: string): readonly string[] => KINDS[name] ?? [name]

/** More open brackets and prefix signs at once than anyone writes. */
const MAX_NESTING = 200

/**
 * The token at which a text nests too deeply to be parsed and walked without fear for
 * the stack: brackets that are open, and `not`, `-` and `+` waiting for an operand.
 */
export function findTooDeep(tokens: readonly Token[]): Token | undefined {
  const open: number[] = []
  let depth = 0
  let waiting = 0
  for (const token of tokens) {
    if (OPENERS.has(token.kind)) {
      open.push(waiting + 1)
      depth += waiting + 1
      waiting = 0
    } else if (token.kind === ')' || token.kind === ']') {
      depth -= open.pop() ?? 0
      waiting = 0
    } else waiting = PREFIXES.has(token.kind) ? waiting + 1 : 0
    if (depth + waiting > MAX_NESTING) return token
  }
  return undefined
}

const OPENERS = new Set(['(', '[', '!['])
const PREFIXES = new Set(['not', '-', '+', 'of'])
