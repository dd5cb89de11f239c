/** Something that can be made again, and so may be forgotten when memory runs short. */
export interface Holder {
  forget(): void
}

/**
 * Bounds what is kept only to save work: when it takes more bytes than allowed, what has
 * not been used for longest is forgotten.
 */
export class MemoryBudget {
  private readonly held = new Map<Holder, number>()
  private bytes = 0

  constructor(private readonly mostBytes: number) {}

  /** Tells that a holder is in use, and what it takes now; 0 when it holds nothing. */
  use(holder: Holder, bytes: number): void {
    this.release(holder)
    if (bytes === 0) return
    this.held.set(holder, bytes)
    this.bytes += bytes
    for (const oldest of this.held.keys()) {
      if (this.bytes <= this.mostBytes || oldest === holder) return
      this.release(oldest)
      oldest.forget()
    }
  }

  private release(holder: Holder): void {
    this.bytes -= this.held.get(holder) ?? 0
    this.held.delete(holder)
  }
}
