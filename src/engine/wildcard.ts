/**
 * A matcher for a pattern of `*` (any run, also none) and `?` (one code point) that must
 * cover the whole text. Nothing escapes, all else is literal, line ends are ordinary
 * (language.md 3.8). Takes time |pattern| × |text| at worst.
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  if (!isWildcard(pattern)) return (text) => text === pattern
  const runs = pattern.split(/\*+/)
  const first = new Run(runs[0] ?? '')
  if (runs.length === 1) return (text) => first.endAt(text, 0) === text.length
  const last = new Run(runs.at(-1) ?? '')
  const inner = runs.slice(1, -1).map((run) => new Run(run))
  const least = runs.join('').length
  return (text) => {
    if (text.length < least) return false
    const end = last.startAtEnd(text)
    let at = end < 0 ? -1 : first.endAt(text, 0)
    for (const run of inner) {
      if (at < 0) return false
      at = run.endAfter(text, at)
    }
    return at >= 0 && at <= end
  }
}

/** Whether a pattern matches more than itself. */
export const isWildcard = (pattern: string): boolean => /[*?]/.test(pattern)

/**
 * What stands between two stars: literal pieces with one code point between each. Every
 * run of a pattern is sought leftmost, since it leaves the most to those after it.
 */
class Run {
  private readonly pieces: readonly string[]
  private readonly head: string

  constructor(run: string) {
    this.pieces = run.split('?')
    this.head = this.pieces[0]!
  }

  /** Where it ends if it begins at a place, else -1. */
  endAt(text: string, start: number): number {
    const { head, pieces } = this
    if (!hasAt(text, head, start)) return -1
    let at = start + head.length
    for (let i = 1; i < pieces.length; i++) {
      const piece = pieces[i]!
      if (at >= text.length) return -1
      at += pointLength(text, at)
      if (!hasAt(text, piece, at)) return -1
      at += piece.length
    }
    return at
  }

  /** Where the first one that begins at `from` or later ends, else -1. */
  endAfter(text: string, from: number): number {
    const { head, pieces } = this
    if (head === '' && pieces.length > 1) return this.endStepping(text, from)
    let start = text.indexOf(head, from)
    if (pieces.length === 1) return start < 0 ? -1 : start + head.length
    for (; start >= 0; start = text.indexOf(head, start + 1)) {
      const end = this.endAt(text, start)
      if (end >= 0) return end
    }
    return -1
  }

  /** As `endAfter`, for a run that begins with `?`. */
  private endStepping(text: string, from: number): number {
    for (let start = from; start < text.length; start += pointLength(text, start)) {
      const end = this.endAt(text, start)
      if (end >= 0) return end
    }
    return -1
  }

  /** Where it begins if it ends where the text does, else -1. */
  startAtEnd(text: string): number {
    const { pieces } = this
    let at = text.length
    for (let i = pieces.length - 1; i >= 0; i--) {
      const piece = pieces[i]!
      at -= piece.length
      if (at < 0 || !hasAt(text, piece, at)) return -1
      if (i === 0) break
      if (at === 0) return -1
      at -= pointLengthBefore(text, at)
    }
    return at
  }
}

/** Most texts differ in the first unit, and comparing that alone is cheaper. */
const hasAt = (text: string, piece: string, at: number): boolean =>
  piece === '' ||
  (text.charCodeAt(at) === piece.charCodeAt(0) && text.startsWith(piece, at))

const pointLength = (text: string, at: number): number =>
  (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1

const pointLengthBefore = (text: string, at: number): number =>
  at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1
