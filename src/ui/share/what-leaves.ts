import { withoutMember } from '../../share/event-line'
import type { WitnessParts } from '../../share/find-witness'
import { personalKind, type PersonalKind } from '../../share/personal-data'
import type { Reproduction } from '../../share/reproduction'
import type { EventListQuery } from '../../worker/api'
import type { EngineClient } from '../../worker/client'
import type { WitnessContext } from '../../worker/share-api'
import { OtherNames } from './other-names'

/**
 * The smallest that keeps the result, some events around it, all that the grid lists, or
 * all that is open.
 */
export type HowMuch = 'witness' | 'context' | 'listed' | 'all'

/** What a person has chosen to pass on. */
export interface Choices {
  readonly howMuch: HowMuch
  /** So many events around the result go along with `context`. */
  readonly around: number
  /** All fields of the events, not those alone that the rule reads. */
  readonly wholeEvents: boolean
  readonly otherNames: boolean
  /** What was ticked off. */
  readonly rowsOff: readonly number[]
  readonly fieldsOff: readonly string[]
  /** Fields of single events, by `nameCell`. */
  readonly cellsOff: readonly string[]
}

/** What it is chosen from. */
export interface Stock {
  readonly engine: Pick<EngineClient, 'exportEvents' | 'activeRows' | 'events'>
  readonly sources: readonly { readonly id: string; readonly name: string }[]
  readonly witness: WitnessParts
  readonly context: WitnessContext
  /** What the grid lists; undefined: all events. */
  readonly listed: EventListQuery | undefined
  /** Names in these stay as they are. */
  readonly ruleTexts: readonly string[]
}

/** One event of what leaves, as it leaves. */
export interface LeavingEvent {
  readonly row: number
  readonly fields: readonly {
    readonly name: string
    readonly value: string
    readonly kind: PersonalKind | undefined
  }[]
}

export interface Leaving {
  readonly sources: Reproduction['sources']
  /** Of each source, the one of the page that it is all of; empty where they are mixed. */
  readonly sourceIds: readonly string[]
  /** The row of each line of the sources. */
  readonly rows: readonly number[]
  /** What can be ticked; nothing where it is too much to be listed. */
  readonly events: readonly LeavingEvent[]
  readonly fields: readonly string[]
  /** What its names were changed by; undefined: they are the real ones. */
  readonly names: OtherNames | undefined
}

/** A field of one event, told from all others. */
export const nameCell = (row: number, field: string): string => `${row} ${field}`

/** A bundle holds no more events. */
const MOST_EVENTS = 100_000
/** So many events can be listed and ticked one by one. */
const MOST_LISTED = 200
/** So many are asked for at a time. */
const PIECE = 2_000

/** The events that leave; undefined when there are too many. */
export async function gather(
  stock: Stock,
  choices: Choices,
): Promise<Leaving | undefined> {
  const { howMuch } = choices
  if (howMuch === 'all') return gatherAll(stock, choices)
  const rows = await rowsOf(stock, choices)
  if (rows.length > MOST_EVENTS) return undefined
  const isWhole = choices.wholeEvents || howMuch === 'listed'
  const { witness, context } = stock
  const fields = isWhole
    ? 'whole'
    : howMuch === 'witness'
      ? witness.fields
      : [...new Set([...context.fields, ...witness.fields])]
  return gatherSome(stock, choices, rows, fields)
}

async function gatherSome(
  stock: Stock,
  choices: Choices,
  rows: readonly number[],
  wanted: readonly string[] | 'whole',
): Promise<Leaving> {
  const plain = await readLines(stock, rows, wanted)
  const names = await namesFor(plain, stock, choices)
  const rename = async (some: readonly string[]): Promise<readonly string[]> =>
    names ? names.rename(some) : some
  const isListed = rows.length <= MOST_LISTED
  const shown = isListed ? await rename(plain) : []
  const events = shown.map((line, at) => ({ row: rows[at] ?? -1, fields: cellsOf(line) }))
  const fields = fieldsOf(events)
  const on = isListed ? events.filter(({ row }) => !choices.rowsOff.includes(row)) : []
  const lines = isListed ? await readTicked(stock, choices, on) : plain
  return {
    sources: [{ name: 'events.ndjson', text: (await rename(lines)).join('\n') }],
    sourceIds: [],
    rows: isListed ? on.map(({ row }) => row) : rows,
    events,
    fields,
    names,
  }
}

/**
 * Events with the fields that are ticked. Asked for again, as numbers would suffer on the
 * way through the page: those that keep the same fields together.
 */
