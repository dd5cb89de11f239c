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
  readonly #asked = new Map<string, (isHeld: boolean) => void>()
  readonly #waiting = new Set<() => void>()

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
    else while (await this.isHeld(name)) await this.#untilFree(signal)
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

  async isHeld(name: string): Promise<boolean> {
    if (this.#held.has(name)) return true
    const answer = new Promise<boolean>((resolve) => {
      this.#asked.set(name, resolve)
      setTimeout(() => resolve(false), ANSWER_TIME)
    })
    this.#say({ kind: 'who holds', name, from: this.#me })
    const isHeld = await answer
    this.#asked.delete(name)
    return isHeld
  }

  /** Resolves when some tab let something go: time to ask again. */
  #untilFree(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.#waiting.delete(done)
        resolve()
      }
      this.#waiting.add(done)
      signal?.addEventListener('abort', () => {
        this.#waiting.delete(done)
        reject(aborted())
      })
    })
  }

  #hear(message: Message): void {
    const { name } = message
    if (message.kind === 'held') this.#asked.get(name)?.(true)
    if (message.kind === 'free') for (const ask of [...this.#waiting]) ask()
    if (message.kind === 'steals') this.#held.get(name)?.(aborted())
    if (message.kind !== 'who holds') return
    // Of two that ask at the same time, one has to be the first.
    const isAhead = this.#asked.has(name) && this.#me < message.from
    if (this.#held.has(name) || isAhead) this.#say({ kind: 'held', name })
  }

  #say(message: Message): void {
    this.#channel.postMessage(message)
  }
}

const aborted = (): DOMException => new DOMException('Taken by another.', 'AbortError')
