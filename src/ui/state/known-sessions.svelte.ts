import type { Session, SessionSummary } from '../../session/session'
import type { Sessions } from '../../session/sessions'
import type { SessionSize } from '../../session/session-sizes'

/** The sessions that are stored in this browser, by their names. */
export class KnownSessions {
  #sessions: Sessions | undefined
  #tellOthers: () => void = () => undefined
  /** The one used last first. */
  list = $state.raw<readonly SessionSummary[]>([])

  /** `tellOthers` has the other tabs read the list anew. */
  useStorage(sessions: Sessions, tellOthers: () => void): void {
    this.#sessions = sessions
    this.#tellOthers = tellOthers
  }

  nameOf(id: string | undefined): string | undefined {
    return this.list.find((session) => session.id === id)?.name
  }

  /** The sessions as they are stored, the one used last first. */
  async *readAll(): AsyncGenerator<Session, void> {
    for (const { id } of (await this.#sessions?.list()) ?? []) {
      const session = await this.#sessions?.peek(id)
      if (session) yield session
    }
  }

  async refresh(): Promise<void> {
    this.list = (await this.#sessions?.list()) ?? []
  }

  /** It was changed in this tab. */
  async changed(): Promise<void> {
    await this.refresh()
    this.#tellOthers()
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#sessions?.rename(id, name)
    await this.changed()
  }

  /** What each session holds and takes, by its id. */
  async measure(): Promise<ReadonlyMap<string, SessionSize>> {
    return (await this.#sessions?.measure()) ?? new Map<string, SessionSize>()
  }

  /** A name that no session has. */
  freeName(wanted: string): string {
    const taken = new Set(this.list.map(({ name }) => name))
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`
    return name
  }
}
