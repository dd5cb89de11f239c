import { keyValuesOf } from '../engine/key-values'
import { LeafCache } from '../engine/leaf-cache'
import { GrowingTable } from '../events/growing-table'
import { readMapping, type Mapping } from '../events/mapping'
import { mappingSchema } from '../events/schema-mapping'
import type { Schema } from '../events/schema'
import { unionSchema } from '../events/schema-union'
import type { EventTable } from '../events/table'
import { measureWhole } from '../ingest/column-measure'
import { memoryOf } from '../ingest/estimate'
import { formats } from '../ingest/formats'
import { settleHostIds } from '../ingest/ecs/settle-host-ids'
import { fillFields } from '../ingest/fill-fields'
import { ingest, type Ingested } from '../ingest/ingest'
import type { Keep } from '../ingest/keep'
import type { ReadAs } from '../ingest/read-as'
import { Pace } from '../ingest/pace'
import type { IngestProgress, VariantCount } from '../ingest/report'
import type { SourceFile } from '../ingest/source'
import type { Done } from './api'
import { EventsThen } from './events-then'
import { type FaithfulColumns, makeFaithfulColumns } from './faithful-columns'
import type { EngineState, SourceState } from './load-api'
import { isOutOfMemory, OutOfMemory } from './out-of-memory'
import { RuleTexts } from './rule-texts'
import { sayFileUnreadable, sayLoadedAlready, sayNotLoaded } from './wording'
import { sayNoRoomFor, sayNoRoomWithout } from './wording'

interface LoadedSource extends Ingested {
  readonly file: SourceFile
  keep: Keep | undefined
  readonly readAs: ReadAs | undefined
  active: boolean
}

/** How a source is to be read, and who is told. */
interface LoadOptions {
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined
  readonly keep?: Keep | undefined
  readonly readAs?: ReadAs | undefined
}

interface Loading {
  readonly controller: AbortController
  readonly done: Promise<LoadedSource>
  /** Whether it is to be switched on when it is in. */
  active: boolean
}

/** All that is loaded: events, where they came from, and which fields exist. */
export class EventStore {
  readonly table = new GrowingTable()
  readonly texts = new RuleTexts()
  private readonly sources = new Map<string, LoadedSource>()
  private leafCache = new LeafCache()
  private readonly loading = new Map<string, Loading>()
  private mapping: Mapping | undefined
  private kept: { readonly version: number; readonly schema: Schema } | undefined
  private mappingVersion = 0
  private faithful:
    | { readonly version: number; readonly columns: FaithfulColumns | undefined }
    | undefined
  private then: EventsThen | undefined
  private waiting: (() => void)[] = []
  /** Grows when rows go, are switched, or are read as other fields; not when rows come. */
  changes = 0

  /** Grows with every change that can change an answer. */
  get version(): number {
    return this.table.version + this.mappingVersion
  }

  /** The fields that exist now; the same object until something changes. */
  get schema(): Schema {
    const version = this.table.contentVersion + this.mappingVersion
    if (this.kept?.version !== version) this.kept = { version, schema: this.makeSchema() }
    return this.kept.schema
  }

  /** What all rules over these events share. */
  get leaves(): LeafCache {
    return this.leavesOf(this.table, this.schema)
  }

  leavesOf(table: EventTable, schema: Schema): LeafCache {
    this.leafCache.fit(table, schema)
    return this.leafCache
  }

  /**
   * The columns that faithful mode gives other values; undefined if no source was read in
   * extended mode. Pauses every few thousand rows, and begins anew when any come meanwhile.
   */
  *faithfulColumns(): Generator<void, FaithfulColumns | undefined> {
    while (this.faithful?.version !== this.version) {
      const { version } = this
      const columns = yield* this.makeFaithfulColumns()
      this.faithful = { version, columns }
    }
    return this.faithful.columns
  }

  /** The same for the rows there are now, whatever comes meanwhile; not kept. */
  *makeFaithfulColumns(): Generator<void, FaithfulColumns | undefined> {
    const sources = [...this.sources.values()].flatMap(({ source, extended }) =>
      extended.fields.length > 0 ? [[source, extended] as const] : [],
    )
    if (sources.length === 0) return undefined
    return yield* makeFaithfulColumns(this.table, new Map(sources))
  }

