import { commentsBetween, type Token } from './tokens'

/** The comments around one token, as the formatter keeps them. */
export interface TokenComments {
  /** On lines of their own before it. */
  readonly above: readonly string[]
  /** On its line, right before it. */
  readonly before: string
  /** On its line, right behind it, where a bracket ends. */
  readonly behind: string
  /** On its line, up to the line's end. */
  readonly after: string
  /** On lines of their own behind it, where a bracket or the text ends. */
  readonly below: readonly string[]
}

/**
 * The comments of a text by the offset of the token they stand with; tokens without any
 * have no entry. What ends a line before a connective or a comma moves behind it, since
 * lines end there.
 */
export function readComments(
  text: string,
  tokens: readonly Token[],
): ReadonlyMap<number, TokenComments> {
  const comments = new Map<number, TokenComments>()
  const add = (token: Token | undefined, more: Partial<TokenComments>) =>
    token && comments.set(token.from, { ...NONE, ...comments.get(token.from), ...more })
  let carried: Gap | undefined
  for (const [i, token] of tokens.entries()) {
    const own = readGap(text, tokens[i - 1]?.to, token)
    const gap: Gap = carried ? joinGaps(carried, own) : own
    carried = MOVED_PAST.has(token.kind) && endsLine(gap) ? gap : undefined
    if (carried || gap === EMPTY) continue
    if (ENDS.has(token.kind)) add(tokens[i - 1], commentsAtEnd(gap))
    else {
      add(tokens[i - 1], { after: gap.after })
      add(token, { above: gap.own, before: gap.before })
    }
  }
  return comments
}

const NONE: TokenComments = { above: [], before: '', behind: '', after: '', below: [] }

const commentsAtEnd = (gap: Gap): Partial<TokenComments> =>
  endsLine(gap)
    ? { after: gap.after, below: [...gap.own, gap.before].filter(Boolean) }
    : { behind: gap.before }

const MOVED_PAST = new Set(['and', 'or', ','])
const ENDS = new Set([')', ']', '<EOF>'])

/** The comments between two tokens: `a // after`, own lines, `before b`. */
interface Gap {
  readonly after: string
  readonly own: readonly string[]
  readonly before: string
}

const EMPTY: Gap = { after: '', own: [], before: '' }

const endsLine = ({ after, own }: Gap): boolean => after !== '' || own.length > 0

function readGap(text: string, from: number | undefined, { from: to, kind }: Token): Gap {
  const comments = commentsBetween(text, from ?? 0, to)
  if (comments.length === 0) return EMPTY
  const lines: string[][] = from === undefined ? [[], []] : [[]]
  let end = from ?? 0
  for (const comment of comments) {
    if (/[\r\n]/.test(text.slice(end, comment.from))) lines.push([])
    lines.at(-1)!.push(text.slice(comment.from, comment.to).trimEnd())
    end = comment.to
  }
  if (kind === '<EOF>' || /[\r\n]/.test(text.slice(end, to))) lines.push([])
  const before = lines.pop()!.join(' ')
  const [after = '', ...own] = lines.map((line) => line.join(' '))
  return { after, own: own.filter(Boolean), before }
}

/** Of two gaps the first of which ends a line. */
function joinGaps(first: Gap, second: Gap): Gap {
  const joined = [first.before, second.after].filter(Boolean).join(' ')
  if (endsLine(second)) {
    const own = [...first.own, joined, ...second.own].filter(Boolean)
    return { after: first.after, own, before: second.before }
  }
  const before = [first.before, second.before].filter(Boolean).join(' ')
  return { after: first.after, own: first.own, before }
}
