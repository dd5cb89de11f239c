/** The page works so long at a time, ms, before it looks up. */
const SLICE = 12
/** What comes in a crowd is taken this often, ms. */
const CROWD = 40

/** Work of the page in small pieces: between them it draws, and listens. */
export class Turns {
  #started = performance.now()

  /** Waits for the next turn when this one has lasted long enough; true if it has. */
  async next(): Promise<boolean> {
    const now = performance.now()
    // Long ago: the page has done other things since.
    if (now - this.#started > 10 * SLICE) this.#started = now
    if (now - this.#started < SLICE) return false
    await new Promise((resume) => setTimeout(resume))
    this.#started = performance.now()
    return true
  }
}

/**
 * Takes what arrives: what comes alone at once, what comes by the hundred a few times a
 * second, each time for a short while.
 */
export class Crowd {
  #waiting: (() => void)[] = []
  #isTaking = false

  add(take: () => void): void {
    this.#waiting.push(take)
    if (!this.#isTaking) void this.#takeAll()
  }

  async #takeAll(): Promise<void> {
    this.#isTaking = true
    while (this.#waiting.length > 0) {
      this.#takeSome()
      await new Promise((resume) => setTimeout(resume, CROWD))
    }
    this.#isTaking = false
  }

  #takeSome(): void {
    const until = performance.now() + SLICE
    let taken = 0
    while (taken < this.#waiting.length && performance.now() < until)
      this.#waiting[taken++]!()
    this.#waiting.splice(0, taken)
  }
}