  /**
   * While a source is read: the events of a moment ago, the same for all who ask until
   * there are twice as many, or until some go or are switched.
   */
  get soFar(): EventsThen {
    if (!this.then?.isOfUse) this.then = new EventsThen(this)
    return this.then
  }

  /** Gives up what rules have learnt, where memory ran out while they did. */
  dropLearnt(): void {
    this.leafCache = new LeafCache()
    keyValuesOf(this.table).forgetRows()
  }

  /** What all that is loaded takes, bytes. */
  heldBytes(): number {
    const { table } = this
    const { rowCount } = table
    const columns = table
      .columnNames()
      .map((name) => measureWhole(table.column(name)!, rowCount))
    return memoryOf(columns, rowCount)
  }

  state(): EngineState {
    const sources = [...this.sources.values()].map(describe)
    const clocks = sources.flatMap(({ active, report }) =>
      active && report.clock ? [report.clock] : [],
    )
    return {
      version: this.version,
      sources,
      events: this.table.active.count(),
      schemaModel: this.mapping ? 'mapping' : 'union',
      formats: formats.map(({ name }) => name),
      ...(clocks.length > 0 && {
        clock: {
          from: Math.min(...clocks.map((clock) => clock.from)),
          to: Math.max(...clocks.map((clock) => clock.to)),
        },
      }),
    }
  }

  /** Reads a source to its end, or to where `cancel` stops it. */
  async load(file: SourceFile, options: LoadOptions = {}): Promise<Done<SourceState>> {
    if (this.sources.has(file.id) || this.loading.has(file.id))
      return { ok: false, problem: sayLoadedAlready(file.name) }
    const controller = new AbortController()
    const done = this.read(file, controller.signal, options)
    const loading: Loading = { controller, done, active: true }
    this.loading.set(file.id, loading)
    try {
      const source = await done
      this.sources.set(file.id, source)
      // Its rows were there before it was known how they are read.
      this.faithful = undefined
      await this.settleHosts()
      if (!loading.active) this.setActive(file.id, false)
      return { ok: true, value: describe(source) }
    } catch (error) {
      throw isOutOfMemory(error) ? new OutOfMemory(sayNoRoomFor(file.name)) : error
    } finally {
      this.loading.delete(file.id)
      this.tellGrown()
    }
  }

  private async read(
    file: SourceFile,
    signal: AbortSignal,
    { keep, readAs, ...options }: LoadOptions,
  ): Promise<LoadedSource> {
    const onAmended = (): void => {
      this.changes++
    }
    const onProgress = (progress: IngestProgress): void => {
      options.onProgress?.(progress)
      this.tellGrown()
    }
    const how = { ...(keep && { keep }), ...(readAs && { readAs }) }
    const read = await ingest(file, this.table, { signal, onProgress, onAmended, ...how })
    return { ...read, file, keep, readAs, active: true }
  }

  /** Reads a source again, to its end or to where `cancel` stops it, for other fields. */
  async readFields(
    sourceId: string,
    fields: readonly string[],
    onProgress?: (progress: IngestProgress) => void,
  ): Promise<Done<SourceState>> {
    const source = this.sources.get(sourceId)
    if (!source || this.loading.has(sourceId)) return { ok: false, problem: sayNotLoaded }
    const missing = fields.filter((name) => source.keep?.fields?.includes(name) === false)
    if (missing.length === 0) return { ok: true, value: describe(source) }
    const controller = new AbortController()
    const done = this.fill(source, missing, controller.signal, onProgress)
    this.loading.set(sourceId, { controller, done, active: source.active })
    try {
      await done
      const { fields: kept = [] } = source.keep ?? {}
      const isThere = controller.signal.aborted || missing.every((f) => kept.includes(f))
      return isThere
        ? { ok: true, value: describe(source) }
        : { ok: false, problem: sayFileUnreadable(source.file.name) }
    } catch (error) {
      const { name } = source.file
      throw isOutOfMemory(error) ? new OutOfMemory(sayNoRoomFor(name)) : error
    } finally {
      this.loading.delete(sourceId)
      this.tellGrown()
    }
  }