async function readTicked(
  stock: Stock,
  { fieldsOff, cellsOff }: Choices,
  events: readonly LeavingEvent[],
): Promise<readonly string[]> {
  const isOn = (row: number, name: string): boolean =>
    !fieldsOff.includes(name) && !cellsOff.includes(nameCell(row, name))
  const alike = new Map<string, { readonly names: string[]; readonly rows: number[] }>()
  for (const { row, fields } of events) {
    const names = fields.map(({ name }) => name).filter((name) => isOn(row, name))
    const key = JSON.stringify(names)
    alike.set(key, { names, rows: [...(alike.get(key)?.rows ?? []), row] })
  }
  const lines = new Map<number, string>()
  for (const { names, rows } of alike.values()) {
    const read = await readLines(
      stock,
      rows,
      names.filter((name) => name !== '_id'),
    )
    for (const [at, row] of rows.entries()) {
      const line = read[at] ?? '{}'
      lines.set(row, isOn(row, '_id') ? line : withoutMember(line, '_id'))
    }
  }
  return events.map(({ row }) => lines.get(row) ?? '{}')
}

const namesFor = async (
  lines: readonly string[],
  { ruleTexts }: Stock,
  { otherNames }: Choices,
): Promise<OtherNames | undefined> =>
  otherNames ? OtherNames.of(lines, ruleTexts) : undefined

/** Source by source, as they are open; those that are switched off stay. */
async function gatherAll(stock: Stock, choices: Choices): Promise<Leaving | undefined> {
  const parts: {
    readonly id: string
    readonly name: string
    readonly lines: readonly string[]
  }[] = []
  const rows: number[] = []
  for (const { id, name } of stock.sources) {
    const own = await stock.engine.activeRows(MOST_EVENTS + 1 - rows.length, id)
    if (own.length === 0) continue
    for (const row of own) rows.push(row)
    if (rows.length > MOST_EVENTS) return undefined
    parts.push({ id, name, lines: await readLines(stock, own, 'whole') })
  }
  const all = parts.flatMap(({ lines }) => lines)
  const names = await namesFor(all, stock, choices)
  const sources: Leaving['sources'] = []
  for (const [at, { name, lines }] of parts.entries()) {
    const renamed = names ? await names.rename(lines) : lines
    // Files are called after machines and people, too.
    const called = names ? `events ${at + 1}.ndjson` : name
    sources.push({ name: called, text: renamed.join('\n') })
  }
  const sourceIds = parts.map(({ id }) => id)
  return { sources, sourceIds, rows, events: [], fields: [], names }
}

async function rowsOf(
  { engine, witness, context, listed }: Stock,
  { howMuch, around }: Choices,
): Promise<readonly number[]> {
  if (howMuch === 'witness') return witness.rows
  const more =
    howMuch === 'context'
      ? [...new Set(context.context.flat())].slice(0, around)
      : await rowsListed(engine, listed)
  return [...new Set([...witness.rows, ...more])].sort((a, b) => a - b)
}

async function rowsListed(
  engine: Stock['engine'],
  listed: EventListQuery | undefined,
): Promise<readonly number[]> {
  if (!listed) return engine.activeRows(MOST_EVENTS + 1)
  const rows: number[] = []
  let refusals = 0
  for (let total = 1; rows.length < Math.min(total, MOST_EVENTS + 1);) {
    const page = await engine.events({ ...listed, fields: [] }, rows.length, PIECE)
    // The grid has asked for another list meanwhile.
    if (!page && ++refusals < MOST_REFUSALS) continue
    if (!page) throw new Error('The list of events changes all the time.')
    if (page.rows.length === 0) break
    total = page.total
    for (const { row } of page.rows) rows.push(row)
  }
  return rows
}

const MOST_REFUSALS = 20

async function readLines(
  { engine }: Stock,
  rows: readonly number[],
  fields: readonly string[] | 'whole',
): Promise<readonly string[]> {
  const lines: string[] = []
  for (let from = 0; from < rows.length; from += PIECE) {
    const some = rows.slice(from, from + PIECE)
    for (const line of await engine.exportEvents(some, fields)) lines.push(line)
  }
  return lines
}

/** The members of an event's line as text. */
export function cellsOf(line: string): LeavingEvent['fields'] {
  const event = JSON.parse(line) as Readonly<Record<string, unknown>>
  return Object.entries(event).map(([name, content]) => {
    const values = Array.isArray(content) ? content.map(String) : [String(content)]
    const kind = values.map((value) => personalKind(name, value)).find(Boolean)
    return { name, value: values.join(', '), kind }
  })
}

const fieldsOf = (events: readonly LeavingEvent[]): readonly string[] => [
  ...new Set(events.flatMap(({ fields }) => fields.map(({ name }) => name))),
]
