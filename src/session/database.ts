import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb'
import type { StorageProblem } from './problems'
import { readProblem } from './problems'
import type { SessionData } from './session'

export interface SummaryRecord {
  readonly id: string
  readonly name: string
  /** Epoch ms. */
  readonly created: number
}
export interface StateRecord {
  readonly id: string
  readonly data: SessionData
}
export interface SaveRecord {
  readonly id: string
  /** Epoch ms. */
  readonly saved: number
  /** When it was last opened or saved, epoch ms; absent: when it was saved. */
  readonly used?: number
}
export interface BlobRecord {
  readonly id: string
  /** Epoch ms. */
  readonly added: number
  readonly blob: Blob
}
export interface NoteRecord {
  readonly id: string
  readonly value: string
}

/**
 * The stores. A session is three records, so that listing reads no content, renaming
 * writes none, and saving content reads nothing first:
 *
 *   summaries  id -> name, created
 *   states     id -> data             data.sources[].id --+
 *   saves      id -> saved, used                          |
 *   blobs      content id -> blob   <---------------------+  shared by sessions
 *   notes      'current' -> id of the session last open; 'asked …' -> when, epoch ms;
 *              'removed …' -> when, and ids of its blobs, while it can be put back;
 *              'apart …' the same, of what a tab shows apart from all sessions
 */
export interface Stores extends DBSchema {
  summaries: { key: string; value: SummaryRecord }
  states: { key: string; value: StateRecord }
  saves: { key: string; value: SaveRecord }
  blobs: { key: string; value: BlobRecord }
  notes: { key: string; value: NoteRecord }
}

/** Others may serve pages from the same origin: what is not under this name is theirs. */
export const DATABASE_NAME = 'maxspan'

export type Database = IDBPDatabase<Stores>
export type StoreName = 'summaries' | 'states' | 'saves' | 'blobs' | 'notes'

type Upgrade = IDBPTransaction<Stores, ArrayLike<StoreName>, 'versionchange'>
/** Brings the stores from one version to the next, inside the upgrade's transaction. */
export type Step = (database: Database, upgrade: Upgrade) => void

/** Step n makes version n + 1 out of version n. Steps are added, never changed. */
export const STEPS: readonly Step[] = [
  (database) => {
    for (const name of ['summaries', 'states', 'saves', 'blobs', 'notes'] as const) {
      database.createObjectStore(name, { keyPath: 'id' })
    }
  },
  () => {
    // Rules have a `document` and a `draft`: a page that knows neither would drop them.
  },
  () => {
    // And `filtersOff`, `tests` and `versions`, for the same reason.
  },
  () => {
    // And `exceptions` and `onlyIndices`.
  },
  () => {
    // A session is held by one tab: a page that knows no locks would write over others.
    // And it would drop `mapMode` and `eventsOut`.
  },
  () => {
    // And `opened`; a version may be a file, an edit that nobody saved, and have a name.
  },
  () => {
    // And the name of a bare query's file; tests may have several files of events.
  },
]

/**
 * Opens the database, upgrading what is stored. Undefined, after a call of `onProblem`,
 * when the browser refuses; `onProblem` also tells when it is closed under our feet.
 */
export async function openDatabase(
  name: string,
  onProblem: (problem: StorageProblem) => void,
  steps: readonly Step[] = STEPS,
): Promise<Database | undefined> {
  try {
    return await requestDatabase(name, steps, onProblem)
  } catch (error) {
    onProblem(error instanceof Blocked ? 'blocked' : readProblem(error))
    return undefined
  }
}

class Blocked extends Error {}

function requestDatabase(
  name: string,
  steps: readonly Step[],
  onProblem: (problem: StorageProblem) => void,
): Promise<Database> {
  return new Promise((resolve, reject) => {
    const opening = openDB<Stores>(name, steps.length, {
      upgrade(database, from, _to, upgrade) {
        for (const step of steps.slice(from)) step(database, upgrade)
      },
      blocked() {
        // It may open yet, when nobody waits for it: then it must not block others.
        void opening.then((database) => {
          database.close()
        })
        reject(new Blocked())
      },
      blocking(_from, wanted, event) {
        // Only by closing do we let the other tab go on.
        const database = event.target as IDBDatabase
        database.close()
        onProblem(wanted === null ? 'lost' : 'taken')
      },
      terminated() {
        onProblem('lost')
      },
    })
    opening.then(resolve, reject)
  })
}
