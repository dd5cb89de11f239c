import { randomId } from './content-id'
import type { Locks, LockWish } from './locks'

/** Whoever holds a name answers within this time, ms. */
const ANSWER_TIME = 200

type Message =
  | {
      readonly kind: 'who holds' | 'steals'
      readonly name: string
      readonly from: string
    }
  | { readonly kind: 'held' | 'free'; readonly name: string }

/**
 * Locks made of messages, for pages that came over plain http: there the browser keeps
 * none. A tab that dies without a word is missed by nobody; what it held can be stolen.
 */
export class ChannelLocks implements Locks {
  readonly #me = randomId()
  readonly #channel: BroadcastChannel
  /** What this tab holds, with what to call when it is stolen. */
  readonly #held = new Map<string, (reason: DOMException) => void>()
  /** What this tab asks for, with what to call when another has it. */
  readonly #asked = new Map<string, Set<() => void>>()
  readonly #waiting = new Set<() => void>()
  /** How often any tab let something go. */
  #freed = 0

  constructor(channel: BroadcastChannel) {
    this.#channel = channel
    channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data)
    addEventListener('pagehide', () => {
      for (const held of this.#held.keys()) this.#say({ kind: 'free', name: held })
    })
  }

  async request(
    name: string,
    { signal, steal = false }: LockWish,
    hold: () => Promise<void>,
  ): Promise<void> {
    if (steal) this.#say({ kind: 'steals', name, from: this.#me })
    else await this.#untilMine(name, signal)
    signal?.throwIfAborted()
    try {
      await new Promise<void>((resolve, reject) => {
        this.#held.set(name, reject)
        hold().then(resolve, reject)
      })
    } finally {
      this.#held.delete(name)
      this.#say({ kind: 'free', name })
    }
  }

  isHeld(name: string): Promise<boolean> {
    if (this.#held.has(name)) return Promise.resolve(true)
    const asked = this.#asked.get(name) ?? new Set()
    this.#asked.set(name, asked)
    this.#say({ kind: 'who holds', name, from: this.#me })
    return new Promise((resolve) => {
      const answer = (isHeld: boolean) => {
        asked.delete(held)
        if (asked.size === 0) this.#asked.delete(name)
        resolve(isHeld)
      }
      const held = () => answer(true)
      asked.add(held)
      setTimeout(() => answer(false), ANSWER_TIME)
    })
  }

  async #untilMine(name: string, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const before = this.#freed
      if (!(await this.isHeld(name))) return
      // What was let go while the answer came is not told again.
      if (before === this.#freed) await this.#untilFree(signal)
      else signal?.throwIfAborted()
    }
  }

  /** Resolves when some tab let something go: time to ask again. */
  #untilFree(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#waiting.delete(done)
        reject(aborted())
      }
      const done = () => {
        this.#waiting.delete(done)
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      this.#waiting.add(done)
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  #hear(message: Message): void {
    const { name } = message
    const isTaken = message.kind === 'held' || message.kind === 'steals'
    if (isTaken) for (const held of [...(this.#asked.get(name) ?? [])]) held()
    if (message.kind === 'free') this.#wake()
    if (message.kind === 'steals') this.#held.get(name)?.(aborted())
    if (message.kind !== 'who holds') return
    // Of two that ask at the same time, one has to be the first.
    const isAhead = this.#asked.has(name) && this.#me < message.from
    if (this.#held.has(name) || isAhead) this.#say({ kind: 'held', name })
  }

  #wake(): void {
    this.#freed++
    for (const ask of [...this.#waiting]) ask()
  }

  #say(message: Message): void {
    this.#channel.postMessage(message)
  }
}

const aborted = (): DOMException => new DOMException('Taken by another.', 'AbortError')
