import type { Code, Column, Scalar } from '../../events/column'
import type { GrowingTable } from '../../events/growing-table'
import { atOnce, inPieces } from '../../events/in-pieces'
import type { Row } from '../../events/row-set'
import { sortSlowly } from '../../events/slow-sort'
import { readTimes } from '../../events/time-order'
import type { ExtendedValues } from './extended-values'
import { settleHostIds } from './settle-host-ids'

const NAME = 'process.name'
const EXECUTABLE = 'process.executable'
/** Numbers of events with which a process begins and ends: Sysmon's and those of Windows. */
const BEGINS: ReadonlySet<Scalar> = new Set(['1', '4688'])
const ENDS: ReadonlySet<Scalar> = new Set(['5', '4689'])
/** Events named between two pauses: a few milliseconds. */
const EVENTS = 4096

/** What one needs to know of events to name their processes. */
const NEEDED = [NAME, 'process.pid', 'event.code', 'host.id', 'winlog.computer_name']

/** Fields to be kept with others, so that processes are named where those ask for it. */
export const withNamers = (fields: readonly string[]): readonly string[] =>
  fields.includes(NAME) || fields.includes(EXECUTABLE)
    ? [...new Set([...fields, ...NEEDED])]
    : fields

/** By the place of an event in its source, what its process is called. */
type Names = ReadonlyMap<number, Readonly<Record<string, Scalar>>>

/**
 * Gives events of a source that say only the number of a process its name, from events of
 * the same machine that name the process of that number (events-ecs.md 5). Numbers are
 * used again: the nearest event before counts, unless the process ended with it, else the
 * nearest behind, unless it began with that. Pauses every few thousand rows.
 */
export function* nameProcesses(
  table: GrowingTable,
  source: number,
  extended: ExtendedValues,
  onAmended: () => void,
): Generator<void, void> {
  // Machines of one short name in two domains are told apart before.
  yield* settleHostIds(table, onAmended)
  const { contentVersion } = table
  let names = yield* findNames(table, source)
  // Rows may have moved meanwhile.
  if (table.contentVersion !== contentVersion) names = atOnce(findNames(table, source))
  if (names.size === 0) return
  for (const field of yield* noteNames(names, extended)) {
    yield* table.amendColumn(field, (row) =>
      table.sourceOf(row) === source
        ? names.get(table.positionInSource(row))?.[field]
        : undefined,
    )
    // Before anyone can look at it: there may be a pause at the next field.
    onAmended()
  }
}

/** Tells which events are named, by their places; the fields that they get. */
function* noteNames(
  names: Names,
  extended: ExtendedValues,
): Generator<void, ReadonlySet<string>> {
  const given = new Set<string>()
  const positions = yield* sortSlowly([...names.keys()], (a, b) => a - b)
  const note = (from: number, to: number): void => {
    for (const position of positions.slice(from, to)) {
      extended.begin()
      for (const field in names.get(position)!) {
        given.add(field)
        extended.note(field, undefined)
      }
      extended.accept(position)
    }
  }
  yield* inPieces(positions.length, note, EVENTS)
  return given
}

/** Events that name one process number of one machine, and those that do not. */
interface Sightings {
  readonly named: Row[]
  readonly nameless: Row[]
}

function* findNames(table: GrowingTable, source: number): Generator<void, Names> {
  const found = new Map<number, Readonly<Record<string, Scalar>>>()
  const names = table.column(NAME)
  const codes = table.column('event.code')
  if (!names || !codes) return found
  const sightings = yield* findSightings(table, source, names)
  if (sightings.length === 0) return found
  const { ms } = yield* readTimes(table.column('@timestamp'), undefined, table.rowCount)
  const codeOf = (row: Row): Scalar => only(codes, row) ?? null
  for (const { named, nameless } of sightings) {
    const timed = named.filter((row) => !Number.isNaN(ms[row]))
    const inTime = yield* sortSlowly(timed, (a, b) => ms[a]! - ms[b]!)
    const name = (from: number, to: number): void => {
      for (const row of nameless.slice(from, to)) {
        const namer = findNamer(inTime, ms, codeOf, ms[row]!)
        if (namer !== undefined)
          found.set(table.positionInSource(row), namesAt(table, namer, row))
      }
    }
    yield* inPieces(nameless.length, name, EVENTS)
  }
  return found
}

/** Of the numbers that some event leaves without a name, and others do not. */
function* findSightings(
  table: GrowingTable,
  source: number,
  names: Column,
): Generator<void, readonly Sightings[]> {
  const pids = table.column('process.pid')
  const hosts = table.column('host.id')
  if (!pids || !hosts) return []
  const byProcess = new Map<number, Sightings>()
  const note = (row: Row, pid: Code): void => {
    if (table.sourceOf(row) !== source) return
    const host = hosts.codeAt(row)
    if (host === 0) return
    const key = host * (pids.size + 1) + pid
    let known = byProcess.get(key)
    if (!known) byProcess.set(key, (known = { named: [], nameless: [] }))
    known[names.codeAt(row) === 0 ? 'nameless' : 'named'].push(row)
  }
  yield* inPieces(table.rowCount, (from, to) => pids.forEach(note, from, to))
  return [...byProcess.values()].filter(
    ({ named, nameless }) => named.length > 0 && nameless.length > 0,
  )
}

/** The row that names the process of that number at that time, epoch ms. */
function findNamer(
  named: readonly Row[],
  ms: Float64Array,
  codeOf: (row: Row) => Scalar,
  time: number,
): Row | undefined {
  let low = 0
  for (let high = named.length; low < high;) {
    const middle = (low + high) >>> 1
    if (ms[named[middle]!]! <= time) low = middle + 1
    else high = middle
  }
  const before = named[low - 1]
  if (before !== undefined && !ENDS.has(codeOf(before))) return before
  const behind = named[low]
  return behind !== undefined && !BEGINS.has(codeOf(behind)) ? behind : undefined
}

function namesAt(
  table: GrowingTable,
  from: Row,
  to: Row,
): Readonly<Record<string, Scalar>> {
  const names: Record<string, Scalar> = {}
  for (const field of [NAME, EXECUTABLE]) {
    const column = table.column(field)
    const value = column && only(column, from)
    if (value !== undefined && column?.codeAt(to) === 0) names[field] = value
  }
  return names
}

/** The value of a row, if it has just one. */
function only(column: Column, row: Row): Scalar | undefined {
  const scalars = column.scalars(column.codeAt(row))
  return scalars.length === 1 ? scalars[0] : undefined
}
