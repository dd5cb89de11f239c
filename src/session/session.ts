/*
 * What is stored of a session. These types are the stored form, apart from the page's
 * own: the page may change freely, this may change only with a new step in `database.ts`.
 */

/** One line of the list of sessions. Times are epoch ms. */
export interface SessionSummary {
  readonly id: string
  readonly name: string
  readonly created: number
  /** When its content was last written. */
  readonly saved: number
  /** When it was last opened or written. */
  readonly used: number
}

/** A rule as it was opened, and what the user made of it. */
export interface StoredRule {
  readonly id: string
  /** The file's text, so that an edited rule can be put back. */
  readonly origin: {
    readonly format: 'toml' | 'json' | 'ndjson' | 'eql' | 'endpoint' | 'page'
    readonly text: string
    /** What a bare query is called, after its file; absent of other files. */
    readonly name?: string | undefined
  }
  /** The query as edited; absent while it is as opened. */
  readonly edited?: string | undefined
  /** The metadata as edited, in the format of the origin; absent while as opened. */
  readonly metadata?: string | undefined
  /** Exceptions and filters that are switched off, by their ids; absent: none is. */
  readonly filtersOff?: readonly string[] | undefined
  /** The tests that lay beside it, and the events beside those, as texts. */
  readonly tests?:
    | {
        readonly text: string
        readonly events?: string | undefined
        /** By the names that the tests call them, where those are several. */
        readonly files?:
          readonly { readonly name: string; readonly text: string }[] | undefined
      }
    | undefined
  /** Versions besides the one it was opened as, the oldest first; absent: there is none. */
  readonly versions?: readonly StoredVersion[] | undefined
  /** When it was opened, epoch ms. */
  readonly opened?: number | undefined
  /** The rule's TOML as edited; its name and query are those above. Absent while as opened. */
  readonly document?: string | undefined
  /** A source that cannot be read, as it was typed, and the query as it was before. */
  readonly draft?: { readonly text: string; readonly query: string } | undefined
  /** Its exception lists as TOML, where they came from another file than the origin. */
  readonly exceptions?: string | undefined
  /** Only events in its indices are looked at; absent: in all. */
  readonly onlyIndices?: boolean | undefined
}

/** A rule as it was at one time. */
export interface StoredVersion {
  /** Epoch ms. */
  readonly time: number
  /** The whole rule, as TOML; of one imported, its file. */
  readonly text: string
  /** Of one imported; absent: it is an edit. */
  readonly format?: StoredRule['origin']['format'] | undefined
  /** Whether an edit was kept by hand, and not while one typed; absent: it was. */
  readonly byHand?: boolean | undefined
  readonly name?: string | undefined
}

/** A source by its content: the Blob itself is stored once, whatever sessions use it. */
export interface StoredSource {
  /** Content id of the Blob; a provisional one of a file that was not hashed yet. */
  readonly id: string
  readonly name: string
  readonly active: boolean
  /** Events that were read of it; absent: it was not read yet. */
  readonly events?: number | undefined
  /**
   * What alone is read of it: columns, whole values of a field by hash, a slice of time
   * (epoch ms). Nothing named: all of it, by decision. Absent: nobody was asked yet.
   */
  readonly keep?:
    | {
        readonly fields?: readonly string[]
        readonly keys?: { readonly field: string; readonly share: number }
        readonly time?: { readonly from: number; readonly to: number }
      }
    | undefined
  /** What the person decided about how it is read; absent: all is told from its content. */
  readonly readAs?:
    | {
        readonly format?: string
        /** Of sessions stored when each source had one of its own. */
        readonly mode?: 'faithful' | 'extended'
        readonly time?: 'as-elastic' | 'as-logged'
        readonly correctClock?: boolean
        /** Added to every time, ms. */
        readonly offsetMs?: number
        readonly timeZone?: string
        /** Of an archive, places of files in it that are not read as events. */
        readonly leaveOut?: readonly number[]
        /** Reading was stopped behind so many events. */
        readonly upTo?: number
      }
    | undefined
}

export interface StoredView {
  readonly selectedRule?: string | undefined
  readonly theme: 'system' | 'light' | 'dark'
  /** Sizes of split panes in percent, by the name of the split. */
  readonly panes: Readonly<Record<string, readonly number[]>>
  /** The open tab, by the name of the tab list. */
  readonly tabs: Readonly<Record<string, string>>
}

/** The content of a session. Plain data: a `$state` proxy cannot be stored. */
export interface SessionData {
  readonly rules: readonly StoredRule[]
  readonly sources: readonly StoredSource[]
  /** Text of an index mapping, or null for the union model. */
  readonly mapping: string | null
  /** Its file's name; what was stored before names were kept has none. */
  readonly mappingName?: string | undefined
  /** What events may take by the person's own choice, bytes; absent: what the tab can hold. */
  readonly memoryLimit?: number | undefined
  /** How events of Windows become ECS; absent: as Elastic's own integrations map them. */
  readonly mapMode?: 'extended' | undefined
  /** The person wants no content of its sources to be stored. */
  readonly eventsOut?: boolean | undefined
  readonly view: StoredView
}

export interface Session {
  readonly id: string
  readonly name: string
  readonly data: SessionData
}

export const EMPTY_SESSION: SessionData = {
  rules: [],
  sources: [],
  mapping: null,
  view: { theme: 'system', panes: {}, tabs: {} },
}
