import { EMPTY_SESSION, type SessionData } from '../../session/session'
import type { Sessions } from '../../session/sessions'
import { askToKeep } from '../../session/stored-here'
import { tabMemory } from '../../session/tab-memory'
import type { GuestSession } from './guest-session'
import { isSameWork, readSessionData } from './session-data.svelte'
import type { Workbench } from './workbench.svelte'

/**
 * Who saves the open session: this tab; another one, in which it was open first; another
 * one, that took it over.
 */
export type SessionMode = 'own' | 'elsewhere' | 'taken'

/** What the autosave keeps. */
export interface OpenWork {
  readonly id: string | undefined
  readonly data: SessionData
}

/** What is brought into the workbench. */
export interface NamedWork extends OpenWork {
  readonly name: string
  readonly guest?: GuestSession
}

/** The session that is in the workbench, and what of it is kept where. */
export class OpenSession {
  readonly #bench: Workbench
  #sessions: Sessions | undefined
  #mayAsk = true
  /** What the workbench held when it was last as stored, or as it came. */
  #begun: SessionData = EMPTY_SESSION
  /** What the storage held when this tab last knew. */
  #kept: SessionData = EMPTY_SESSION
  id = $state<string | undefined>()
  name = $state('')
  mode = $state<SessionMode>('own')
  guest = $state.raw<GuestSession | undefined>()
  /** False while another session is being brought into the workbench: nothing is saved then. */
  isOpen = $state(false)
  /** False when the last change could not be stored. */
  isStored = $state(true)

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  useStorage(sessions: Sessions): void {
    this.#sessions = sessions
  }

  /** Whether this tab saves it. */
  get isKept(): boolean {
    return this.id !== undefined && this.mode === 'own'
  }
  /** Whether there is work here that is kept nowhere else. */
  get isEditedApart(): boolean {
    return this.isOpen && !this.isKept && !isSameWork(this.read(), this.#begun)
  }
  /** Whether there is work that is gone when the tab is closed. */
  get hasUnsaved(): boolean {
    const isLost = this.isOpen && this.isKept && !this.isStored
    return this.isEditedApart || isLost || (this.#sessions?.lacksRoom ?? false)
  }

  /** What stands in the workbench. */
  read(): SessionData {
    return readSessionData(this.#bench)
  }

  /** Its content is about to be brought in. */
  begin({ id, name, data, guest }: NamedWork, mode: SessionMode): void {
    this.id = id
    this.name = name
    this.guest = guest
    this.mode = mode
    this.#kept = data
  }

  /** Its content stands in the workbench. */
  opened(): void {
    if (this.id !== undefined) tabMemory.keepSession(this.id)
    this.#begun = this.read()
    this.isOpen = true
  }

  /** It came back with edits that no session keeps. */
  markEdited(): void {
    this.#begun = EMPTY_SESSION
  }

  leave(): void {
    this.isOpen = false
    tabMemory.keepUnsaved(undefined)
  }

  /** Whether what is stored is what this tab knows. */
  isAsKnown(stored: SessionData): boolean {
    return isSameWork(stored, this.#kept)
  }

  /** From now on this tab saves it; what is stored is `data`. */
  beOwn(data = this.#begun): void {
    this.mode = 'own'
    this.#begun = this.#kept = data
    tabMemory.keepUnsaved(undefined)
    if (this.id !== undefined) tabMemory.keepSession(this.id)
  }

  /** The write has begun when this returns. */
  async save({ id, data }: OpenWork): Promise<void> {
    if (id === undefined || this.mode !== 'own') {
      this.#remember(data)
      return
    }
    const isChange = this.#mayAsk && !isSameWork(data, this.#begun)
    this.#begun = this.#kept = data
    this.isStored = (await this.#sessions?.save(id, data)) ?? false
    if (isChange) await this.#askToKeep()
  }

  /** For when this tab is loaded again, or crashes. */
  #remember(data: SessionData): void {
    const { id, name, guest } = this
    if (isSameWork(data, this.#begun)) tabMemory.keepUnsaved(undefined)
    else if (guest) tabMemory.keepUnsaved({ name, guest: guest.address ?? '', data })
    else if (id !== undefined) tabMemory.keepUnsaved({ name, data })
  }

  /** At the first work that is worth it, and once in this browser: some ask the person. */
  async #askToKeep(): Promise<void> {
    this.#mayAsk = false
    if (this.isStored && (await this.#sessions?.isFirst('to keep'))) await askToKeep()
  }
}
