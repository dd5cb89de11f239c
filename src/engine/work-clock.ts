/** Measures what a generator works, not what its caller does between two steps. */
export class WorkClock {
  private from = performance.now()
  private worked = 0

  /** Ms of work since the last lap. */
  lap(): number {
    this.pause()
    const { worked } = this
    this.worked = 0
    return worked
  }

  /** Hands on what another generator does, and counts its work. */
  *measure<T>(work: Generator<void, T>): Generator<void, T> {
    this.from = performance.now()
    for (let step = work.next(); ; step = work.next()) {
      this.pause()
      if (step.done) return step.value
      yield
      this.from = performance.now()
    }
  }

  private pause(): void {
    const now = performance.now()
    this.worked += now - this.from
    this.from = now
  }
}
