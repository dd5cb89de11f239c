import type { Growth } from './growth'
import type { Figure } from './ledger'
import type { Measured } from './measure'
import { median, quantile } from './median'
import type { PeerTime } from './peers/peers'

/** Rows of cells, the first row their titles. */
export type Table = readonly (readonly string[])[]
type Print = (table: Table) => string

const isNumber = (column: number): boolean => column > 0

export const printPlain: Print = (table) => {
  const width = (at: number): number =>
    Math.max(...table.map((row) => row[at]?.length ?? 0))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        isNumber(at) ? cell.padStart(width(at)) : cell.padEnd(width(at)),
      )
      .join('  ')
      .trimEnd()
  return table.map(line).join('\n') + '\n'
}

export const printMarkdown: Print = ([titles = [], ...rows]) => {
  const rule = titles.map((_, at) => (isNumber(at) ? '--:' : '---'))
  return [titles, rule, ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}

export const ms = (value: number): string =>
  value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)
export const part = (value: number): string =>
  Number.isNaN(value) ? '' : value.toFixed(value < 0.1 ? 3 : 2)
export const times = (value: number): string =>
  Number.isNaN(value) ? '' : `${value.toFixed(1)}x`

/** Times, speeds and ratios of one file. */
export function tableOfFigures(figures: readonly Figure[], bytes: number): Table {
  const rows = figures.map(({ name, ms: value, partOfParse }) => [
    name,
    ms(value),
    (bytes / 1000 / value).toFixed(0),
    part(partOfParse),
    times(1 / partOfParse),
  ])
  return [['', 'ms', 'MB/s', 'part of parse', 'times as fast']].concat(rows)
}

/** What is told in ms alone. */
export function tableOfMoments({ edits, explained, silences }: Measured): Table {
  const all = Object.values(edits).flat()
  const row = (name: string, values: readonly number[]): readonly string[] => [
    name,
    ms(median(values)),
    ms(quantile(values, 0.95)),
    ms(Math.max(...values)),
  ]
  return [
    ['', 'median ms', 'p95', 'longest'],
    row(`edited rule to new verdict, ${String(all.length)} edits`, all),
    ...Object.entries(edits).map(([kind, values]) => row(`- ${kind}`, values)),
    row('explain one rule on one event', [explained.event]),
    row(`replay of one host, ${String(explained.replayed)} events`, [explained.replay]),
    row('near misses of one rule', explained.nearMisses),
    ...Object.entries(silences).map(([name, value]) => [
      'no message heard ' + name,
      '',
      '',
      ms(value),
    ]),
  ]
}

/** Of memory what is known, bytes. */
export function tableOfMemory(
  {
    held,
    peak,
  }: { readonly held: number | undefined; readonly peak: number | undefined },
  { events, bytes }: { readonly events: number; readonly bytes: number },
): Table {
  const row = (name: string, value: number | undefined): Table =>
    value === undefined ? [] : [[name, (value / events).toFixed(0), part(value / bytes)]]
  return [
    ['', 'bytes an event', 'part of the file'],
    ...row('held after loading', held),
    ...row('process grew by, at most', peak),
  ]
}

export function tableOfGrowth(growths: readonly Growth[], unit: string): Table {
  const sizes = growths[0]?.points.map(({ size }) => size.toLocaleString('en')) ?? []
  return [
    [`ms over ${unit}`, ...sizes, 'the larger grow as', 'part of parse at the end'],
    ...growths.map(({ of, points, exponent }) => [
      of,
      ...points.map(({ figure }) => ms(figure.ms)),
      `n^${exponent.toFixed(2)}`,
      part(points.at(-1)?.figure.partOfParse ?? NaN),
    ]),
  ]
}

/** Ours first; the others are told in multiples of it. */
export const tableOfPeers = (all: readonly PeerTime[]): Table => [
  ['', 'ms from file to answers', 'of ours'],
  ...all.map(({ peer, ms: took }) => [peer, ms(took), times(took / (all[0]?.ms ?? NaN))]),
]
