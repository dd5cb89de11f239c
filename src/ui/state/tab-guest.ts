import { randomId } from '../../session/content-id'
import type { Sessions } from '../../session/sessions'
import { tabMemory } from '../../session/tab-memory'
import type { GuestSession } from './guest-session'

/** What is kept apart is let go after a day, ms: well before that it is kept anew. */
const HELD = 60 * 60 * 1000

/**
 * What came from others as a file, kept for the tab it is open in: no address holds it,
 * and loading the page again is to show all of it. It goes when it is closed.
 */
export class TabGuest {
  readonly #sessions: Sessions
  #writing: Promise<unknown> = Promise.resolve()
  #again: ReturnType<typeof setInterval> | undefined

  constructor(sessions: Sessions) {
    this.#sessions = sessions
  }

  /** Is through before long, and lasts as long as the tab; nobody has to wait for it. */
  keep({ blobs, ...told }: GuestSession): void {
    const id = tabMemory.guest() ?? randomId()
    tabMemory.keepGuest(id)
    // A tab that remembers nothing would not find it again.
    if (tabMemory.guest() !== id) return
    // First what is small: without it nothing comes back.
    const stored = new Map([[id, new Blob([JSON.stringify(told)])], ...blobs])
    const write = () => {
      this.#writing = this.#sessions.putApart(id, stored)
    }
    write()
    clearInterval(this.#again)
    this.#again = setInterval(write, HELD)
  }

  /** As it came; without what there was no room for. */
  async read(): Promise<GuestSession | undefined> {
    const id = tabMemory.guest()
    const stored = id === undefined ? undefined : await this.#sessions.getBlob(id)
    if (!stored) return undefined
    const told = JSON.parse(await stored.text()) as Omit<GuestSession, 'blobs'>
    const blobs = new Map<string, Blob>()
    for (const source of told.data.sources) {
      const blob = await this.#sessions.getBlob(source.id)
      if (blob) blobs.set(source.id, blob)
    }
    return { ...told, blobs }
  }

  async drop(): Promise<void> {
    const id = tabMemory.guest()
    if (id === undefined) return
    tabMemory.keepGuest(undefined)
    clearInterval(this.#again)
    // What is written after it was dropped would stay.
    await this.#writing
    await this.#sessions.dropApart(id)
  }
}
