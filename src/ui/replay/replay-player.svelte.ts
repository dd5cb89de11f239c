import type { ReplayFrame, ReplayView } from '../../worker/replay-api'
import { findFrame, meetsBreak, nextChange, type Break } from './replay-moves'

/** Frames a second that one may choose from. */
export const SPEEDS = [1, 2, 5, 10] as const

/** Goes through the frames of one replay, to and fro. */
export class ReplayPlayer {
  view = $state.raw<ReplayView | undefined>()
  place = $state(0)
  breaks = $state.raw<ReadonlySet<Break>>(new Set())
  speed = $state<number>(SPEEDS[1])
  isPlaying = $state(false)
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `onMove`: told of every move a person makes, or playing makes for them. */
  constructor(private readonly onMove: (frame: ReplayFrame) => void) {}

  get frames(): readonly ReplayFrame[] {
    return this.view?.frames ?? []
  }
  get frame(): ReplayFrame | undefined {
    return this.frames[this.place]
  }
  get isAtEnd(): boolean {
    return this.place >= this.frames.length - 1
  }
  /** Matches up to the frame at hand. */
  get matches(): number {
    const past = this.frames.slice(0, this.place + 1)
    return past.filter(({ deeds }) => deeds.includes('matched')).length
  }
  /** The next frame that meets a breakpoint, if one is set and met. */
  get nextBreak(): number | undefined {
    if (this.breaks.size === 0) return undefined
    return findFrame(this.frames, this.place, 1, (f) => meetsBreak(f, this.breaks))
  }

  /** Opens another replay at its first frame, without a move. */
  show(view: ReplayView | undefined): void {
    this.pause()
    this.view = view
    this.place = view?.start ?? 0
  }

  go(place: number): void {
    this.pause()
    this.move(place)
  }
  /** Follows an event that was chosen elsewhere, if it has a frame. */
  goToRow(row: number): void {
    if (this.frame?.row === row) return
    const place = this.frames.findIndex((frame) => frame.row === row)
    if (place >= 0) this.place = place
  }
  goToChange(way: 1 | -1): void {
    this.go(nextChange(this.frames, this.place, way))
  }
  goToBreak(): void {
    const { nextBreak } = this
    if (nextBreak !== undefined) this.go(nextBreak)
  }

  setBreaks(breaks: readonly Break[]): void {
    this.breaks = new Set(breaks)
  }

  /** From the end it begins anew. */
  play(): void {
    if (this.frames.length === 0) return
    if (this.isAtEnd) this.move(0)
    this.isPlaying = true
    this.wait()
  }
  pause(): void {
    this.isPlaying = false
    clearTimeout(this.timer)
  }

  private wait(): void {
    this.timer = setTimeout(() => {
      this.move(this.place + 1)
      const { frame } = this
      const stops = this.isAtEnd || (frame && meetsBreak(frame, this.breaks))
      if (stops) this.pause()
      else this.wait()
    }, 1000 / this.speed)
  }

  private move(place: number): void {
    const last = this.frames.length - 1
    const target = Math.max(0, Math.min(place, last))
    if (target === this.place || last < 0) return
    this.place = target
    if (this.frame) this.onMove(this.frame)
  }
}
