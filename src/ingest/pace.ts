import type { IngestProgress } from './report'

/** Longest time without letting other messages in, ms. */
const STRETCH = 25
/** Between two progress messages, ms: 20 a second at most. */
const REPORT_EVERY = 50

/** Keeps long work polite: gives way, tells how far it has read, hears when to stop. */
export class Pace {
  private rested = performance.now()
  private reported = -Infinity

  constructor(
    private readonly signal?: AbortSignal,
    private readonly onProgress?: (progress: IngestProgress) => void,
    private readonly progress = (): IngestProgress => NOTHING_READ,
  ) {}

  get isStopped(): boolean {
    return this.signal?.aborted ?? false
  }

  get isDue(): boolean {
    return performance.now() - this.rested >= STRETCH
  }

  /** Reports if it is time to, and lets the event loop turn once. */
  async rest(): Promise<void> {
    if (performance.now() - this.reported >= REPORT_EVERY) this.report()
    await nextTask()
    this.rested = performance.now()
  }

  /** Does work that comes in pieces, resting whenever that is due; its answer. */
  async do<T>(work: Generator<void, T>): Promise<T> {
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
      if (this.isDue) await this.rest()
    }
  }

  report(): void {
    this.reported = performance.now()
    this.onProgress?.(this.progress())
  }
}

const NOTHING_READ = { bytesRead: 0, bytesTotal: 0, events: 0 }

/** Lets the event loop turn. A message to oneself: timers would wait 4 ms each time. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
