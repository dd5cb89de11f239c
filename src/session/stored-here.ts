import { DATABASE_NAME } from './database'
import { tabMemory } from './tab-memory'

/** The page's own files are fetched within this time, ms, or not waited for. */
const INSTALL_TIME = 10_000

/** How much the browser keeps, as far as it tells. */
export interface StoredBytes {
  /** Of all pages of this origin: the browser does not tell them apart. */
  readonly usedBytes?: number
  /** What it would give at most. */
  readonly roomBytes?: number
}

/** What the browser keeps of Maxspan, as far as it tells. */
export interface StoredHere extends StoredBytes {
  /** It does not clear this by itself when the disk is full. */
  readonly isKept: boolean
  readonly databases: readonly string[]
  /** Of the files of the page itself, for use without a network. */
  readonly caches: readonly string[]
}

/** Asks for no more than one line tells. */
export async function readStoredBytes(): Promise<StoredBytes> {
  const { usage, quota } = await orElse<StorageEstimate>(
    () => navigator.storage.estimate(),
    {},
  )
  return {
    ...(usage !== undefined && { usedBytes: usage }),
    ...(quota !== undefined && { roomBytes: quota }),
  }
}

/** Asks the browser. What it refuses to tell is left out. */
export async function readStoredHere(): Promise<StoredHere> {
  const [bytes, isKept, databases, caches] = await Promise.all([
    readStoredBytes(),
    orElse(() => navigator.storage.persisted(), false),
    orElse(() => indexedDB.databases(), []),
    orElse(() => window.caches.keys(), []),
  ])
  return {
    ...bytes,
    isKept,
    databases: databases.flatMap(({ name }) => (name === DATABASE_NAME ? [name] : [])),
    // The names end with the folder that the service worker is for.
    caches: caches.filter((name) => name.endsWith(new URL('./', document.baseURI).href)),
  }
}

/** Asks the browser not to clear this by itself; it may ask the person, or refuse. */
export const askToKeep = (): Promise<boolean> =>
  orElse(() => navigator.storage.persist(), false)

/**
 * Deletes all that is kept of Maxspan, and answers with what is there afterwards. What
 * other pages of the origin keep is left to them. Open connections are closed by it.
 */
export async function wipeStored(): Promise<StoredHere> {
  tabMemory.clear()
  await orElse(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    // One that is still fetching the files of the page would put them back.
    await settled(registration?.installing)
    await registration?.unregister()
  }, undefined)
  const { databases, caches } = await readStoredHere()
  await Promise.all(databases.map(deleteDatabase))
  await orElse(() => Promise.all(caches.map((name) => window.caches.delete(name))), [])
  return readStoredHere()
}

/** Resolves when it is installed or given up; a slow network is not waited for longer. */
const settled = (worker: ServiceWorker | null | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (worker?.state !== 'installing') return resolve()
    worker.addEventListener('statechange', () => resolve(), { once: true })
    setTimeout(resolve, INSTALL_TIME)
  })

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    // Another tab may hold on to it for a while; then it is listed as still there.
    request.onsuccess =
      request.onerror =
      request.onblocked =
        () => {
          resolve()
        }
  })

/** Browsers without a part of this, or that refuse it, throw at once or reject. */
async function orElse<Value>(ask: () => Promise<Value>, other: Value): Promise<Value> {
  try {
    return await ask()
  } catch {
    return other
  }
}
