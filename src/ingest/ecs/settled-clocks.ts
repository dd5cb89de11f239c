/** From an event on, how far the clock of a machine is off, ms. */
interface Stretch {
  /** 0-based place of that event among all of its source. */
  readonly from: number
  readonly ms: number
}

/**
 * By how much the clocks of a source are off, as they are known when all of it has been
 * read: for reading it again, where times decide which of its events are kept.
 */
export class SettledClocks {
  private readonly hosts = new Map<string, Stretch[]>()
  /** For machines of which nothing is told. */
  commonest = 0

  /** The clock of a machine is off by that, from an event on; later ones come later. */
  note(host: string, from: number, ms: number): void {
    const stretches = this.hosts.get(host)
    if (!stretches) this.hosts.set(host, [{ from: 0, ms }])
    else if (stretches.at(-1)!.ms !== ms) stretches.push({ from, ms })
  }

  /** What to add to the time of an event, ms; `shipped`: what its way here tells, or NaN. */
  correctionAt(host: string, place: number, shipped: number): number {
    const stretches = this.hosts.get(host)
    if (!stretches) return Number.isNaN(shipped) ? this.commonest : shipped
    let low = 0
    for (let high = stretches.length; high - low > 1;) {
      const middle = (low + high) >> 1
      if (stretches[middle]!.from <= place) low = middle
      else high = middle
    }
    return stretches[low]!.ms
  }
}
