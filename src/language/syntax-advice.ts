import type { Diagnostic } from './diagnostics'
import { describe, insertFix, replaceFix } from './problem'
import { mendsBefore, type SyntaxTrouble } from './syntax-trouble'
import { describeBroken, describeTilde } from './token-advice'
import { isKeyword, type Token } from './tokens'

interface Place extends SyntaxTrouble {
  readonly token: Token
  /** The token before, or an empty one at the start. */
  readonly previous: Token
}

const START: Token = { kind: '', text: '', from: 0, to: 0 }

/** Says in our words what is wrong at the first place where a text cannot go on. */
export function adviseOnSyntax(trouble: SyntaxTrouble): Diagnostic {
  const token = trouble.tokens[trouble.index]!
  const previous = trouble.tokens[trouble.index - 1] ?? START
  const place = { ...trouble, token, previous }
  for (const advise of advisers) {
    const advice = advise(place)
    if (advice) return advice
  }
  return describeUnexpected(place)
}

/** From the most telling to the most general; the first that knows wins. */
const advisers: readonly ((place: Place) => Diagnostic | undefined)[] = [
  ({ text, token, expected }) =>
    token.kind === 'error' ? describeBroken(text, token, expected) : undefined,
  adviseOnComment,
  adviseOnEquals,
  adviseOnDoubledSign,
  adviseOnCapitals,
  adviseOnNotLike,
  adviseOnCategory,
  adviseOnReservedWord,
  adviseOnChain,
  adviseOnOptions,
  adviseOnAlias,
  adviseOnList,
  adviseOnPattern,
  adviseOnClosing,
]

/** A comment without its end is read as a sign of division. */
function adviseOnComment({ text, token, previous }: Place) {
  const start = [previous, token].find(
    ({ kind, from }) => kind === '/' && text.startsWith('/*', from),
  )
  if (!start) return undefined
  const span = { from: start.from, to: start.from + 2 }
  const end = insertFix('Insert */ at the end', text.length, ' */')
  return { ...describe(span, 'comment-open'), fixes: [end] }
}

const isAfterOperand = ({ expected }: Place) => expected.has('and')

function adviseOnEquals({ text, token, tokens, index, expected }: Place) {
  if (token.kind !== '=' || !expected.has('==')) return undefined
  const next = tokens[index + 1]!
  if (next.from === token.to && next.text === '~') return describeTilde(text, next)
  return {
    ...describe(token, 'single-equals'),
    fixes: [replaceFix('Use ==', token, '==')],
  }
}

/** `||`, `<>`: two signs that some language reads as one. */
function adviseOnDoubledSign({ token, previous }: Place) {
  if (previous.to !== token.from) return undefined
  const span = { from: previous.from, to: token.to }
  if (previous.kind === '|' && token.kind === '|')
    return { ...describe(span, 'double-bar'), fixes: [replaceFix('Use or', span, 'or')] }
  if (previous.kind === '<' && token.kind === '>')
    return {
      ...describe(span, 'not-equal-sign'),
      fixes: [replaceFix('Use !=', span, '!=')],
    }
  return undefined
}

function adviseOnCapitals({ token, expected }: Place) {
  const word = token.text.toLowerCase()
  if (token.kind !== 'IDENTIFIER' || word === token.text || !expected.has(word))
    return undefined
  return {
    ...describe(token, 'keyword-case', token.text, word),
    fixes: [replaceFix(`Use ${word}`, token, word)],
  }
}

const PREDICATES = new Set([':', 'like', 'like~', 'regex', 'regex~'])

function adviseOnNotLike({ token, previous, tokens, index }: Place) {
  if (previous.kind !== 'not' || !PREDICATES.has(token.kind)) return undefined
  const start = startOfOperand(tokens, index - 2)
  const move = {
    label: 'Put not first',
    edits: [
      { from: start, to: start, insert: 'not ' },
      { from: previous.from, to: token.from, insert: '' },
    ],
  }
  return { ...describe(previous, 'not-before-predicate', token.text), fixes: [move] }
}

/** Where the operand begins whose last token is given: a field, literal, call or parens. */
function startOfOperand(tokens: readonly Token[], last: number): number {
  let i = last
  if (tokens[i]?.kind === ')') {
    for (let depth = 0; i > 0; i--) {
      if (tokens[i]!.kind === ')') depth++
      if (tokens[i]!.kind === '(' && --depth === 0) break
    }
    if (tokens[i - 1]?.kind.endsWith('IDENTIFIER')) i--
    return tokens[i]!.from
  }
  while (tokens[i - 1]?.kind === '.') i -= 2
  if (tokens[i - 1]?.kind === '?') i--
  return tokens[Math.max(i, 0)]!.from
}

function adviseOnCategory(place: Place) {
  const { token, previous, expected } = place
  if (token.kind === 'where' && expected.has('any'))
    return {
      ...describe(token, 'category-missing'),
      fixes: [insertFix('Put any before where', token.from, 'any ')],
    }
  if (!expected.has('where')) return undefined
  const isCondition = token.kind === '.' || '== != < <= > >= ( in :'.includes(token.kind)
  const start = isCondition ? previous.from : token.from
  const insert = isCondition ? 'any where ' : 'where '
  const canMend = isCondition || mendsBefore(place, 'where')
  return {
    ...describe(token, 'where-missing', previous.text),
    ...(canMend && { fixes: [insertFix(`Insert ${insert.trim()}`, start, insert)] }),
  }
}

