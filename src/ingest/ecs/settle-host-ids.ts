import type { Code, Column } from '../../events/column'
import type { GrowingTable } from '../../events/growing-table'
import { inPieces } from '../../events/in-pieces'
import { hostIdOf } from './host-id'

const COMPUTER = 'winlog.computer_name'
const HOST_ID = 'host.id'

/**
 * Gives machines of one short name in two domains an id each: their whole name. All events
 * of a table count, whatever source they are of, so that the order of loading makes no
 * difference; ids that a file says itself stay. Pauses every few thousand rows.
 */
export function* settleHostIds(
  table: GrowingTable,
  onAmended: () => void,
): Generator<void, void> {
  // Machines may have come or gone while ids were written.
  while (yield* amendHostIds(table)) onAmended()
}

/** Writes ids by the machines there are now; false where they are as they should be. */
function* amendHostIds(table: GrowingTable): Generator<void, boolean> {
  const computers = table.column(COMPUTER)
  const ids = table.column(HOST_ID)
  if (!computers || !ids || !mayAnyBeOther(computers, ids)) return false
  const { rowCount } = table
  const wanted = yield* readWantedIds(computers, rowCount)
  if (!(yield* isAnyOther(computers, ids, wanted, rowCount))) return false
  yield* table.amendColumn(HOST_ID, (row) => {
    // Rows may have moved since, to other columns.
    const named = table.column(COMPUTER)
    const known = table.column(HOST_ID)
    if (!named || !known) return undefined
    return otherId(named, known, wanted, named.codeAt(row), known.codeAt(row))
  })
  return true
}

/**
 * Told of what columns hold, without looking at rows: whether two machines may have one
 * short name, or the id of one may be a whole name that need not be.
 */
function mayAnyBeOther(computers: Column, ids: Column): boolean {
  const wholes = new Map<string, string>()
  for (const name of namesIn(computers)) {
    const short = hostIdOf(name)
    if (name === short) continue
    if ((wholes.get(short) ?? name) !== name) return true
    wholes.set(short, name)
  }
  for (let id = 1; id <= ids.size; id++) {
    const now = nameOf(ids, id)
    if (now !== undefined && wholes.get(hostIdOf(now)) === now) return true
  }
  return false
}

/** What machines are called in any row, or were in one that has gone, in small letters. */
function namesIn(computers: Column): readonly string[] {
  const codes = Array.from({ length: computers.size }, (_, i) => i + 1)
  return codes.flatMap((code) => nameOf(computers, code)?.toLowerCase() ?? [])
}

/** By what a machine is called, in small letters, its id. */
type WantedIds = ReadonlyMap<string, string>

function* readWantedIds(computers: Column, rowCount: number): Generator<void, WantedIds> {
  const names = new Set<string>()
  const seen = new Set<Code>()
  const read = (_: number, code: Code): void => {
    if (seen.has(code)) return
    seen.add(code)
    const name = nameOf(computers, code)
    if (name !== undefined) names.add(name.toLowerCase())
  }
  yield* inPieces(rowCount, (from, to) => computers.forEach(read, from, to))
  const domains = new Map<string, Set<string>>()
  for (const name of names) {
    const short = hostIdOf(name)
    const known = domains.get(short) ?? new Set()
    if (name.length > short.length) known.add(name)
    domains.set(short, known)
  }
  return new Map(
    [...names].map((name) => {
      const short = hostIdOf(name)
      return [name, domains.get(short)!.size > 1 ? name : short]
    }),
  )
}

function nameOf(column: Column, code: Code): string | undefined {
  const [name] = column.scalars(code)
  return typeof name === 'string' ? name : undefined
}

function* isAnyOther(
  computers: Column,
  ids: Column,
  wanted: WantedIds,
  rowCount: number,
): Generator<void, boolean> {
  const tried = new Set<number>()
  let isOther = false
  const look = (row: number, computer: Code): void => {
    if (isOther) return
    const id = ids.codeAt(row)
    const pair = computer * (ids.size + 1) + id
    if (tried.has(pair)) return
    tried.add(pair)
    isOther = otherId(computers, ids, wanted, computer, id) !== undefined
  }
  yield* inPieces(rowCount, (from, to) => computers.forEach(look, from, to))
  return isOther
}

/** What the id of a row is to be instead, if it is one of ours and not as it should be. */
function otherId(
  computers: Column,
  ids: Column,
  wanted: WantedIds,
  computer: Code,
  id: Code,
): string | undefined {
  if (computer === 0 || id === 0) return undefined
  const name = nameOf(computers, computer)?.toLowerCase()
  const now = nameOf(ids, id)
  if (name === undefined || now === undefined) return undefined
  const isOurs = now === name || now === hostIdOf(name)
  const other = wanted.get(name)
  return isOurs && other !== now ? other : undefined
}
