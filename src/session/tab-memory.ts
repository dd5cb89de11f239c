import type { SessionData } from './session'

/** What this tab alone has: work that no session keeps. */
export interface UnsavedWork {
  readonly name: string
  readonly data: SessionData
  /** Of a guest, the address it came by; empty when it came as a file. */
  readonly guest?: string | undefined
}

const SESSION = 'maxspan session'
const UNSAVED = 'maxspan unsaved'
const GUEST = 'maxspan guest'

/**
 * What a tab remembers of itself when it is loaded again, also after a crash. Contents of
 * sources are too large for it. Where the browser refuses, nothing is remembered.
 */
export const tabMemory = {
  /** The session that was open in this tab, whatever others opened since. */
  session: (): string | undefined => read(SESSION),
  keepSession: (id: string | undefined): void => write(SESSION, id),
  unsaved: (): UnsavedWork | undefined => parse(read(UNSAVED)),
  keepUnsaved: (work: UnsavedWork | undefined): void =>
    write(UNSAVED, work && JSON.stringify(work)),
  /** By which is stored what came from others as a file, and is open in this tab. */
  guest: (): string | undefined => read(GUEST),
  keepGuest: (id: string | undefined): void => write(GUEST, id),
  /** Forgets everything. */
  clear: (): void => {
    write(GUEST, undefined)
    write(SESSION, undefined)
    write(UNSAVED, undefined)
  },
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, value)
  } catch {
    // Refused, or too much of it.
  }
}

function parse(text: string | undefined): UnsavedWork | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as UnsavedWork)
  } catch {
    return undefined
  }
}