  private async fill(
    source: LoadedSource,
    missing: readonly string[],
    signal: AbortSignal,
    onProgress: ((progress: IngestProgress) => void) | undefined,
  ): Promise<LoadedSource> {
    const { file, source: number, keep = {}, readAs = {}, clocks, report } = source
    const isFilled = await fillFields(
      { file, source: number, keep, readAs, clocks, isCut: report.partial },
      this.table,
      missing,
      // Runs that have begun are of other columns.
      { signal, ...(onProgress && { onProgress }), onFilled: () => this.changes++ },
    )
    const fields = [...(keep.fields ?? []), ...missing]
    if (isFilled) source.keep = { ...keep, fields }
    await this.settleHosts()
    return source
  }

  /** What machines are called is known when all events are there. */
  private async settleHosts(): Promise<void> {
    await new Pace().do(settleHostIds(this.table, () => this.changes++))
  }

  get isReading(): boolean {
    return this.loading.size > 0
  }

  /** Resolves when rows have come, or the reading of a source is over. */
  grown(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  private tellGrown(): void {
    if (!this.isReading) this.then = undefined
    for (const tell of this.waiting.splice(0)) tell()
  }

  /** What could not be used of a source. */
  rejects(sourceId: string): Blob | undefined {
    return this.sources.get(sourceId)?.rejects
  }

  cancel(sourceId: string): void {
    this.loading.get(sourceId)?.controller.abort()
  }

  /** Of a source that is being read, it holds from the end of the reading on. */
  setActive(sourceId: string, active: boolean): void {
    const loading = this.loading.get(sourceId)
    if (loading) loading.active = active
    const source = this.sources.get(sourceId)
    if (!source) return
    source.active = active
    this.changes++
    this.table.setActive(source.source, active)
  }

  /** A source that is being read is stopped first. */
  async remove(sourceId: string): Promise<void> {
    this.cancel(sourceId)
    while (this.loading.has(sourceId)) await this.loading.get(sourceId)?.done
    const source = this.sources.get(sourceId)
    if (!source) return
    const pace = new Pace()
    try {
      for (const _ of this.table.removeSource(source.source))
        if (pace.isDue) await pace.rest()
    } catch (error) {
      // Half of the columns have moved.
      throw isOutOfMemory(error)
        ? new OutOfMemory(sayNoRoomWithout(source.file.name))
        : error
    }
    this.sources.delete(sourceId)
    this.changes++
    await this.settleHosts()
  }

  /** An index mapping as JSON text, or null for the union of data and ECS. */
  setMapping(text: string | null): Done<EngineState> {
    const read = text === null ? undefined : readMapping(text)
    if (read && !read.ok) return read
    this.mapping = read?.mapping
    this.mappingVersion++
    this.changes++
    return { ok: true, value: this.state() }
  }

  /** The sources that are in by their ids, and the numbers their rows have. */
  get sourceNumbers(): ReadonlyMap<string, number> {
    return new Map([...this.sources].map(([id, { source }]) => [id, source]))
  }

  /** Rows that are switched on, ascending, of one source or of all: the first `count`. */
  activeRows(count: number, sourceId?: string): readonly number[] {
    const { table } = this
    const source = sourceId === undefined ? undefined : this.sources.get(sourceId)?.source
    const rows: number[] = []
    for (const piece of table.active.pieces()) {
      for (const row of piece)
        if (sourceId === undefined || table.sourceOf(row) === source) rows.push(row)
      if (rows.length >= count) break
    }
    return rows.slice(0, count)
  }

  /** The source an event came from. */
  sourceName(row: number): string {
    return this.sourceAt(row)?.file.name ?? ''
  }

  /** The record of an event exactly as it came. */
  async originalText(row: number): Promise<string> {
    const source = this.sourceAt(row)
    return source ? source.originals.text(this.table.positionInSource(row)) : ''
  }

  /** How the source of an event was to be read. */
  readAs(row: number): ReadAs {
    return this.sourceAt(row)?.readAs ?? {}
  }

  /** What the events of the source of an event were that were no ECS. */
  variants(row: number): readonly VariantCount[] {
    return this.sourceAt(row)?.report.variants ?? []
  }

  private sourceAt(row: number): LoadedSource | undefined {
    const number = this.table.sourceOf(row)
    return [...this.sources.values()].find((source) => source.source === number)
  }

  private makeSchema(): Schema {
    return this.mapping
      ? mappingSchema(this.mapping, this.table)
      : unionSchema(this.table)
  }
}

const describe = ({ file, active, report, keep, readAs }: LoadedSource): SourceState => ({
  id: file.id,
  name: file.name,
  active,
  report,
  ...(keep && { keep }),
  ...(readAs && { readAs }),
})
