import type { Span } from './ast'

/**
 * A token as Elasticsearch's lexer cuts it (language.md 1). The kind of a keyword or
 * a sign is its text; the others have the names the server prints.
 */
export interface Token extends Span {
  readonly kind: string
  readonly text: string
  /** Only for kind `error`: the text the server shows, up to where its lexer stuck. */
  readonly stuck?: string
}

const KEYWORDS = new Set(
  (
    'and any by false in in~ join like like~ maxspan not null of or regex regex~ ' +
    'sample sequence true until where with'
  ).split(' '),
)

export const isKeyword = (word: string): boolean => KEYWORDS.has(word)

const SKIPPED = /(?:[ \t\r\n]+|\/\/[^\r\n]*)+/y
const LINE_COMMENT = /\/\/[^\r\n]*/y
const RAW_STRING = /"""[^\r\n]*?"""(?:"{0,2})/y
const STRING = /"[^\\\r\n"]*(?:\\(?:[btnfr"'\\]|u\{[0-9a-fA-F]+\})[^\\\r\n"]*)*"/y
const OLD_STRING =
  /\?"(?:\\"|[^\r\n"])*"|\?'(?:\\'|[^\r\n'])*'|'[^\\\r\n']*(?:\\[btnfr"'\\][^\\\r\n']*)*'/y
const QUOTED_NAME = /`[^`]*(?:``[^`]*)*`/y
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z][A-Za-z0-9_]*~|[A-Za-z_@][A-Za-z0-9_]*/y
const SIGN = /==|!=|!\[|<=|>=|[:<>=+\-*/%.,[\]()|?]/y

/** How far the server's lexer gets into something it cannot finish. */
const STRING_PREFIX =
  /"[^\\\r\n"]*(?:\\(?:[btnfr"'\\]|u\{[0-9a-fA-F]+\})[^\\\r\n"]*)*(?:\\(?:u(?:\{[0-9a-fA-F]*)?)?)?/y
const OLD_STRING_PREFIX = /'[^\\\r\n']*(?:\\[btnfr"'\\][^\\\r\n']*)*\\?/y
const QUOTED_NAME_PREFIX = /`[^]*/y

/** What a reader would take for the whole of a broken token, to go on behind it. */
const BROKEN = /"(?:\\[^\r\n]|[^\\\r\n"])*"?|'(?:\\[^\r\n]|[^\\\r\n'])*'?|`[^\r\n]*/y

/** All tokens of a text; the last one is `<EOF>`, empty, at its end. */
export function scanTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  const comments: Comments = { canClose: text.includes('*/') }
  let at = skipSpace(text, 0, comments)
  while (at < text.length) {
    const token = scanToken(text, at)
    tokens.push(token)
    at = skipSpace(text, token.to, comments)
  }
  tokens.push({ kind: '<EOF>', text: '<EOF>', from: text.length, to: text.length })
  return tokens
}

function scanToken(text: string, from: number): Token {
  const found = (kind: string, match: string): Token => ({
    kind,
    text: match,
    from,
    to: from + match.length,
  })
  const word = matchAt(WORD, text, from)
  if (word) return found(wordKind(word), word)
  const string =
    matchAt(RAW_STRING, text, from) ??
    matchAt(STRING, text, from) ??
    matchAt(OLD_STRING, text, from)
  if (string) return found('STRING', string)
  const number = matchAt(NUMBER, text, from)
  if (number)
    return found(/^\d+$/.test(number) ? 'INTEGER_VALUE' : 'DECIMAL_VALUE', number)
  const sign = matchAt(SIGN, text, from)
  if (sign) return found(sign, sign)
  const name = matchAt(QUOTED_NAME, text, from)
  return name ? found('QUOTED_IDENTIFIER', name) : scanBroken(text, from)
}

function wordKind(word: string): string {
  if (KEYWORDS.has(word)) return word
  return word.endsWith('~') ? 'TILDE_IDENTIFIER' : 'IDENTIFIER'
}

/** A token the lexer cannot finish; it shows what it read and the character it met. */
function scanBroken(text: string, from: number): Token {
  const read =
    matchAt(STRING_PREFIX, text, from) ??
    matchAt(OLD_STRING_PREFIX, text, from) ??
    matchAt(QUOTED_NAME_PREFIX, text, from) ??
    (text[from] === '!' ? '!' : '')
  const stuck = read + characterAt(text, from + read.length)
  const whole = matchAt(BROKEN, text, from) ?? characterAt(text, from)
  return { kind: 'error', text: whole, from, to: from + whole.length, stuck }
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? text.slice(at, pattern.lastIndex) : undefined
}

/** Once one comment is never closed, no later one is; then `/*` is two signs. */
interface Comments {
  canClose: boolean
}

function skipSpace(text: string, from: number, comments: Comments): number {
  let at = from
  for (;;) {
    SKIPPED.lastIndex = at
    if (SKIPPED.test(text)) at = SKIPPED.lastIndex
    if (!comments.canClose || !text.startsWith('/*', at)) return at
    const end = endOfComment(text, at)
    if (end === undefined) comments.canClose = false
    at = end ?? at
  }
}

/** The comments between two neighbouring tokens, in their order. */
export function commentsBetween(text: string, from: number, to: number): readonly Span[] {
  const comments: Span[] = []
  for (let at = from; at < to; at++) {
    const end =
      matchAt(LINE_COMMENT, text, at) !== undefined
        ? LINE_COMMENT.lastIndex
        : text.startsWith('/*', at) && endOfComment(text, at)
    if (!end) continue
    comments.push({ from: at, to: end })
    at = end - 1
  }
  return comments
}

/** Comments nest; one that is opened more often than closed ends at the last mark. */
function endOfComment(text: string, from: number): number | undefined {
  const marks = /\/\*|\*\//g
  marks.lastIndex = from
  let depth = 0
  let end: number | undefined
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (mark[0] === '*/') end = marks.lastIndex
    if (depth === 0) break
  }
  return end
}
