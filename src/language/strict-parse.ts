import type { Tree } from '@lezer/common'
import { ContextTracker, type LRParser, type ParserConfig, type Stack } from '@lezer/lr'
import { parser } from './eql.grammar'

/** What a text is read as: a whole query, or one expression. */
export type Top = 'Query' | 'Expression'

const strictParsers: Readonly<Record<Top, LRParser>> = {
  Query: adaptParser({ strict: true }),
  Expression: adaptParser({ strict: true, top: 'Expression' }),
}

/**
 * The parser as `configure` would have it, by what that changes laid over the original. A
 * copy that `configure` makes property by property is a dictionary to V8, which looks into
 * it for every step of every token: that takes twice the time.
 */
function adaptParser(config: ParserConfig): LRParser {
  const original = new Map<string, unknown>(Object.entries(parser))
  const changed = Object.entries(parser.configure(config)).filter(
    ([name, value]) => original.get(name) !== value,
  )
  return Object.assign(Object.create(parser) as LRParser, Object.fromEntries(changed))
}

/** The tree of a text, or the offset at which the grammar cannot go on. */
export function parseStrictly(text: string, top: Top): Tree | number {
  return tryParse(strictParsers[top], text)
}

/** Whether the grammar gets beyond an offset. */
export function canPass(text: string, offset: number, top: Top): boolean {
  const result = parseStrictly(text, top)
  return typeof result !== 'number' || result > offset
}

/**
 * Names of the grammar's tokens that may follow a text, which must itself be a good
 * beginning and end in a token. The parser reduces eagerly, so this is asked at the
 * very moment the last token is shifted.
 */
export function tokensAfter(text: string, top: Top): ReadonlySet<string> {
  if (!text) return firstTokens[top]
  const names = new Set<string>()
  const contextTracker = new ContextTracker<null>({
    start: null,
    shift: (_, __, stack) => {
      if (stack.pos === text.length) for (const name of shiftable(stack)) names.add(name)
      return null
    },
  })
  const parsed = tryParse(adaptParser({ strict: true, top, contextTracker }), text)
  if (typeof parsed !== 'number') names.add('<EOF>')
  return names
}

/** Where nothing was read yet, there is no stack to ask. */
const firstTokens: Readonly<Record<Top, ReadonlySet<string>>> = {
  Query: new Set(['any', 'join', 'sample', 'sequence', 'String', 'Identifier']),
  Expression: new Set([
    ...['false', 'not', 'null', 'true', 'PlusOp', '(', '?', 'String', 'Number'],
    ...['Identifier', 'QuotedIdentifier', 'TildeIdentifier'],
  ]),
}

const shiftable = (stack: Stack): readonly string[] =>
  parser.nodeSet.types.filter(({ id }) => stack.canShift(id)).map(({ name }) => name)

function tryParse(strict: LRParser, text: string): Tree | number {
  try {
    return strict.parse(text)
  } catch (error) {
    const stop = error instanceof SyntaxError && /^No parse at (\d+)$/.exec(error.message)
    if (stop) return Number(stop[1])
    throw error
  }
}
