import { MISSING } from '../engine/result'
import type { Row } from '../events/row-set'
import type { EventTable } from '../events/table'
import type { NearMiss } from '../explain/explanation'
import type { Spread } from './board-api'
import type { KeptRun } from './rule-answer'

export type ResultKind = 'match' | 'near-miss'

/** So many results are looked at before messages are let in. */
const PAUSE = 4096

/**
 * The numbers of the sources that one result has events of, each once, for every result of
 * a kind, in the order of their list. The array is the same each time. Pauses.
 */
function* visitSources(
  run: KeptRun,
  kind: ResultKind,
  visit: (sources: readonly number[], place: number) => void,
): Generator<void, void> {
  const { table } = run.prepared.context
  const sources: number[] = []
  let place = 0
  for (const rows of kind === 'match' ? rowsOfMatches(run) : rowsOfNearMisses(run)) {
    sources.length = 0
    for (const row of rows) addSource(sources, table, row)
    visit(sources, place++)
    if (place % PAUSE === 0) yield
  }
}

function addSource(
  sources: number[],
  table: Pick<EventTable, 'sourceOf'>,
  row: Row | undefined,
): void {
  if (row === undefined || row === MISSING) return
  const source = table.sourceOf(row)
  if (!sources.includes(source)) sources.push(source)
}

type Rows = Iterable<readonly (Row | undefined)[]>

function* rowsOfMatches({ result }: KeptRun): Rows {
  for (const { rows } of result.matches) yield rows
}

function* rowsOfNearMisses({ explained }: KeptRun): Rows {
  for (const miss of explained?.nearMisses.list ?? []) yield rowsOf(miss)
}

/** Of an event query the one event is known before the rest is told. */
const rowsOf = (miss: NearMiss): readonly (Row | undefined)[] =>
  miss.failed ? [miss.culprit] : [...miss.rows, miss.culprit]

/** Counts the results of a run by the sources with these numbers. */
export function* findSpread(
  run: KeptRun,
  kind: ResultKind,
  numbers: readonly number[],
): Generator<void, Spread> {
  const placeOf = new Map(numbers.map((number, place) => [number, place]))
  const counts = numbers.map(() => 0)
  let across = 0
  yield* visitSources(run, kind, (sources) => {
    if (sources.length > 1) across++
    for (const source of sources) {
      const place = placeOf.get(source)
      if (place !== undefined) counts[place]!++
    }
  })
  return { counts, across }
}

/** Places of the results with events of a source; without a number, of several sources. */
export function* findPlaces(
  run: KeptRun,
  kind: ResultKind,
  number: number | undefined,
): Generator<void, readonly number[]> {
  const places: number[] = []
  yield* visitSources(run, kind, (sources, place) => {
    const isWanted = number === undefined ? sources.length > 1 : sources.includes(number)
    if (isWanted) places.push(place)
  })
  return places
}
