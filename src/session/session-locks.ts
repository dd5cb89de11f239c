import { ChannelLocks } from './channel-locks'
import { type Locks, loneLocks, webLocks } from './locks'

/** A tab that is going away lets go within this time, ms. */
const PATIENCE = 300
/** A tab that is asked to hand over writes what it has within this time, ms … */
const WRITING_TIME = 2000
/** … and takes what was handed over to it within this one, ms. */
const TAKING_TIME = 1000
const NAME = 'maxspan session '

/** What happens between tabs to the session that is open in this one. */
export interface LockListener {
  /** Another tab is about to take it: all must be written when this resolves, and nothing after. */
  readonly onAsked: () => Promise<void>
  /** It was taken without a word, as this tab did not answer. */
  readonly onTaken: () => void
  /** Whoever held it let it go: now this tab holds it. */
  readonly onFree: () => void
  /** Sessions were made, renamed or deleted in another tab. */
  readonly onListChanged: () => void
}

type Message =
  | { readonly kind: 'hand over' | 'handed over'; readonly id: string }
  | { readonly kind: 'changed' }

/** The wish of this tab to hold a session. */
class Claim {
  isOurs = false
  /** `hold` has answered: what changes from here on is news. */
  isTold = false
  readonly stop = new AbortController()
  /** Another tab was told that it may have it. */
  isGiven = false
  /** Lets the session go. */
  release: () => void = () => undefined

  constructor(readonly id: string) {}
}

/**
 * Sees to it that of all tabs that have a session open one alone saves it. The others
 * wait, and follow when that one is closed.
 *
 *     hold ──► ours ──────── another asks: onAsked ──► waits ──► onFree: ours again
 *       └────► elsewhere ──► takeOver ──► ours
 */
export class SessionLocks {
  readonly #listener: LockListener
  readonly #locks: Locks
  /** Undefined too when it is closed: what is still being answered then is said to nobody. */
  #channel: BroadcastChannel | undefined
  readonly #handedOver = new Map<string, () => void>()
  #claim: Claim | undefined

  constructor(listener: LockListener, locks: Locks = chooseLocks()) {
    this.#listener = listener
    this.#locks = locks
    this.#channel = openChannel('maxspan sessions')
    if (this.#channel)
      this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data)
  }

  /** Lets go of what was held, and holds another; false when another tab has it. */
  async hold(id: string): Promise<boolean> {
    this.release()
    const claim = new Claim(id)
    this.#claim = claim
    const granted = this.#request(claim).then(() => true)
    const inTime = () => Promise.race([granted, after(PATIENCE)])
    // A page that is busy with its start may hear of the grant late.
    const isOurs = (await inTime()) || (!(await this.#isHeld(id)) && (await inTime()))
    claim.isTold = true
    return isOurs || claim.isOurs
  }

  /** Takes the session that `hold` found elsewhere, once the other tab has written it. */
  async takeOver(): Promise<void> {
    const waiting = this.#claim
    if (!waiting) return
    waiting.isTold = false
    if (!waiting.isOurs) await this.#askToHandOver(waiting.id)
    if (waiting.isOurs || this.#claim !== waiting) return
    const claim = new Claim(waiting.id)
    this.#claim = claim
    waiting.stop.abort()
    await this.#request(claim, true)
    claim.isTold = true
  }

  /** Lets go of everything, and hears no more. */
  close(): void {
    this.release()
    this.#channel?.close()
    this.#channel = undefined
  }

  release(): void {
    const claim = this.#claim
    this.#claim = undefined
    claim?.stop.abort()
    claim?.release()
  }

  /** Whether it is open in a tab, and not just waited for in this one. */
  isHeldElsewhere(id: string): Promise<boolean> {
    if (this.#claim?.id === id && this.#claim.isOurs) return Promise.resolve(false)
    return this.#isHeld(id)
  }

  /** Has the other tabs read the list anew. */
  tellListChanged(): void {
    this.#say({ kind: 'changed' })
  }

  /** Resolves when it is granted, be it late. */
  #request(claim: Claim, steal = false): Promise<void> {
    return new Promise((granted) => {
      const hold = () =>
        new Promise<void>((release) => {
          claim.isOurs = true
          claim.release = release
          granted()
          if (claim.isTold && claim === this.#claim) this.#listener.onFree()
        })
      const wish = steal ? { steal } : { signal: claim.stop.signal }
      this.#locks.request(NAME + claim.id, wish, hold).catch((error: unknown) => {
        if (!isAbort(error)) void hold()
        else if (claim === this.#claim && claim.isOurs) this.#lose(claim)
      })
    })
  }

  #lose(claim: Claim): void {
    this.#waitAgain(claim.id)
    if (!claim.isGiven) this.#listener.onTaken()
  }

  #waitAgain(id: string): void {
    const claim = new Claim(id)
    claim.isTold = true
    this.#claim = claim
    void this.#request(claim)
  }

  async #askToHandOver(id: string): Promise<void> {
    const answered = new Promise<void>((resolve) => this.#handedOver.set(id, resolve))
    this.#say({ kind: 'hand over', id })
    await Promise.race([answered, after(this.#channel ? WRITING_TIME : 0)])
  }

  async #hear(message: Message): Promise<void> {
    if (message.kind === 'changed') this.#listener.onListChanged()
    if (message.kind === 'handed over') this.#handedOver.get(message.id)?.()
    if (message.kind !== 'hand over') return
    const claim = this.#claim
    if (claim?.id !== message.id || !claim.isOurs) return
    await this.#listener.onAsked()
    claim.isGiven = true
    this.#say({ kind: 'handed over', id: claim.id })
    // It is taken out of our hands, so that no third gets it. Unless nobody came.
    await after(TAKING_TIME)
    if (this.#claim !== claim) return
    claim.release()
    this.#waitAgain(claim.id)
  }

  async #isHeld(id: string): Promise<boolean> {
    try {
      return await this.#locks.isHeld(NAME + id)
    } catch {
      return false
    }
  }

  #say(message: Message): void {
    this.#channel?.postMessage(message)
  }
}

/** The browser's own, over https; else what can be made of messages. */
function chooseLocks(): Locks {
  const { locks } = (globalThis.navigator as Partial<Navigator> | undefined) ?? {}
  if (locks) return webLocks(locks)
  const channel = openChannel('maxspan locks')
  return channel ? new ChannelLocks(channel) : loneLocks
}

/** A page without an origin, as some browsers have it from disk, may have none. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}

const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError'

const after = (ms: number): Promise<false> =>
  new Promise((resolve) => setTimeout(() => resolve(false), ms))
