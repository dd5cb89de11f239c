import type { Row } from '../events/row-set'
import type { Pipe } from '../language/ast'
import { LateList } from './late-list'
import type { Match, RunLimits } from './result'

/** Matches kept in one piece of memory. */
const CHUNK = 4096

/**
 * Keeps the matches that survive `size` and the pipes (language.md 7.2). `size` comes
 * first, in the direction of the first pipe or else of `result_position`; then every
 * pipe acts on what the one before it left. Order is never changed. A match is kept as
 * bare numbers, its rows and its key.
 */
export class MatchKeeper {
  found = 0
  private kept = 0
  /** Matches that stood before those in `chunks`, and are no longer wanted. */
  private dropped = 0
  private readonly chunks: (number[] | Int32Array)[] = []
  private readonly pipes: readonly Pipe[]
  private readonly size: number
  private readonly fromEnd: boolean
  private readonly width: number

  /** `width`: how many rows a match has. */
  constructor(pipes: readonly Pipe[], limits: RunLimits, width: number) {
    this.pipes = pipes
    this.size = limits.size
    this.fromEnd = (pipes[0]?.name ?? limits.resultPosition) === 'tail'
    this.width = width
  }

  /** Takes the next match in order, its rows and a number that stands for its key. */
  add(rows: ArrayLike<Row>, key: number): void {
    this.found++
    if (this.size === 0 || (!this.fromEnd && this.kept >= this.size)) return
    const chunk = this.openChunk()
    for (let at = 0; at < this.width; at++) chunk.push(rows[at]!)
    chunk.push(key)
    this.kept++
  }

  /** `print` makes a match of its rows and key, whenever it is looked at. */
  matches(print: (rows: readonly Row[], key: number) => Match): LateList<Match> {
    const first = this.fromEnd ? Math.max(0, this.kept - this.size) : 0
    const total = this.kept - first
    const [from, to] = keptRange(total, this.pipes, this.size, this.fromEnd)
    return new LateList(to - from, (at) => {
      const place = first + from + at - this.dropped
      const begin = (place % CHUNK) * (this.width + 1)
      const chunk = this.chunks[Math.floor(place / CHUNK)]!
      const rows = Array.from(chunk.slice(begin, begin + this.width))
      return print(rows, chunk[begin + this.width]!)
    })
  }

  private openChunk(): number[] {
    const last = this.chunks.at(-1)
    if (Array.isArray(last) && last.length < CHUNK * (this.width + 1)) return last
    if (last) this.chunks[this.chunks.length - 1] = Int32Array.from(last)
    const open: number[] = []
    this.chunks.push(open)
    if (this.fromEnd && this.kept - this.dropped - CHUNK >= this.size) {
      this.chunks.shift()
      this.dropped += CHUNK
    }
    return open
  }
}

/** Which of `total` results in order survive `size` and the pipes: `from` … `to`-1. */
export const keptRange = (
  total: number,
  pipes: readonly Pipe[],
  size: number,
  fromEnd: boolean,
): readonly [from: number, to: number] => {
  let [from, to] = fromEnd
    ? [Math.max(0, total - size), total]
    : [0, Math.min(total, size)]
  for (const { name, count } of pipes) {
    if (name === 'head') to = Math.min(to, from + count)
    else from = Math.max(from, to - count)
  }
  return [from, to]
}
