import { PARSE, type Figure } from './ledger'
import { FLAT, THOUSAND, type Measured } from './measure'
import { median, quantile } from './median'
import { ms, part, times, type Table } from './table'

/** One file in one place: a column of the summary. */
export interface Summed {
  readonly title: string
  readonly bytes: number
  /** Of the same events as flat JSON, if they were read. */
  readonly flatBytes?: number | undefined
  readonly measured: Measured
  /** Bytes; held is not known of a browser. */
  readonly held: number | undefined
  readonly peak: number | undefined
}

type Row = readonly [name: string, cell: (summed: Summed) => string]

const find = (
  { measured }: Pick<Summed, 'measured'>,
  name: string | RegExp,
): Figure | undefined =>
  measured.figures.find((figure) =>
    typeof name === 'string' ? figure.name === name : name.test(figure.name),
  )

const ALL = 'ingest, all fields'

const speedOf = (name: string) => (summed: Summed) =>
  times(1 / (find(summed, name)?.partOfParse ?? NaN))
const partOf = (name: string | RegExp) => (summed: Summed) =>
  part(find(summed, name)?.partOfParse ?? NaN)
const bothOf = (first: string | RegExp, again: string | RegExp) => (summed: Summed) =>
  [partOf(first)(summed), partOf(again)(summed)].filter(Boolean).join(' / ')

/** How fast events are read as flat JSON, of how fast as ECS: in bytes, and in events. */
export function flatOfPlain(
  summed: Pick<Summed, 'measured' | 'bytes' | 'flatBytes'>,
): string {
  const flat = find(summed, FLAT)
  const plain = find(summed, ALL)
  if (!flat || !plain || summed.flatBytes === undefined) return ''
  const events = plain.partOfParse / flat.partOfParse
  return `${part((events * summed.flatBytes) / summed.bytes)} / ${part(events)}`
}

const silenceOf =
  (...names: readonly string[]) =>
  ({ measured }: Summed) =>
    names.map((name) => ms(measured.silences[name] ?? NaN)).join(' / ')

const shareOf = (of: 'held' | 'peak') => (summed: Summed) => {
  const bytes = summed[of]
  return bytes === undefined ? '' : part(bytes / summed.bytes)
}

const allRules = /^\d{3,} rules, cold$/

/** All rules are the largest set, so its name tells how many. */
const lastOf = (pattern: RegExp, summed: Summed): string =>
  summed.measured.figures.findLast(({ name }) => pattern.test(name))?.name ?? ''

const rows: readonly Row[] = [
  ['parse, MB/s', (s) => (s.bytes / 1000 / (find(s, PARSE)?.ms ?? NaN)).toFixed(0)],
  ['**times as fast as parse**', () => ''],
  ['reading into columns, every field', speedOf(ALL)],
  ['reading, fields of the rules', speedOf('ingest, fields of rules')],
  ['flat JSON to ECS, of plain: bytes / events a second', flatOfPlain],
  ['**part of parse**', () => ''],
  ['1 rule, first time / again', bothOf('1 rule, cold', '1 rule, again')],
  ['10 rules', bothOf('10 rules, cold', '10 rules, again')],
  ['100 rules', bothOf('100 rules, cold', '100 rules, again')],
  [
    'all rules',
    (s) => {
      const name = lastOf(allRules, s)
      return bothOf(name, name.replace('cold', 'again'))(s)
    },
  ],
  ['1,000 EQL rules', bothOf(`${THOUSAND}, cold`, `${THOUSAND}, again`)],
  ['the texts of all rules, read once', partOf('texts of all rules')],
  ['all sequences', bothOf(/sequences, cold$/, /sequences, again$/)],
  ['sequence of any, any, any by host', partOf(/any, any, any by host$/)],
  ['sequence of any, any by process', partOf(/any, any by process$/)],
  ['near misses of 100 rules', partOf('near misses of 100 rules')],
  ['file to every match of all rules', partOf('file to every match')],
  ['**ms**', () => ''],
  [
    'edited rule to new verdict, median / p95',
    ({ measured }) => {
      const all = Object.values(measured.edits).flat()
      return `${ms(median(all))} / ${ms(quantile(all, 0.95))}`
    },
  ],
  ['one rule on one event, explained', ({ measured }) => ms(measured.explained.event)],
  [
    'all sequences of one host, replayed',
    ({ measured }) => ms(measured.explained.replay),
  ],
  [
    'near misses of one rule, median / longest',
    ({ measured: { explained } }) =>
      `${ms(median(explained.nearMisses))} / ${ms(Math.max(...explained.nearMisses))}`,
  ],
  [
    'longest without hearing messages, loading / running',
    silenceOf('while loading', 'in all rules, cold'),
  ],
  ['**part of the file**', () => ''],
  ['memory held after loading', shareOf('held')],
  ['memory grown by at most while loading', shareOf('peak')],
]

/** What a README tells: a column for each file and place. */
export const tableOfSummary = (columns: readonly Summed[]): Table => [
  ['', ...columns.map(({ title }) => title)],
  ...rows.map(([name, cell]) => [name, ...columns.map(cell)]),
]
