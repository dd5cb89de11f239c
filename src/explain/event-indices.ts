import type { Code, Column } from '../events/column'
import { RowSet, type Row } from '../events/row-set'
import type { EventTable } from '../events/table'
import { makeIndexTest } from './index-patterns'

/** In which indices events would be, as far as they show it. */
export interface IndexSplit {
  /** Active rows that a rule with these patterns would look at. */
  readonly inside: RowSet
  /** Active rows that it would not. */
  readonly outside: RowSet
  /** Active rows of which nothing says where they would be; they are neither. */
  readonly unknown: RowSet
}

type IndexTable = Pick<EventTable, 'column' | 'rowCount' | 'active'>

/** What tells the index of an event, in the order of how much it is worth. */
export const INDEX_FIELDS = [
  '_index',
  'data_stream.type',
  'data_stream.dataset',
  'data_stream.namespace',
  'event.dataset',
  'winlog.channel',
] as const

/** Rows looked at before a pause. */
const PAUSE = 16_384

/**
 * Splits events by whether the index patterns of a rule cover them (rules.md 1.7). An event
 * that came with the name of its index is in that one; else it is named after its data
 * stream, its dataset, or the channel of Windows it was logged to. Yields every few
 * thousand rows.
 */
export function* splitByIndex(
  table: IndexTable,
  patterns: readonly string[],
): Generator<void, IndexSplit> {
  const covers = makeIndexTest(patterns)
  const columns = INDEX_FIELDS.map((name) => table.column(name))
  const { active, rowCount } = table
  const inside = new RowSet(rowCount)
  const outside = new RowSet(rowCount)
  const unknown = new RowSet(rowCount)
  const known = new Map<string, RowSet>()
  for (let row: Row = 0; row < rowCount; row++) {
    if (row % PAUSE === PAUSE - 1) yield
    if (!active.has(row)) continue
    const codes = columns.map((column) => column?.codeAt(row) ?? 0)
    const key = codes.join(' ')
    let side = known.get(key)
    if (!side) {
      const names = indicesOf(columns, codes)
      if (names.length === 0) side = unknown
      else side = names.some(covers) ? inside : outside
      known.set(key, side)
    }
    side.add(row)
  }
  return { inside, outside, unknown }
}

/** The index an event is in, or the ones it may be in; none when nothing tells. */
function indicesOf(
  columns: readonly (Column | undefined)[],
  codes: readonly Code[],
): readonly string[] {
  const [index, type, dataset, namespace, eventDataset, channel] = columns.map(
    (column, at) => textOf(column, codes[at]!),
  )
  if (index) return [index]
  if (dataset) return [streamOf(dataset, type, namespace)]
  if (eventDataset) return [streamOf(eventDataset)]
  return channel ? indicesOfChannel(channel) : []
}

const streamOf = (dataset: string, type = 'logs', namespace = 'default'): string =>
  `${type}-${dataset}-${namespace}`

function textOf(column: Column | undefined, code: Code): string | undefined {
  const scalar = code === 0 ? undefined : column?.scalars(code)[0]
  return typeof scalar === 'string' && scalar !== '' ? scalar : undefined
}

/** Where Winlogbeat and Elastic Agent put what Windows logs to a channel. */
function indicesOfChannel(channel: string): readonly string[] {
  const dataset = DATASETS[channel.toLowerCase()] ?? 'winlog.winlog'
  return ['winlogbeat-8', streamOf(dataset)]
}

const DATASETS: Readonly<Record<string, string>> = {
  application: 'system.application',
  forwardedevents: 'windows.forwarded',
  'linux-sysmon/operational': 'sysmon_linux.log',
  'microsoft-windows-applocker/exe and dll': 'windows.applocker_exe_and_dll',
  'microsoft-windows-applocker/msi and script': 'windows.applocker_msi_and_script',
  'microsoft-windows-powershell/operational': 'windows.powershell_operational',
  'microsoft-windows-sysmon/operational': 'windows.sysmon_operational',
  'microsoft-windows-windows defender/operational': 'windows.windows_defender',
  security: 'system.security',
  system: 'system.system',
  'windows powershell': 'windows.powershell',
}
