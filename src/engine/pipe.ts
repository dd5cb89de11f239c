import type { Pipe } from '../language/ast'
import type { Match, RunLimits } from './result'

/**
 * Keeps the matches that survive `size` and the pipes (language.md 7.2). `size` comes
 * first, in the direction of the first pipe or else of `result_position`; then every
 * pipe acts on what the one before it left. Order is never changed.
 */
export class MatchKeeper {
  found = 0
  private kept: Match[] = []
  private readonly pipes: readonly Pipe[]
  private readonly size: number
  private readonly fromEnd: boolean

  constructor(pipes: readonly Pipe[], limits: RunLimits) {
    this.pipes = pipes
    this.size = limits.size
    this.fromEnd = (pipes[0]?.name ?? limits.resultPosition) === 'tail'
  }

  /** Takes the next match in order; it is only made when it may be kept. */
  add(make: () => Match): void {
    this.found++
    if (this.size === 0 || (!this.fromEnd && this.kept.length >= this.size)) return
    this.kept.push(make())
    if (this.fromEnd && this.kept.length >= this.size * 2 + 16)
      this.kept = this.kept.slice(-this.size)
  }

  matches(): readonly Match[] {
    const [from, to] = keptRange(this.kept.length, this.pipes, this.size, this.fromEnd)
    return this.kept.slice(from, to)
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
