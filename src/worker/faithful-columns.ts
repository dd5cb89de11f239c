import type { Column, Scalar } from '../events/column'
import type { GrowingTable } from '../events/growing-table'
import { MapDictionary } from '../events/map-dictionary'
import type { Row } from '../events/row-set'
import { StoredColumn } from '../events/stored-column'
import type { ExtendedValues } from '../ingest/ecs/extended-values'
import type { JsonValue } from '../ingest/lossless-json'

/** By their paths, the columns that faithful mode gives other values; undefined: none. */
export type FaithfulColumns = ReadonlyMap<string, Column | undefined>

/** What is known of the sources that were read in extended mode, by their numbers. */
export type ExtendedSources = ReadonlyMap<number, ExtendedValues>

/** Rows looked at between two pauses. */
const PIECE = 0x1000

/**
 * Makes the columns that there would be if all sources had been read in faithful mode, of
 * the rows there are when it begins.
 */
export function* makeFaithfulColumns(
  table: GrowingTable,
  sources: ExtendedSources,
): Generator<void, FaithfulColumns> {
  const { rowCount } = table
  const paths = new Set([...sources.values()].flatMap(({ fields }) => fields))
  const columns = new Map<string, Column | undefined>()
  for (const path of paths) {
    const column = table.column(path)
    if (!column) continue
    columns.set(path, yield* makeFaithful(table, sources, path, column, rowCount))
  }
  return columns
}

function* makeFaithful(
  table: GrowingTable,
  sources: ExtendedSources,
  path: string,
  column: Column,
  rowCount: number,
): Generator<void, Column | undefined> {
  const copy = new StoredColumn(path, new MapDictionary())
  for (let row = 0; row < rowCount; row++) {
    if (row % PIECE === 0) yield
    const code = column.codeAt(row)
    if (code === 0) continue
    const values = sources.get(table.sourceOf(row))
    const faithful = values?.faithful(path, table.positionInSource(row))
    if (faithful === undefined) put(copy, row, column.scalars(code), column.isArray(code))
    else if (faithful !== null)
      put(copy, row, scalarsOf(faithful), Array.isArray(faithful))
  }
  return copy.filled > 0 ? copy : undefined
}

function put(
  into: StoredColumn,
  row: Row,
  scalars: readonly Scalar[],
  isArray: boolean,
): void {
  if (isArray) into.putList(row, scalars)
  else into.put(row, scalars[0] ?? null)
}

const scalarsOf = (value: JsonValue): readonly Scalar[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => !isObject(each)) as Scalar[]

const isObject = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null
