import { dsvFormat } from 'd3-dsv'

/** The first line of a table of events. */
export interface Header {
  /** What stands between two cells. */
  readonly separator: string
  readonly columns: readonly string[]
  readonly kind: 'kibana' | 'hunting'
}

const SEPARATORS = [',', ';', '\t', '|']

/** Reads the first line of a table; undefined if its columns are not those of events. */
export function readHeader(text: string): Header | undefined {
  const line = /^\uFEFF?([^\r\n]+)/.exec(text)?.[1]
  if (line === undefined || /^\s*[{[<]/.test(line)) return undefined
  const read = SEPARATORS.map((separator) => ({
    separator,
    columns: readCells(line, separator).map((name) => name.trim()),
  }))
  const widest = read.reduce((a, b) => (b.columns.length > a.columns.length ? b : a))
  const kind = kindOf(widest.columns)
  return kind && { ...widest, kind }
}

/** The cells of one row, which may go over several lines. */
export const readCells = (row: string, separator: string): readonly string[] =>
  dsvFormat(separator).parseRows(row)[0] ?? []

const NAME = /^[@\w][\w.@ -]*$/
const TELLING = /^(?:@timestamp|host\.name|(?:event|winlog|process|kibana\.alert)\.)/

function kindOf(columns: readonly string[]): Header['kind'] | undefined {
  if (columns.includes('_source')) return 'kibana'
  if (columns.length < 2 || !columns.every((name) => NAME.test(name))) return undefined
  if (columns.includes('ActionType')) {
    const isTimed = columns.includes('Timestamp') || columns.includes('TimeGenerated')
    return isTimed ? 'hunting' : undefined
  }
  return columns.some((name) => TELLING.test(name)) ? 'kibana' : undefined
}