function adviseOnReservedWord({ token, expected, previous }: Place) {
  if (!isKeyword(token.kind) || !expected.has('QUOTED_IDENTIFIER')) return undefined
  if (previous.kind !== '.' && !mayBeName(token.kind)) return undefined
  return {
    ...describe(token, 'reserved-word', token.text),
    fixes: [replaceFix('Put it in backticks', token, `\`${token.text}\``)],
  }
}

const mayBeName = (word: string) => ['sequence', 'sample', 'join', 'any'].includes(word)

function adviseOnChain(place: Place) {
  const { token, expected } = place
  const isComparison = /^([<>]=?|[!=]=)$/.test(token.kind)
  if (!isComparison || !isAfterOperand(place) || expected.has('==')) return undefined
  return describe(token, 'chained-comparison')
}

/** Words that stand in the wrong place of a sequence. */
function adviseOnOptions({ token, previous, expected }: Place) {
  if (token.kind === 'maxspan' && previous.kind === 'with' && expected.has('IDENTIFIER'))
    return describe(token, 'maxspan-after-steps')
  if (token.kind === 'IDENTIFIER' && previous.kind === 'with' && expected.has('maxspan'))
    return describe(token, 'with-option', token.text)
  if (token.kind === 'by' && previous.kind.endsWith('_VALUE'))
    return describe(token, 'by-after-runs')
  if (token.kind === 'maxspan' && expected.has('with'))
    return {
      ...describe(token, 'with-missing'),
      fixes: [insertFix('Insert with', token.from, 'with ')],
    }
  return undefined
}

/** `[…] as event0`, of rules that run on the endpoint. */
function adviseOnAlias({ token, previous, tokens, index }: Place) {
  const name = tokens[index + 1]!
  const isAlias = token.text === 'as' && name.kind === 'IDENTIFIER'
  if (!isAlias || tokens[0]!.kind !== 'sequence') return undefined
  const span = { from: token.from, to: name.to }
  return {
    ...describe(span, 'endpoint-alias', name.text),
    fixes: [replaceFix('Remove it', { ...span, from: previous.to }, '')],
  }
}

function adviseOnList({ token, previous, text }: Place) {
  if (token.kind === ')' && previous.kind === '(') return describe(token, 'empty-list')
  if (token.kind === ')' && previous.kind === ',')
    return {
      ...describe(previous, 'trailing-comma'),
      fixes: [replaceFix('Remove the comma', previous, '')],
    }
  const isIn = previous.kind === 'in' || previous.kind === 'in~'
  if (!isIn || !/^(STRING|[A-Z]+_VALUE)$/.test(token.kind)) return undefined
  const inParens = `(${text.slice(token.from, token.to)})`
  return {
    ...describe(token, 'list-parentheses'),
    fixes: [replaceFix('Put it in parentheses', token, inParens)],
  }
}

function adviseOnPattern({ token, previous }: Place) {
  if (!PREDICATES.has(previous.kind) || token.kind === '<EOF>') return undefined
  return describe(token, 'pattern-not-literal', previous.text)
}

/** A bracket that is not closed, or was never opened. */
function adviseOnClosing(place: Place) {
  const { token, expected, previous } = place
  if (token.kind === ')' || token.kind === ']') {
    const opener = token.kind === ')' ? '(' : '['
    if (!hasOpen(place, opener))
      return {
        ...describe(token, 'never-opened', token.kind),
        fixes: [replaceFix('Remove it', token, '')],
      }
  }
  for (const closer of [')', ']'] as const) {
    if (!expected.has(closer) || !isAfterOperand(place)) continue
    const mends = token.kind === '<EOF>' || mendsBefore(place, closer)
    const opening = mends && findOpening(place, closer)
    if (opening)
      return {
        ...describe(opening, 'never-closed', opening.text),
        fixes: [insertFix(`Insert ${closer}`, previous.to, closer)],
      }
  }
  return undefined
}

const hasOpen = (place: Place, opener: '(' | '[') =>
  findOpening(place, opener === '(' ? ')' : ']') !== undefined

/** The bracket still open before the misplaced token that this one would close. */
function findOpening({ tokens, index }: Place, closer: ')' | ']'): Token | undefined {
  const opens = closer === ')' ? ['('] : ['[', '![']
  let depth = 0
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i]!
    if (token.kind === closer) depth++
    else if (opens.includes(token.kind) && depth-- === 0) return token
  }
  return undefined
}

function describeUnexpected(place: Place): Diagnostic {
  const { token, previous, expected, text } = place
  const wanted = describeWanted(expected)
  if (token.kind !== '<EOF>') return describe(token, 'unexpected', token.text, wanted)
  const span = { from: previous.from, to: previous.to }
  return text.trim()
    ? describe(span, 'unfinished', wanted)
    : describe({ from: 0, to: text.length }, 'empty-query')
}

/** What could stand here, in a few words. */
function describeWanted(expected: ReadonlySet<string>): string {
  if (expected.has('any')) return 'a category, such as process or any'
  if (expected.has('STRING') && expected.has('IDENTIFIER')) return 'a field or a value'
  if (expected.has('STRING')) return 'a text or another value'
  if (expected.has('and')) return 'and, or, or the end'
  if (expected.has('QUOTED_IDENTIFIER')) return 'a field name'
  if (expected.has('IDENTIFIER')) return 'a name'
  if (expected.has('INTEGER_VALUE')) return 'a number'
  return [...expected].slice(0, 3).join(' or ')
}
