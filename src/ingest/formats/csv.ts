import type { Format } from '../format'
import { CsvReader } from '../csv/csv-reader'
import { readHeader } from '../csv/header'

/**
 * Tables of events as text: what Kibana's Discover exports, and rows of Defender's
 * advanced hunting. Separators are told by the first line, which names the columns.
 * https://www.elastic.co/docs/explore-analyze/report-and-share
 */
export const csv: Format = {
  name: 'CSV',
  recognises: ({ text }) => readHeader(text) !== undefined,
  read: (window, reader) => new CsvReader(window, reader).read(),
}
