import type { Diagnostic } from './diagnostics'
import { matchBrackets } from './forbidden'
import { describe, replaceFix } from './problem'
import { adviseOnSyntax } from './syntax-advice'
import { findTrouble, isTree, type SyntaxTrouble } from './syntax-trouble'
import { describeBroken, describeOldString, isOldString } from './token-advice'
import type { Token } from './tokens'

/** So that a text that is no EQL at all does not drown in complaints. */
const MAX_MORE = 20

/**
 * What is surely wrong besides the first trouble: tokens that are wrong wherever they
 * stand, and the first trouble of every later step. The server says nothing of these,
 * as it stops at the first.
 */
export function findMoreProblems(trouble: SyntaxTrouble): readonly Diagnostic[] {
  const { text, tokens, index } = trouble
  const wrong = tokens.flatMap((token, i) =>
    i === index || isTail(tokens, i) ? [] : describeWrongToken(text, tokens, token, i),
  )
  const reported = new Set(wrong.map(({ from }) => from))
  const inSteps = findStepTroubles(trouble).filter(({ from }) => !reported.has(from))
  return [...wrong, ...inSteps].slice(0, MAX_MORE)
}

/** The second sign of `&&`, `=~` and `! =`, or what closes a pair of curly quotes. */
function isTail(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]!
  const previous = tokens[i - 1]
  if (/^[”’]/.test(token.text))
    return tokens.slice(0, i).some(({ text }) => /^[“‘„”’]/.test(text))
  if (previous?.text === '!' && token.kind === '=') return true
  return previous?.to === token.from && /^(&&|==?~)$/.test(previous.text + token.text)
}

function describeWrongToken(
  text: string,
  tokens: readonly Token[],
  token: Token,
  i: number,
): readonly Diagnostic[] {
  if (token.kind === 'error') return [describeBroken(text, token, new Set())]
  if (isOldString(token)) return [describeOldString(token)]
  if (token.kind === '=' && !isOption(tokens, i))
    return [
      { ...describe(token, 'single-equals'), fixes: [replaceFix('Use ==', token, '==')] },
    ]
  return []
}

/** `maxspan =`, `with runs =`. */
const isOption = (tokens: readonly Token[], i: number) =>
  tokens[i - 1]?.kind === 'maxspan' || tokens[i - 2]?.kind === 'with'

function findStepTroubles({ text, tokens, index }: SyntaxTrouble): readonly Diagnostic[] {
  const steps = [...matchBrackets(tokens)]
    .filter(([opener]) => opener > index && tokens[opener + 1]?.kind !== 'INTEGER_VALUE')
    .sort(([a], [b]) => a - b)
    .slice(0, MAX_MORE)
  return steps.flatMap(([opener, closer]) => {
    const end: Token = {
      ...tokens.at(-1)!,
      from: tokens[closer]!.from,
      to: tokens[closer]!.from,
    }
    const inner = [...tokens.slice(opener + 1, closer), end]
    const result = findTrouble(text, 'Query', inner)
    return isTree(result) ? [] : [adviseOnSyntax(result)]
  })
}
