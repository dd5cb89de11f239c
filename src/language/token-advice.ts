import type { Span } from './ast'
import type { Diagnostic } from './diagnostics'
import { describe, insertFix, replaceFix } from './problem'
import type { Token } from './tokens'

/** Says in our words why the lexer cannot cut a token; edits that mend it are given. */
export function describeBroken(
  text: string,
  token: Token,
  expected: ReadonlySet<string>,
): Diagnostic {
  const first = token.text[0]!
  if (first === '"' || first === "'") return describeString(text, token, first)
  if (first === '`')
    return {
      ...describe(token, 'name-not-closed'),
      fixes: [insertFix('Close the name', endOfName(token), '`')],
    }
  if (first === '&') return describeAmpersand(text, token)
  if (first === '~') return describeTilde(text, token)
  const variable = /^\$[A-Za-z_]\w*/.exec(text.slice(token.from))?.[0]
  if (variable) {
    const span = { from: token.from, to: token.from + variable.length }
    return describe(span, 'endpoint-variable', variable)
  }
  if (first === '!') return describeExclamation(text, token, expected)
  const curly = /^([“„”][^“”"\n]*[“”]|[‘’][^‘’"\n]*[‘’])/.exec(
    text.slice(token.from),
  )?.[0]
  if (curly) {
    const span = { from: token.from, to: token.from + curly.length }
    const quoted = `"${curly.slice(1, -1)}"`
    return {
      ...describe(span, 'curly-quotes'),
      fixes: [replaceFix('Use plain quotes', span, quoted)],
    }
  }
  const plain = LOOKALIKES[first]
  if (plain)
    return {
      ...describe(token, 'lookalike', first, plain.name),
      fixes: [replaceFix(`Use ${plain.name}`, token, plain.insert)],
    }
  return describe(token, 'strange-character', token.text)
}

/** What text processors put in place of plain signs. */
const LOOKALIKES: Readonly<Record<string, { name: string; insert: string }>> = {
  '–': { name: 'a minus', insert: '-' },
  '\u00a0': { name: 'a plain space', insert: ' ' },
  '\u202f': { name: 'a plain space', insert: ' ' },
  '\u200b': { name: 'nothing', insert: '' },
  '\ufeff': { name: 'nothing', insert: '' },
}

const endOfName = ({ from, text }: Token) =>
  from + (/^`[\w@.*-]*/.exec(text)?.[0].length ?? 1)

function describeString(text: string, token: Token, quote: string): Diagnostic {
  const isClosed = /^(?:"(?:\\.|[^\\"])*"|'(?:\\.|[^\\'])*')$/.test(token.text)
  if (!isClosed)
    return {
      ...describe({ from: token.from, to: token.from + 1 }, 'string-not-closed'),
      fixes: [insertFix('Close the string', token.to, quote)],
    }
  const escape = token.stuck!.lastIndexOf('\\')
  const from = token.from + escape
  const shown = text.slice(from, from + 2)
  const content = token.text.slice(1, -1)
  const doubled = `"${content.replaceAll('\\', '\\\\').replaceAll('\\\\"', '\\"')}"`
  const raw = content.includes('"""') || content.endsWith('"') ? [] : [`"""${content}"""`]
  return {
    ...describe({ from, to: from + 2 }, 'escape', shown),
    fixes: [
      ...raw.map((insert) => replaceFix('Use a raw string', token, insert)),
      replaceFix('Double the backslashes', token, doubled),
    ],
  }
}

function describeAmpersand(text: string, token: Token): Diagnostic {
  const span = { from: token.from, to: token.from + (text[token.to] === '&' ? 2 : 1) }
  return { ...describe(span, 'ampersand'), fixes: [replaceFix('Use and', span, 'and')] }
}

/** `=~`, `==~`, `foo ~`. */
export function describeTilde(text: string, token: Token): Diagnostic {
  const signs = /={1,2}$/.exec(text.slice(0, token.from))?.[0] ?? ''
  const span = { from: token.from - signs.length, to: token.to }
  return signs
    ? { ...describe(span, 'tilde-equals'), fixes: [replaceFix('Use :', span, ':')] }
    : describe(span, 'tilde')
}

function describeExclamation(
  text: string,
  token: Token,
  expected: ReadonlySet<string>,
): Diagnostic {
  const gap = /^!\s+\[/.exec(text.slice(token.from))?.[0]
  if (gap) {
    const span = { from: token.from, to: token.from + gap.length }
    return { ...describe(span, 'missing-gap'), fixes: [replaceFix('Use ![', span, '![')] }
  }
  const apart = /^!\s+=/.exec(text.slice(token.from))?.[0]
  if (apart) {
    const span = { from: token.from, to: token.from + apart.length }
    return { ...describe(span, 'exclamation'), fixes: [replaceFix('Use !=', span, '!=')] }
  }
  return expected.has('not') && !expected.has('and')
    ? { ...describe(token, 'exclamation'), fixes: [replaceFix('Use not', token, 'not ')] }
    : describe(token, 'exclamation')
}

/** `'…'`, `?"…"` and `?'…'`: strings of former versions (language.md 1.7). */
export const isOldString = ({ kind, text }: Token): boolean =>
  kind === 'STRING' && !text.startsWith('"')

export function describeOldString(token: Span & { readonly text: string }): Diagnostic {
  if (token.text.startsWith('?')) {
    const raw = `"""${token.text.slice(2, -1)}"""`
    const fixes = [replaceFix('Use triple double quotes', token, raw)]
    return { ...describe(token, 'old-raw-string'), fixes }
  }
  const content = token.text.slice(1, -1).replaceAll("\\'", "'")
  const quoted = `"${content.replace(/(?<!\\)"/g, '\\"')}"`
  const fixes = [replaceFix('Use double quotes', token, quoted)]
  return { ...describe(token, 'single-quotes'), fixes }
}
