import type { ElasticError } from './diagnostics'
import { serverError } from './problem'
import { mendsBefore, type SyntaxTrouble } from './syntax-trouble'
import type { Token } from './tokens'

/** Token kinds in the order in which the server lists what it expected. */
const ORDER = (
  '<EOF> and any by false in in~ join like like~ maxspan not null of or regex regex~ ' +
  'sample sequence true until where with : = == != < <= > >= + - * / % . , [ ] ( ) | ? ' +
  '![ STRING INTEGER_VALUE DECIMAL_VALUE IDENTIFIER QUOTED_IDENTIFIER TILDE_IDENTIFIER'
).split(' ')

/**
 * What the server says of the first place where a text cannot go on (language.md 8.4,
 * 8.6). Its parser first tries to drop the token, for which it reads one more; so a
 * broken next token is what it reports.
 */
export function describeServerSyntax(trouble: SyntaxTrouble): ElasticError {
  const { text, tokens, index, expected } = trouble
  const token = tokens[index]!
  const next = tokens[index + 1]
  const at = (offset: number, message: string) =>
    serverError('parsing_exception', text, offset, message)
  if (token.kind === 'error') return at(token.from, unrecognised(token))
  if (token.kind === 'QUOTED_IDENTIFIER' && expected.has('any'))
    return at(token.from, `no viable alternative at input ${show(token)}`)
  if (next?.kind === 'error') return at(next.from, unrecognised(next))
  const closing = closingKinds(expected)
  if (next && closing.has(next.kind))
    return at(
      token.from,
      `extraneous input ${show(token)} expecting ${listKinds(closing)}`,
    )
  const [closer] = closing
  if (closing.size === 1 && closer && isMissing(trouble, closer))
    return at(token.from, `missing '${closer}' at ${show(token)}`)
  return at(
    token.from,
    `mismatched input ${show(token)} expecting ${listKinds(openKinds(expected))}`,
  )
}

const isMissing = (trouble: SyntaxTrouble, closer: string) =>
  (closer === ']' || closer === ')') &&
  trouble.index < trouble.tokens.length - 1 &&
  mendsBefore(trouble, closer)

const unrecognised = ({ stuck = '' }: Token) =>
  `token recognition error at: '${escapeSpace(stuck)}'`

const show = ({ text }: Token) => `'${escapeSpace(text)}'`

const escapeSpace = (text: string) =>
  text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')

/** After an operand, what would end the expression; elsewhere all that may stand there. */
function closingKinds(expected: ReadonlySet<string>): ReadonlySet<string> {
  if (expected.has('<EOF>')) return new Set(['<EOF>'])
  if (!expected.has('and')) return expected
  return new Set([')', ']', ',', 'with', '![', '['].filter((kind) => expected.has(kind)))
}

/** The server has settled that a field is no call and no left side before it lists. */
function openKinds(expected: ReadonlySet<string>): ReadonlySet<string> {
  if (!expected.has('and')) return expected
  const settled = new Set(['(', 'of', '==', '!=', '<', '<=', '>', '>='])
  return new Set([...expected].filter((kind) => !settled.has(kind)))
}

function listKinds(kinds: ReadonlySet<string>): string {
  const shown = ORDER.filter((kind) => kinds.has(kind)).map((kind) =>
    /^(<EOF>|[A-Z_]+)$/.test(kind) ? kind : `'${kind}'`,
  )
  return shown.length === 1 ? shown[0]! : `{${shown.join(', ')}}`
}
